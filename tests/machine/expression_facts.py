"""An environment like a real definition's, and facts that fit it."""

from datetime import date

from workflow.machine.expressions import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    TEXT,
    Environment,
    Function,
    choice,
    maybe,
    record,
    reference,
    rows_of,
)

ACTIONS = frozenset({"sign", "return"})
PEOPLE = frozenset({"clerk", "head"})
ENVIRONMENT = Environment(
    {
        "agree": INT,
        "members": INT,
        "threshold": INT,
        "flag": BOOL,
        "title": TEXT,
        "note": maybe(TEXT),
        "mode": choice("meeting", "written"),
        "ratio": DECIMAL,
        "today": DATE,
        "day": DATE,
        "launch": maybe(DATE),
        "approved": maybe(BOOL),
        "contact": maybe(reference("person")),
        "actor": reference("person"),
        "unit": reference("unit"),
        "movement": record({"plans": DATE, "ends": DATE, "closed": maybe(DATE)}),
        "parent": maybe(record({"day": DATE})),
        "nominees": rows_of(record({"notice_end": maybe(DATE), "score": INT, "due": DATE, "share": DECIMAL})),
        "tags": rows_of(TEXT),
        "days_off": rows_of(DATE),
    },
    {
        "times": Function((ACTIONS,), INT),
        "did": Function((ACTIONS, PEOPLE), BOOL),
    },
)
FACTS = {
    "agree": 15,
    "members": 17,
    "threshold": 90,
    "flag": False,
    "title": "Kế hoạch",
    "note": None,
    "mode": "meeting",
    "ratio": "0.1",
    "today": date(2017, 11, 13),
    "day": "2017-11-20",
    "launch": None,
    "approved": None,
    "contact": None,
    "actor": 7,
    "unit": 3,
    "movement": {"plans": "2017-11-15", "ends": "2020-12-31"},
    "parent": None,
    "nominees": [
        {"notice_end": "2017-11-10", "score": 3, "due": "2017-11-16", "share": "0.1"},
        {"notice_end": None, "score": 4, "due": "2017-11-22", "share": "0.2"},
    ],
    "tags": ["poor", "near poor"],
    "days_off": ["2017-11-20"],
    "times": {"sign": 1, "return": 0},
    "did": {("sign", "head"): True, ("sign", "clerk"): False, ("return", "head"): False, ("return", "clerk"): False},
}
