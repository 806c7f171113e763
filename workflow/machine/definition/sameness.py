"""Whether two definitions are one law: the same but for what people read of it and for how its file says it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from workflow.machine.definition.model import Definition
from workflow.machine.expressions import Guard
from workflow.values import Text

_OF_THE_FILE: Final = frozenset({"hash", "text", "marks"})


def is_same_law(one: Definition, other: Definition) -> bool:
    """Tell whether two definitions let the same be done, by the same people, under the same conditions.

    Labels and other texts for people do not count, nor whether they are there, nor do the text of the file, its hash
    and the places in it.
    """
    return bool(_law(one) == _law(other))


def _law(value: Any) -> Any:
    """Return a value without what does not count, in a form that can be compared."""
    if isinstance(value, Text):
        return None
    if isinstance(value, Guard):
        return value.source
    if is_dataclass(value):
        return [(part.name, _law(getattr(value, part.name))) for part in fields(value) if part.name not in _OF_THE_FILE]
    if isinstance(value, Mapping):
        return [(key, _law(part)) for key, part in value.items()]
    if isinstance(value, tuple):
        return [_law(part) for part in value]
    return value
