"""The one error of expressions: a fault with its place and a code; the sentences for it stand in `expression_messages`.

The place is that within the expression; a reader of files moves it to the place in the file.
"""

from collections.abc import Mapping

from workflow.errors import DefinitionError
from workflow.machine.expressions.expression_messages import FAULTS, SIGNS, TYPES
from workflow.values import Text

Fact = str | int | tuple[str, ...]


class ExpressionFault(DefinitionError):
    """An expression is wrong at `line` and `column` (from 1, within the expression); `facts` say what is allowed."""

    def __init__(self, line: int, column: int, code: str, facts: Mapping[str, Fact]) -> None:
        super().__init__(f"{line}:{column}: {code} {dict(facts)}")
        self.line, self.column, self.code, self.facts = line, column, code, dict(facts)

    def moved(self, line: int, column: int) -> "ExpressionFault":
        """Place the fault in a file in which the expression begins at `line` and `column`."""
        shifted = column + self.column - 1 if self.line == 1 else self.column
        return ExpressionFault(line + self.line - 1, shifted, self.code, self.facts)

    def text(self) -> Text:
        """Say what is wrong and what is allowed, without the place."""
        return FAULTS.text(self.code, **{name: _named(name, fact) for name, fact in self.facts.items()})


def fault_at(source: str, offset: int, code: str, **facts: Fact) -> ExpressionFault:
    """Build the fault at a character of the source."""
    before = source[:offset]
    return ExpressionFault(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1, code, facts)


def _named(name: str, fact: Fact) -> object:
    """Say the names of types and signs as people know them."""
    if isinstance(fact, tuple):
        return tuple(_named(name, part) for part in fact)
    known = TYPES if name.endswith(("_type", "_types")) else SIGNS if name == "allowed" else {}
    return known.get(str(fact), fact)
