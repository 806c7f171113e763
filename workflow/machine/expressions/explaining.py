"""Why a guard refuses: the clauses that failed, with what they were compared with and what stands there now.

Walks the tree the way it was evaluated and asks only the parts that decided the answer; negations are pushed down, so
the words say what is required.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, cast

from workflow.catalogue import Language
from workflow.machine.calendar import Calendar
from workflow.machine.expressions.analysing import constant_of, fact_of
from workflow.machine.expressions.expression_messages import VALUES
from workflow.machine.expressions.parsing import parse
from workflow.machine.expressions.phrasing import OPPOSITE, Phrasing, Words, absolute
from workflow.machine.expressions.running import compiled, row_type
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
    path_of,
)
from workflow.machine.expressions.types import Environment
from workflow.machine.expressions.values import Facts, Value, plain
from workflow.values import Json

_DATE_CODES = {"<", "<=", ">", ">="}
_GATHERED = {"all", "any", "not all", "not any"}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a clause as written; its fact (None: not just one), its value now, and whether that is constant."""

    source: str
    fact: str | None
    value: Value
    constant: bool


class Row(NamedTuple):
    """The row of a list that clauses are about: what it is called there, and its number from 1, or the case's code."""

    name: str
    list: str
    which: int | str


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing required that does not hold: `code` names its sentence, `start` and `end` its place in the source.

    `one of` and `all of` hold further clauses in `parts`, and so does one that is about a `row`.
    """

    code: str
    start: int
    end: int
    sides: tuple[Side, ...] = ()
    parts: tuple["Clause", ...] = ()
    row: Row | None = None

    def facts(self) -> dict[str, Json]:
        """Return the clause as JSON: for a Reason, for history, for whoever words it later."""
        sides: list[Json] = [
            {"source": side.source, "fact": side.fact, "value": plain(side.value), "constant": side.constant}
            for side in self.sides
        ]
        parts: list[Json] = [part.facts() for part in self.parts]
        row: dict[str, Json] = {"row": list(self.row)} if self.row else {}
        return {"code": self.code, "start": self.start, "end": self.end, "sides": sides, "parts": parts, **row}


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
    rows: Mapping[str, str] = field(default_factory=dict)

    def value(self, node: Node) -> Value:
        return compiled(node, self.environment)(self.known, self.calendar, None)

    def failing(self, node: Node) -> tuple[Clause, ...]:  # noqa: C901, PLR0911 -- one for each kind of part
        """List what `node` would need to be true."""
        match node:
            case Both(parts=parts):
                return _asked_first(clause for part in parts if not self.value(part) for clause in self.failing(part))
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
            case Gather(way="all"):
                return self.first_row(node, wanted=True)
            case Gather(way="any" as way):
                return (self.clause(way, node, node),)
        return (self.clause("true", node, node),)

    def holding(self, node: Node) -> tuple[Clause, ...]:  # noqa: PLR0911 -- one for each kind of part
        """List what `node`, which must not hold, would need to be false."""
        match node:
            case Both(parts=parts):
                return (self.group("one of", node, tuple(map(self.holding, parts))),)
            case Either(parts=parts):
                return tuple(clause for part in parts if self.value(part) is not False for clause in self.holding(part))
            case Not(of=of):
                return self.failing(of)
            case Compare(sign=sign, left=left, right=right):
                return (self.clause(OPPOSITE[sign], node, left, right),)
            case Among(left=left, right=right):
                return (self.clause("not in", node, left, right),)
            case Call(name="has", inputs=(of,)):
                return (self.clause("has not", node, of),)
            case Gather(way="any"):
                return self.first_row(node, wanted=False)
            case Gather(way="all"):
                return (self.clause("not all", node, node),)
        return (self.clause("false", node, node),)

    def first_row(self, node: Gather, *, wanted: bool) -> tuple[Clause, ...]:
        """Find the first row that is not as wanted, and list what it would need."""
        of = row_type(node, self.environment)
        environment = replace(self.environment, names={**self.environment.names, node.row: of})
        rows = self.value(node.of)
        for number, row in enumerate(rows if isinstance(rows, list | tuple) else (), 1):
            known = _WithRow(self.known, node.row, row)
            inside = replace(self, environment=environment, known=known, rows={node.row: path_of(node.of) or ""})
            if (inside.value(node.body) is True) is not wanted:
                parts = inside.failing(node.body) if wanted else inside.holding(node.body)
                listed = self.side(node.of, node.of.start, node.of.end)
                which = row.get("code", number) if isinstance(row, Mapping) else number
                place = Row(node.row, path_of(node.of) or "", which)
                return (Clause("row", node.start, node.end, (listed,), parts, place),)
        return (self.clause("all" if wanted else "not any", node, node),)

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
        return Side(self.source[start:end], absolute(fact_of(node), self.rows), self.value(node), constant)


def _asked_first(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Leave out all other clauses on a fact that is missing: it is enough to say that it must be given."""
    collected = tuple(clauses)
    missing = {clause.sides[0].fact for clause in collected if clause.code == "has"}
    return tuple(
        clause
        for clause in collected
        if clause.code == "has" or not any(side.value is None and side.fact in missing for side in clause.sides)
    )


class _WithRow(dict[str, object]):
    """The facts together with the row that is looked at."""

    def __init__(self, known: Facts, name: str, row: object) -> None:
        super().__init__({name: row})
        self.known = known

    def __missing__(self, name: str) -> object:
        return self.known[name]


def in_words(clause: Clause, language: Language, words: Words) -> str:
    """Say a clause as a sentence without full stop; `words` are what people call the facts."""
    return _said(clause, Phrasing("", language, words))


def _said(clause: Clause, phrasing: Phrasing) -> str:
    if clause.row:
        inside = replace(phrasing, rows={clause.row.name: clause.row.list})
        listed = _side(clause.sides[0], phrasing)
        condition = "; ".join(_said(part, inside) for part in clause.parts)
        row = phrasing.row_of(clause.row.list)
        return phrasing.phrase("row", row=row, which=str(clause.row.which), list=listed, condition=condition)
    if clause.parts:
        return phrasing.grouped(clause.code, "; ".join(_said(part, phrasing) for part in clause.parts))
    if clause.code in _GATHERED:
        written = clause.sides[0].source
        return replace(phrasing, source=written).gathered(clause.code, cast("Gather", parse(written)))
    like = next((side.fact for side in clause.sides if side.fact), None) or _kind(clause.sides, phrasing)
    left, *right = (_with_value(side, clause.code, phrasing, like) for side in clause.sides)
    return phrasing.clause(clause.code, left, right[0] if right else "")


def _kind(sides: tuple[Side, ...], phrasing: Phrasing) -> str | None:
    nodes = (parse(side.source) for side in sides)
    return next((kind for node in nodes if (kind := phrasing.kind(node))), None)


def _with_value(side: Side, code: str, phrasing: Phrasing, like: str | None) -> str:
    if side.constant:
        return phrasing.value(side.value, like=like)
    said = _side(side, phrasing)
    if code in {"has", "has not", "true", "false"}:
        return said
    return VALUES.say("now", phrasing.language, label=said, value=phrasing.value(side.value, like=like))


def _side(side: Side, phrasing: Phrasing) -> str:
    node = parse(side.source)
    return replace(phrasing, source=side.source).side(node)
