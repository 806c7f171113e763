"""Guards: a small, total, typed language, a subset of CEL, for the conditions and values of definitions.

`compile_guard` parses, checks and compiles; the Guard it returns answers, explains itself and says what it depends on.
Nothing here loops over anything but rows it was given, raises while it answers, or reaches the host.
"""

from dataclasses import dataclass, field
from datetime import date

from workflow.machine.calendar import Calendar
from workflow.machine.expressions import analysing, explaining, flipping
from workflow.machine.expressions.analysing import reads
from workflow.machine.expressions.explaining import Clause, Row, Side, in_words
from workflow.machine.expressions.expression_messages import UNITS
from workflow.machine.expressions.faults import ExpressionFault, fault_at
from workflow.machine.expressions.parsing import parse
from workflow.machine.expressions.phrasing import Phrasing, Words
from workflow.machine.expressions.running import compiled
from workflow.machine.expressions.tree import (
    Among,
    Both,
    Call,
    Compare,
    Constant,
    Either,
    Gather,
    Items,
    Member,
    Minus,
    Name,
    Node,
    Not,
    Written,
    calls_in,
    children,
    path_of,
)
from workflow.machine.expressions.types import (
    BOOL,
    DATE,
    DECIMAL,
    INT,
    TEXT,
    Environment,
    Function,
    Type,
    choice,
    maybe,
    record,
    reference,
    rows_of,
)
from workflow.machine.expressions.typing import check
from workflow.machine.expressions.values import Facts, Run, Value, plain

__all__ = [
    "BOOL",
    "DATE",
    "DECIMAL",
    "INT",
    "TEXT",
    "UNITS",
    "Among",
    "Both",
    "Call",
    "Clause",
    "Compare",
    "Constant",
    "Either",
    "Environment",
    "ExpressionFault",
    "Facts",
    "Function",
    "Gather",
    "Guard",
    "Items",
    "Member",
    "Minus",
    "Name",
    "Node",
    "Not",
    "Phrasing",
    "Row",
    "Side",
    "Type",
    "Value",
    "Words",
    "Written",
    "calls_in",
    "children",
    "choice",
    "compile_expression",
    "compile_guard",
    "compiled",
    "in_words",
    "maybe",
    "path_of",
    "plain",
    "reads",
    "record",
    "reference",
    "rows_of",
]


@dataclass(frozen=True, slots=True)
class Guard:
    """A compiled expression. Two are equal when they were written alike over the same names.

    Facts are a mapping from names to plain values (dates and decimals as text are read); a function's facts are a
    mapping from the name, or names, in its places. `reads` lists what must be there.
    """

    source: str
    environment: Environment = field(repr=False)
    tree: Node = field(repr=False, compare=False)
    type: Type
    reads: frozenset[str] = field(compare=False)
    run: Run = field(repr=False, compare=False)

    def holds(self, facts: Facts, calendar: Calendar) -> bool:
        """Answer yes only if the expression is surely true."""
        return self.run(facts, calendar, None) is True

    def value(self, facts: Facts, calendar: Calendar) -> Value:
        """Return the value, None where something it needs is empty; `plain` makes JSON of it."""
        return self.run(facts, calendar, None)

    def explain(self, facts: Facts, calendar: Calendar) -> tuple[Clause, ...]:
        """List the clauses that must hold and do not; none where the guard holds."""
        return explaining.explain(self.source, self.tree, self.environment, facts=facts, calendar=calendar)

    def cut_points(self) -> dict[str, frozenset[Constant]]:
        """Map each fact that is only compared with constants to them."""
        return analysing.cut_points(self.tree)

    def next_flip_date(self, facts: Facts, calendar: Calendar, today: date) -> date | None:
        """Find the first day after `today` on which the answer changes by itself; tomorrow where that is unclear."""
        return flipping.next_flip_date(self.tree, self.environment, facts=facts, calendar=calendar, today=today)


def compile_guard(source: str, environment: Environment) -> Guard:
    """Compile a condition; raises ExpressionFault with line, column and what is allowed."""
    guard = compile_expression(source, environment)
    if guard.type.name != "bool":
        allowed = ("bool",)
        raise fault_at(source, 0, "wrong_result", found_type=guard.type.name, allowed_types=allowed)
    return guard


def compile_expression(source: str, environment: Environment) -> Guard:
    """Compile an expression of any type, for `set`; its type is the Guard's."""
    tree = parse(source)
    type_ = check(source, tree, environment=environment)
    run = compiled(tree, environment)
    return Guard(source, environment, tree, type_, analysing.reads(tree), run)
