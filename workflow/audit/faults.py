"""What is wrong with a chain, as a value: where, of which kind, with which facts. `error_messages` has the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workflow.values import Json

FaultKind = Literal[
    "gap",  # the entries are not numbered one after the other
    "changed",  # body, order or hash are not what was hashed
    "column",  # a column says something else than the body
    "head",  # the case's row does not end where its history ends
    "state",  # the case's row is not what its history leads to
    "unfoldable",  # its history cannot be decided again
    "calendar",  # the calendar that an entry was decided with is gone or was changed
    "cut",  # an entry that a checkpoint saw is gone
    "replaced",  # an entry that a checkpoint saw has another hash
    "forged",  # the checkpoint itself is not signed by the key
]


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One fault. `case_id` is None for administrators' acts; `seq` the entry it was found at."""

    kind: FaultKind
    case_id: int | None
    seq: int | None = None
    facts: Mapping[str, Json] = field(default_factory=dict)
