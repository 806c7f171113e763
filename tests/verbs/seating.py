"""A scene's people put into an empty record: the same ids at the same desks, and papers that they have handed over.

A scene gives each relation a unit of its own; here those units are there, around the one that every case is of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert

from tests.support.random_plays import BEGINS, DATES
from tests.support.scenes import ROOT
from tests.support.small_record import person, rows, unit
from workflow import calendars
from workflow.definitions import publishing
from workflow.exchange.shipped import tree
from workflow.machine.walks.simulation import MOVEMENT, UNIT, Cast, desk_at
from workflow.storage import models
from workflow.storage.session import Database, Tx
from workflow.values import Json, Place, Seat

ONLOOKER = Place("onlooker", "province")
"""Where everybody stands, so that everybody may know of every case, as in a scene."""
SINCE, UNTIL = date(2010, 1, 1), date(2030, 1, 1)
YEARS = range(2017, 2026)
ABOVE, BLOCK, LINE, TOP = (
    desk_at(Place("", relation)).unit for relation in ("above unit", "block", "line", "province")
)


class OneUnit(Cast):
    """A cast for a scene whose cases are all of one unit: whom a link leads to stands there."""

    def seats(self, place: Place) -> tuple[Seat, ...]:
        is_link = place.relation.startswith("link:")
        return super().seats(place._replace(relation="unit") if is_link else place)


def unit_named_in(name: str) -> int:
    """Return the unit at which those stand who are found through a field."""
    return desk_at(Place("", f"field:{name}")).unit


def build(database: Database, cast: Cast, texts: Iterable[str]) -> None:
    """Fill an empty database: units, people, the movement, the calendar, definitions."""
    with database.writing() as tx:
        _seat(tx, cast)
        dates = {name: date.fromisoformat(day) for name, day in DATES.items()}
        rows(tx, models.Movement, [
            {"id": MOVEMENT, "code": "m", "title_vi": "", "title_en": "", "basis": "", "issued_on": dates["begins"],
             "begins_on": dates.pop("begins"), "ends_on": dates.pop("ends")}
        ])  # fmt: skip
        rows(tx, models.Milestone, [
            {"movement_id": MOVEMENT, "name": name, "title_vi": "", "title_en": "", "on_date": day, "exclusive": False}
            for name, day in dates.items()
        ])  # fmt: skip
        path = ROOT / "definitions/calendar.yaml"
        calendars.ship(tx, tree(path.read_bytes(), path=path.name))
        for text in texts:
            publishing.publish_shipped(tx, text, now=BEGINS, path="family")


def _seat(tx: Tx, cast: Cast) -> None:
    desks = sorted({(desk_at(place), place) for places in cast.places.values() for place in places})
    named = {desk.unit for desk, _ in desks} - {UNIT, ABOVE, BLOCK, LINE, TOP}
    tree_of = {TOP: None, ABOVE: TOP, UNIT: ABOVE, BLOCK: TOP, LINE: TOP, **dict.fromkeys(sorted(named), TOP)}
    rows(tx, models.Unit, [
        {**unit(number, parent), "line": f"u{LINE}" if number == UNIT else None} for number, parent in tree_of.items()
    ])  # fmt: skip
    lines = {number: [number, *_above(tree_of, number)] for number in tree_of}
    rows(tx, models.UnitAbove, [
        {"unit_id": number, "above_id": above, "distance": distance}
        for number, line in lines.items() for distance, above in enumerate(line)
    ])  # fmt: skip
    rows(tx, models.BlockMember, [{"unit_id": UNIT, "year": year, "block_id": BLOCK} for year in YEARS])
    rows(tx, models.Role, [
        {"code": role, "label_vi": role, "label_en": role, "sees": "below" if role == ONLOOKER.role else "own"}
        for role in sorted({desk.role for desk, _ in desks})
    ])  # fmt: skip
    rows(tx, models.Person, [person(cast.id_of(name)) for name in cast.places])
    held = sorted({(cast.id_of(name), desk_at(place)) for name, places in cast.places.items() for place in places})
    rows(tx, models.RoleGrant, [
        {"person_id": holder, "role": desk.role, "unit_id": desk.unit, "valid_from": SINCE, "granted_at": BEGINS}
        for holder, desk in held
    ])  # fmt: skip
    stand_ins = [
        {"principal_id": cast.id_of(principal), "substitute_id": cast.id_of(name), "capacity": capacity, "paper": "",
         "valid_from": SINCE, "valid_to": UNTIL, "recorded_at": BEGINS}
        for name, others in cast.substitutes.items() for principal, capacity in others
    ]  # fmt: skip
    if stand_ins:
        rows(tx, models.SubstitutionRow, stand_ins)


def _above(tree_of: Mapping[int, int | None], number: int) -> list[int]:
    parent = tree_of[number]
    return [] if parent is None else [parent, *_above(tree_of, parent)]


@dataclass
class Papers:
    """Papers handed over in a record: one for each field of a case that anybody ever takes one into."""

    database: Database
    documents: dict[tuple[int, str], int] = field(default_factory=dict)

    def hand_over(self, case_id: int, name: str) -> Mapping[str, Json]:
        """Return what tells the paper of a case's field from every other."""
        number = self.documents.get((case_id, name))
        if number is None:
            number = self.documents[case_id, name] = len(self.documents) + 1
            with self.database.writing() as tx:
                self._write(tx, number, case_id, name)
        return self._identity(number)

    def _write(self, tx: Tx, number: int, case_id: int, name: str) -> None:
        tx.connection.execute(insert(models.Document), {"id": number, "case_id": case_id, "field": name})
        identity: dict[str, Any] = {
            ("document_id" if key == "document" else key): value for key, value in self._identity(number).items()
        }
        rest = {"name": "a.pdf", "media_type": "application/pdf", "size": 1, "uploaded_at": BEGINS}
        tx.connection.execute(insert(models.DocumentVersion), identity | rest)

    @staticmethod
    def _identity(number: int) -> dict[str, Json]:
        return {"document": number, "number": 1, "token": f"t{number}", "sha256": "0" * 64}
