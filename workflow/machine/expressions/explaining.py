"""Why a guard refuses: the clauses that failed, with what they were compared with and what stands there now.

Walks the tree the way it was evaluated and asks only the parts that decided the answer; negations are pushed down, so
the words say what is required. Called through `Guard.explain` for refusals and "why not?".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from workflow.machine.calendars import Calendar
from workflow.machine.expressions.analysing import constant_of, fact_of
from workflow.machine.expressions.running import compiled
from workflow.machine.expressions.tree import (
    Among,
    Both,
    Call,
    Compare,
    Either,
    Gather,
    Items,
    Node,
    Not,
    Pick,
)
from workflow.machine.expressions.types import Environment
from workflow.machine.expressions.values import Facts, Value, plain
from workflow.machine.expressions.wording import CLAUSES, DAY, EMPTY, NOW, ROWS, TRUTHS, Language, in_language
from workflow.values import Json, Text

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_DATE_CODES = {"<", "<=", ">", ">="}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a clause: as written, which fact it is (None: not just one), its value now, is that constant."""

    source: str
    fact: str | None
    value: Value
    constant: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing required that does not hold: `code` names its sentence, `start` and `end` its place in the source.

    `one of` and `all of` hold further clauses in `parts`.
    """

    code: str
    start: int
    end: int
    sides: tuple[Side, ...] = ()
    parts: tuple["Clause", ...] = ()

    def facts(self) -> dict[str, Json]:
        """Return the clause as JSON: for a Reason, for history, for whoever words it later."""
        sides: list[Json] = [
            {"source": side.source, "fact": side.fact, "value": plain(side.value), "constant": side.constant}
            for side in self.sides
        ]
        parts: list[Json] = [part.facts() for part in self.parts]
        return {"code": self.code, "start": self.start, "end": self.end, "sides": sides, "parts": parts}


def explain(
    source: str, tree: Node, environment: Environment, *, facts: Facts, calendar: Calendar
) -> tuple[Clause, ...]:
    """List the clauses that must hold and do not; none where the expression holds."""
    teller = _Teller(source, environment, facts, calendar)
    return () if teller.value(tree) is True else teller.failing(tree)


@dataclass(frozen=True, slots=True)
class _Teller:
    source: str
    environment: Environment
    known: Facts
    calendar: Calendar

    def value(self, node: Node) -> Value:
        return compiled(node, self.environment)(self.known, self.calendar, None)

    def failing(self, node: Node) -> tuple[Clause, ...]:  # noqa: PLR0911 -- one for each kind of part
        """List what `node` would need to be true."""
        match node:
            case Both(parts=parts):
                return tuple(clause for part in parts if not self.value(part) for clause in self.failing(part))
            case Either(parts=parts):
                return (self.group("one of", node, tuple(map(self.failing, parts))),)
            case Not(of=of):
                return self.holding(of)
            case Pick(condition=condition, then=then, otherwise=otherwise):
                asked = self.value(condition)
                if asked is None:
                    return self.failing(condition)
                return self.failing(then if asked else otherwise)
            case Compare(sign=sign, left=left, right=right):
                return (self.clause(sign, node, left, right),)
            case Among(left=left, right=right):
                return (self.clause("in", node, left, right),)
            case Call(name="has", inputs=(of,)):
                return (self.clause("has", node, of),)
            case Gather(way="all" | "any" as way, body=body):
                return (Clause(way, node.start, node.end, (self.side(node, body.start, body.end),)),)
        return (self.clause("true", node, node),)

    def holding(self, node: Node) -> tuple[Clause, ...]:
        """List what `node`, which must not hold, would need to be false."""
        match node:
            case Both(parts=parts):
                return (self.group("one of", node, tuple(map(self.holding, parts))),)
            case Either(parts=parts):
                return tuple(clause for part in parts if self.value(part) is not False for clause in self.holding(part))
            case Not(of=of):
                return self.failing(of)
            case Compare(sign=sign, left=left, right=right):
                return (self.clause(_OPPOSITE[sign], node, left, right),)
            case Among(left=left, right=right):
                return (self.clause("not in", node, left, right),)
            case Call(name="has", inputs=(of,)):
                return (self.clause("has not", node, of),)
        return (self.clause("false", node, node),)

    def group(self, code: str, node: Node, branches: tuple[tuple[Clause, ...], ...]) -> Clause:
        parts = tuple(
            branch[0] if len(branch) == 1 else Clause("all of", branch[0].start, branch[-1].end, (), branch)
            for branch in branches
            if branch
        )
        return Clause(code, node.start, node.end, (), parts)

    def clause(self, code: str, node: Node, *sides: Node) -> Clause:
        shown = tuple(self.side(side, side.start, side.end) for side in sides)
        dated = code in _DATE_CODES and any(isinstance(side.value, date) for side in shown)
        return Clause(f"date{code}" if dated else code, node.start, node.end, shown)

    def side(self, node: Node, start: int, end: int) -> Side:
        constant = constant_of(node) is not None or isinstance(node, Items)
        return Side(self.source[start:end], fact_of(node), self.value(node), constant)


def in_words(clause: Clause, language: Language, labels: Mapping[str, Text]) -> str:
    """Say a clause as a sentence without full stop; `labels` are what people call the facts, and calls as written."""
    if clause.parts:
        parts = "; ".join(in_words(part, language, labels) for part in clause.parts)
        return in_language(CLAUSES[clause.code], language).format(parts=parts)
    left, *right = (_side_in_words(side, clause.code, language, labels) for side in clause.sides)
    return in_language(CLAUSES[clause.code], language).format(left=left, right=right[0] if right else "")


def _side_in_words(side: Side, code: str, language: Language, labels: Mapping[str, Text]) -> str:
    if side.constant:
        return value_in_words(side.value, language)
    called = labels.get(side.fact or side.source)
    label = in_language(called, language) if called else side.source
    if code in {"has", "has not", "true", "false", "all", "any"}:
        return label
    value = value_in_words(side.value, language)
    return in_language(NOW, language).format(label=label, value=value)


def value_in_words(value: Value, language: Language) -> str:
    """Say a value of an expression."""
    match value:
        case None | "":
            return in_language(EMPTY, language)
        case bool():
            return in_language(TRUTHS[value], language)
        case date():
            return value.strftime(in_language(DAY, language))
        case Fraction():
            return str(plain(value))
        case tuple() | list() if all(isinstance(item, str | int | Fraction | date) for item in value):
            return ", ".join(value_in_words(item, language) for item in value)
        case tuple() | list():
            return in_language(ROWS, language).format(count=len(value))
    return str(value)
