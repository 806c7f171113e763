"""An expression in words: what it requires, or which value it is, as people read it and not as it was written.

`Words` are what people call the facts and their values; what has no name there stands as it is written. Knows no
definition and no fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from workflow.catalogue import Language, fact_in_words, in_language
from workflow.machine.expressions.analysing import constant_of, fact_of
from workflow.machine.expressions.expression_messages import CLAUSES, PHRASES, UNITS, VALUES
from workflow.machine.expressions.tree import (
    Among,
    Both,
    Call,
    Compare,
    Either,
    Gather,
    Items,
    Minus,
    Node,
    Not,
    Pick,
    Sum,
    day_written,
    path_of,
)
from workflow.machine.expressions.values import Value, plain
from workflow.values import Text

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ORDERED = ("<", "<=", ">", ">=")
_SIGNS = {"*": "×", "-": "−"}
_GROUPS = {"vi": ".", "en": ","}


@dataclass(frozen=True, slots=True)
class Words:
    """What people call facts, by their paths: labels, options of choices, units of numbers (codes of
    `UNITS`), which of them are days.

    `cases` are the lists whose rows are cases.

    A fact of the rows of a list stands under the list: `reports.houses`; how many there are under `size(reports)`.
    """

    labels: Mapping[str, Text]
    options: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Expressions in one language; `rows` say which list a name goes through."""

    source: str
    language: Language
    words: Words
    rows: Mapping[str, str] = field(default_factory=dict)

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
                return (self.clause("in", self.side(left), self.side(right, like=self.kind(left))),)
            case Call(name="has", inputs=(of,)):
                return (self.clause("has", self.side(of)),)
            case Gather(way="all" | "any" as way):
                return (self.gathered(way, node),)
        return (self.clause("true", self.side(node)),)

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
                return (self.compared(OPPOSITE[sign], left, right),)
            case Among(left=left, right=right):
                return (self.clause("not in", self.side(left), self.side(right, like=self.kind(left))),)
            case Call(name="has", inputs=(of,)):
                return (self.clause("has not", self.side(of)),)
            case Gather(way="all" | "any" as way):
                return (self.gathered(f"not {way}", node),)
        return (self.clause("false", self.side(node)),)

    def side(self, node: Node, *, like: str | None = None) -> str:  # noqa: PLR0911 -- one for each kind of part
        """Say which value a part is; one written out is said like a value of the fact `like`."""
        fact = self.fact(node)
        if fact:
            return self.named(fact, node)
        constant = constant_of(node)
        if constant is not None:
            return self.value(constant, like=like)
        match node:
            case Items(items=items):
                return ", ".join(self.side(item, like=like) for item in items)
            case Call(name=name, inputs=inputs):
                return self.called(name, inputs, node)
            case Sum(sign=sign, left=left, right=right):
                return f"{self.factor(left, sign)} {_SIGNS.get(sign, sign)} {self.factor(right, sign)}"
            case Minus(of=of):
                return f"−{self.factor(of, '*')}"
            case Gather(way="sum", body=body):
                return self.phrase("sum", what=self.inside(node).side(body), list=self.listed(node))
            case Gather(way=way):
                return self.gathered(way, node)
            case Pick(condition=condition, then=then, otherwise=otherwise):
                parts = {"then": self.side(then, like=like), "otherwise": self.side(otherwise, like=like)}
                return self.phrase("pick", condition=self.joined(condition), **parts)
        return self.joined(node)

    def fact(self, node: Node) -> str | None:
        """Spell the fact that a part is; one of a row under the list that is gone through."""
        return absolute(fact_of(node), self.rows)

    def kind(self, node: Node) -> str | None:
        """Name a fact whose values a part has: its options, its unit."""
        match node:
            case Sum(sign="+" | "-", left=left):
                return self.kind(left)
            case Minus(of=of):
                return self.kind(of)
            case Call(name="min" | "max", inputs=(first, *_)):
                return self.kind(first)
            case Gather(way="sum", body=body):
                return self.inside(node).kind(body)
            case Pick(then=then):
                return self.kind(then)
        return self.fact(node)

    def value(self, value: Value, *, like: str | None = None) -> str:
        """Say a value; `like` is the fact whose options and unit it has."""
        options = self.words.options.get(like or "", {})
        if isinstance(value, str) and value in options:
            return in_language(options[value], self.language)
        if isinstance(value, tuple | list) and all(isinstance(item, str) for item in value):
            return ", ".join(self.value(item, like=like) for item in value)
        unit = self.words.units.get(like or "")
        if unit and isinstance(value, int | Fraction) and not isinstance(value, bool):
            amount = f"{value:,}".replace(",", _GROUPS[self.language]) if isinstance(value, int) else str(plain(value))
            return UNITS.say(unit, self.language, value=amount)
        return value_in_words(value, self.language)

    def named(self, fact: str, node: Node) -> str:
        label = self.words.labels.get(fact)
        return in_language(label, self.language) if label else self.source[node.start : node.end]

    def called(self, name: str, inputs: tuple[Node, ...], node: Node) -> str:
        """Say a call of a function of the language."""
        if name == "size":
            label = self.words.labels.get(f"size({path_of(inputs[0])})")
            return in_language(label, self.language) if label else self.phrase("size", of=self.side(inputs[0]))
        if name in ("wd", "days"):
            day, count = inputs
            back = isinstance(count, Minus)
            of = count.of if isinstance(count, Minus) else count
            return self.phrase(f"{name} {'before' if back else 'after'}", day=self.side(day), count=self.side(of))
        if name in ("min", "max"):
            return self.phrase(name, of="; ".join(map(self.side, inputs)))
        return self.joined(node)

    def factor(self, node: Node, sign: str) -> str:
        said = self.side(node)
        return f"({said})" if isinstance(node, Sum) and sign != "+" and node.sign != "*" else said

    def gathered(self, way: str, node: Gather) -> str:
        condition = self.inside(node).joined(node.body)
        return self.phrase(way, row=self.row_of(path_of(node.of)), list=self.listed(node), condition=condition)

    def row_of(self, listed: str | None) -> str:
        """Say what one of a list is called."""
        return VALUES.say("case" if listed in self.words.cases else "row", self.language)

    def inside(self, node: Gather) -> "Phrasing":
        """Return the phrasing of what is asked of each row."""
        return replace(self, rows={**self.rows, node.row: path_of(node.of) or ""})

    def listed(self, node: Gather) -> str:
        return self.side(node.of)

    def joined(self, node: Node) -> str:
        """Say all that a condition requires, in one line; a part that is none stands as it is written."""
        conditions = Both | Either | Not | Compare | Among | Gather
        if isinstance(node, conditions) or (isinstance(node, Call) and node.name == "has") or self.fact(node):
            return "; ".join(self.required(node))
        return f"`{self.source[node.start : node.end]}`"

    def group(self, code: str, branches: tuple[tuple[str, ...], ...]) -> str:
        parts = [branch[0] if len(branch) == 1 else self.grouped("all of", "; ".join(branch)) for branch in branches]
        return self.grouped(code, "; ".join(parts))

    def grouped(self, code: str, parts: str) -> str:
        return CLAUSES.say(code, self.language, parts=parts)

    def compared(self, sign: str, left: Node, right: Node) -> str:
        dated = sign in _ORDERED and (self.is_day(left) or self.is_day(right))
        like = next((kind for side in (left, right) if (kind := self.kind(side))), None)
        code = f"date{sign}" if dated else sign
        return self.clause(code, self.side(left, like=like), self.side(right, like=like))

    def clause(self, code: str, left: str, right: str = "") -> str:
        return CLAUSES.say(code, self.language, left=left, right=right)

    def phrase(self, key: str, **parts: str) -> str:
        return PHRASES.say(key, self.language, **parts)

    def is_day(self, node: Node) -> bool:
        days = isinstance(node, Call) and node.name in ("wd", "days")
        return days or day_written(node) is not None or (self.fact(node) or "") in self.words.dates


def absolute(fact: str | None, rows: Mapping[str, str]) -> str | None:
    """Spell a fact of a row under the list that is gone through: `r.n` is `rows.n`."""
    if fact is None or "(" in fact:
        return fact
    first, dot, rest = fact.partition(".")
    return f"{rows.get(first, first)}{dot}{rest}"


def value_in_words(value: Value, language: Language) -> str:
    """Say a value of an expression."""
    match value:
        case None | "":
            return VALUES.say("empty", language)
        case bool():
            return VALUES.say("true" if value else "false", language)
        case date():
            return fact_in_words(value, language)
        case Fraction():
            return str(plain(value))
        case tuple() | list() if all(isinstance(item, str | int | Fraction | date) for item in value):
            return ", ".join(value_in_words(item, language) for item in value)
        case tuple() | list():
            return VALUES.say("rows", language, count=len(value))
    return str(value)
