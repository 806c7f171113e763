"""A guard as a condition in words, for those who must agree to it before any case is there.

Goes through the whole tree and needs no facts; what failed on a case is said by `expressions.explaining`, with the
same sentences. Called by `explaining_rules`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.machine.expressions import Guard, Language
from workflow.machine.expressions.analysing import constant_of, fact_of
from workflow.machine.expressions.explaining import value_in_words
from workflow.machine.expressions.tree import Among, Both, Call, Compare, Either, Gather, Items, Node, Not, day_written
from workflow.machine.expressions.wording import CLAUSES, in_language
from workflow.values import Text

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ORDERED = ("<", "<=", ">", ">=")


def condition(guard: Guard, *, language: Language, labels: Mapping[str, Text], dates: frozenset[str]) -> str:
    """Say what a guard requires; `labels` are what people call its facts, `dates` those facts that are days."""
    return "; ".join(_Teller(guard.source, language, labels, dates).required(guard.tree))


@dataclass(frozen=True, slots=True)
class _Teller:
    source: str
    language: Language
    labels: Mapping[str, Text]
    dates: frozenset[str]

    def required(self, node: Node) -> tuple[str, ...]:
        """List what `node` requires to be true."""
        match node:
            case Both(parts=parts):
                return tuple(said for part in parts for said in self.required(part))
            case Either(parts=parts):
                return (self.group("one of", tuple(map(self.required, parts))),)
            case Not(of=of):
                return self.excluded(of)
            case Compare(sign=sign, left=left, right=right):
                return (self.compared(sign, left, right),)
            case Among(left=left, right=right):
                return (self.said("in", self.side(left), self.side(right)),)
            case Call(name="has", inputs=(of,)):
                return (self.said("has", self.side(of)),)
            case Gather(way="all" | "any" as way, body=body):
                return (self.said(way, self.written(body)),)
        return (self.said("true", self.side(node)),)

    def excluded(self, node: Node) -> tuple[str, ...]:
        """List what `node`, which must not hold, requires."""
        match node:
            case Both(parts=parts):
                return (self.group("one of", tuple(map(self.excluded, parts))),)
            case Either(parts=parts):
                return tuple(said for part in parts for said in self.excluded(part))
            case Not(of=of):
                return self.required(of)
            case Compare(sign=sign, left=left, right=right):
                return (self.compared(_OPPOSITE[sign], left, right),)
            case Among(left=left, right=right):
                return (self.said("not in", self.side(left), self.side(right)),)
            case Call(name="has", inputs=(of,)):
                return (self.said("has not", self.side(of)),)
        return (self.said("false", self.side(node)),)

    def group(self, code: str, branches: tuple[tuple[str, ...], ...]) -> str:
        parts = [branch[0] if len(branch) == 1 else self.grouped("all of", "; ".join(branch)) for branch in branches]
        return self.grouped(code, "; ".join(parts))

    def grouped(self, code: str, parts: str) -> str:
        return in_language(CLAUSES[code], self.language).format(parts=parts)

    def compared(self, sign: str, left: Node, right: Node) -> str:
        dated = sign in _ORDERED and (self.is_day(left) or self.is_day(right))
        return self.said(f"date{sign}" if dated else sign, self.side(left), self.side(right))

    def said(self, code: str, left: str, right: str = "") -> str:
        return in_language(CLAUSES[code], self.language).format(left=left, right=right)

    def side(self, node: Node) -> str:
        fact = fact_of(node)
        if fact and fact in self.labels:
            return in_language(self.labels[fact], self.language)
        constant = constant_of(node)
        if constant is not None:
            return value_in_words(constant, self.language)
        if isinstance(node, Items):
            return ", ".join(map(self.side, node.items))
        return self.written(node)

    def written(self, node: Node) -> str:
        return f"`{self.source[node.start : node.end]}`"

    def is_day(self, node: Node) -> bool:
        days = isinstance(node, Call) and node.name in ("wd", "days")
        return days or day_written(node) is not None or (fact_of(node) or "") in self.dates
