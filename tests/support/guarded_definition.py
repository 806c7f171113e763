"""A definition whose guards tell more situations apart than can be gone through."""

from tests.support.small_definition import leave

FIELDS = [f"a{number}" for number in range(12)]
UNTIL = "  until:  {is: date, label: Đến ngày | Until}\n"
SEND = "    actions: {send: {label: Trình | Send, to: asked, requires: [reason, days]}}\n"


def with_guards(count: int) -> str:
    """A definition with so many actions under guards of three clauses, over a dozen numbers."""
    fields = "".join(f"  {name}: {{is: integer, label: Số | Number}}\n" for name in FIELDS)
    requires = ", ".join(["reason", "days", *FIELDS])
    clauses = [
        f"a{number % 12} > {number} || a{(number + 5) % 12} < {number + 3} || a{(number + 7) % 12} == {number}"
        for number in range(count)
    ]
    ways = "".join(
        f"      go{number}: {{label: Đi | Go, to: asked, requires: [{requires}], when: '{clause}'}}\n"
        for number, clause in enumerate(clauses)
    )
    actions = f"    actions:\n      send: {{label: Trình | Send, to: asked, requires: [reason, days]}}\n{ways}"
    return leave((UNTIL, UNTIL + fields), (SEND, actions), ("clerk: [reason, days, until]", "clerk: all"))
