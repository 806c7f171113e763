"""What a guard over lists answers once the states of some cases on them are known: yes, no, or open.

`all` is refuted by one case, `any` is proved by one; a list with a case on it is not empty. Everything else stays open.
Knows expressions, no search.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence

from workflow.machine.expressions import (
    Among,
    Both,
    Call,
    Compare,
    Either,
    Gather,
    Items,
    Member,
    Name,
    Node,
    Not,
    Written,
)

Answer = bool | None
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
STATE = "state"


def answer_with(node: Node, on: Mapping[str, Sequence[str]]) -> Answer:
    """Answer a guard, given the states of cases that are on lists; None where that is not enough to tell."""

    def asked(inner: Node) -> Answer:
        return answer_with(inner, on)

    match node:
        case Gather(of=Name(name=name), way="all", row=row, body=body) if name in on:
            return False if any(_of_row(body, row, state) is False for state in on[name]) else None
        case Gather(of=Name(name=name), way="any", row=row, body=body) if name in on:
            return True if any(_of_row(body, row, state) for state in on[name]) else None
        case Compare(sign=sign, left=Call(name="size", inputs=(Name(name=name),)), right=Written(value=int(size))):
            return _as_many(sign, size, least=len(on[name])) if name in on else None
    return _combined(node, asked)


def _as_many(sign: str, size: int, *, least: int) -> Answer:
    """Compare the size of a list that has so many cases with a number: only what holds of all larger ones is sure."""
    answers = {_COMPARE[sign](count, size) for count in range(least, max(size, least) + 2)}
    return answers.pop() if len(answers) == 1 else None


def _of_row(node: Node, row: str, state: str) -> Answer:
    def asked(inner: Node) -> Answer:
        return _of_row(inner, row, state)

    match node:
        case Compare(sign="==" | "!=", left=left, right=Written(value=str(word))) if _is_state(left, row):
            return (state == word) == (node.sign == "==")
        case Among(left=left, right=Items(items=items)) if _is_state(left, row):
            return state in {item.value for item in items if isinstance(item, Written)}
    return _combined(node, asked)


def _is_state(node: Node, row: str) -> bool:
    return isinstance(node, Member) and node.name == STATE and isinstance(node.of, Name) and node.of.name == row


def _combined(node: Node, asked: Callable[[Node], Answer]) -> Answer:
    match node:
        case Written(value=bool(value)):
            return value
        case Not(of=of):
            inner = asked(of)
            return None if inner is None else not inner
        case Both(parts=parts):
            return _all([asked(part) for part in parts])
        case Either(parts=parts):
            several = _all([None if (answer := asked(part)) is None else not answer for part in parts])
            return None if several is None else not several
    return None


def _all(answers: Iterable[Answer]) -> Answer:
    truths = list(answers)
    return False if False in truths else None if None in truths else True
