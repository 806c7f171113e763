"""Views of the queue: which cases are shown and how they are grouped, in an address or kept under a name."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal, get_args
from unicodedata import normalize

from workflow.errors import Invalid
from workflow.storage.queries import own_desks as rows
from workflow.storage.session import Tx

Grouping = Literal["time", "unit", "kind", "state", "milestone"]
GROUPINGS: Final[tuple[Grouping, ...]] = get_args(Grouping)
MOST_VIEWS: Final = 20
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What is shown: the name of a definition, a state's name, a unit, only what is late; and how it is grouped."""

    kind: str = ""
    state: str = ""
    unit: int | None = None
    late: bool = False
    by: Grouping = "time"

    @property
    def are_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.state or self.unit is not None or self.late)

    @property
    def words(self) -> dict[str, str]:
        """The filters as an address has them; those that are not set are left out."""
        words = {"kind": self.kind, "state": self.state, "unit": str(self.unit or ""), "late": "1" if self.late else ""}
        return {name: word for name, word in (words | {"by": self.by if self.by != "time" else ""}).items() if word}


@dataclass(frozen=True, slots=True)
class KeptView:
    """QueueFilters and grouping under the name that a person gave them."""

    id: int
    name: str
    filters: QueueFilters


def from_words(words: Mapping[str, str]) -> QueueFilters:
    """Read filters from an address that anybody may have edited: what cannot be read is not set."""
    unit = words.get("unit", "")
    by = words.get("by", "")
    return QueueFilters(
        kind=words.get("kind", ""),
        state=words.get("state", ""),
        unit=int(unit) if unit.isascii() and unit.isdigit() and len(unit) <= len(str(2**62)) - 1 else None,
        late=bool(words.get("late")),
        by=next((grouping for grouping in GROUPINGS if grouping == by), "time"),
    )


def keep(tx: Tx, name: str, filters: QueueFilters, *, person_id: int) -> int:
    """Keep filters under a name, and return the id of the view; a name that is there already is refused."""
    called = " ".join(normalize("NFC", name).split())
    if not called or len(called) > _LONGEST_NAME or not called.isprintable():
        raise Invalid("view_name_needed", field="name", most=_LONGEST_NAME)
    there = rows.views(tx, person_id)
    if any(row.name == called for row in there):
        raise Invalid("view_name_taken", field="name", name=called)
    if len(there) >= MOST_VIEWS:
        raise Invalid("views_too_many", field="name", most=MOST_VIEWS)
    return rows.add_view(tx, person_id, name=called, filters=json.dumps(asdict(filters)))


def of_person(tx: Tx, person_id: int) -> list[KeptView]:
    """List the views that a person keeps."""
    return [KeptView(row.id, row.name, QueueFilters(**json.loads(row.filters))) for row in rows.views(tx, person_id)]


def drop(tx: Tx, view_id: int, *, person_id: int) -> None:
    """Keep a view no longer."""
    rows.drop_view(tx, person_id, view_id)
