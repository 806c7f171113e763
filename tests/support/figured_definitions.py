"""The small definition with figures that others set: a quota by kind of work; one that may leave no way out."""

from tests.support.small_definition import leave

QUOTA_FIELDS = (
    "fields:\n",
    """fields:
  work: {is: choice, of: {heavy: A | B, light: C | D}, label: E | F}
  night: {is: flag, label: G | H}
""",
)
QUOTA_PARAMS = (
    "people:\n  clerk",
    """params:
  quota: {is: integer, by: [work, night], values: {heavy: {true: 20}}, else: 12, source: Luật}
  days_left: {is: integer, else: 5, source: Luật}
people:
  clerk""",
)
LEAVE_WITH_QUOTA = leave(
    QUOTA_FIELDS,
    QUOTA_PARAMS,
    ("budget: 5 wd", "budget: days_left wd"),
    ("[reason, days, until]", "all"),
    ("requires: [reason, days]}", "requires: [reason, days, work, night], when: days <= quota}"),
)
WAIT_PARAMS = (
    "people:\n  clerk",
    """params:
  most: {is: integer, else: 2, source: Luật}
  wait: {is: integer, else: 5, source: Luật}
  notice: {is: flag, else: false, source: Luật}
people:
  clerk""",
)
LEAVE_THAT_MAY_STRAND = leave(
    WAIT_PARAMS,
    ("budget: 5 wd", "budget: wait wd"),
    ("[reason, days, until]", "all"),
    (
        "grant:  {label: Đồng ý | Grant, to: granted}",
        "grant:  {label: Đồng ý | Grant, to: granted, when: times(send) > most}",
    ),
    (
        "return: {label: Trả lại | Return, to: draft, requires: [comment]}",
        "return: {label: Trả lại | Return, to: draft, requires: [comment], when: times(return) < 3 || notice}",
    ),
)
