"""Whether two definitions are the same law: they differ only in texts for people and in how their files are written."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from workflow.machine.definition.model import Definition
from workflow.machine.expressions import Guard
from workflow.values import Text

_OF_THE_FILE: Final = frozenset({"hash", "text", "marks"})


def is_same_law(definition: Definition, other: Definition) -> bool:
    """Tell whether two definitions allow the same acts, by the same people, under the same conditions.

    Labels and other texts for people do not count, whether they differ or are missing; nor do the text of the file, its
    hash and the places in it.
    """
    return bool(_law(definition) == _law(other))


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
