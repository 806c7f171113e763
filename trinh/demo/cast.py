"""The organisation and the people of the demonstration, put into the record by the verbs; and who sits where.

Knows how shipped rows become units, accounts and grants.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Final

from trinh.definition_files import definitions_folder
from trinh.demo.organisation import PLACE, ROOT, UnitRow, read_successors, read_units
from trinh.demo.people import PersonRow, people
from workflow.organisation import GrantForm, PersonForm, SuccessorRow, grants, units
from workflow.organisation import people as accounts
from workflow.storage.session import Tx

SEATED_SINCE: Final = date(2016, 1, 1)
"""Before the first act of the play. The councils of 2016–2021 began a little later, on which nothing here depends."""


@dataclass(frozen=True, slots=True)
class DemoCast:
    """The units by code, their ids, and the ids of those who hold each role at a unit, by code."""

    rows: Mapping[str, UnitRow]
    units: Mapping[str, int]
    accounts: Mapping[str, int]
    names: Mapping[int, str]
    titles: Mapping[int, str]
    holders: Mapping[tuple[str, str], tuple[int, ...]]

    def at(self, role: str, unit: UnitRow, *, chance: Random) -> int:
        """Somebody who holds a role at a unit."""
        return chance.choice(self.holders[role, unit.code])

    def above(self, role: str, unit: UnitRow, *, chance: Random) -> int:
        """Somebody who holds a role at the nearest unit above that has such people, as definitions walk."""
        place = unit
        while place.parent is not None:
            place = self.rows[place.parent]
            if (role, place.code) in self.holders:
                return self.at(role, place, chance=chance)
        return self.at(role, self.rows[ROOT], chance=chance)

    def at_block(self, role: str, unit: UnitRow) -> int | None:
        """Who holds a role at the block of a unit, if that is somebody of another unit."""
        heads = self.holders.get((role, unit.block or ""), ())
        own = self.holders.get(("unit_head", unit.code), ())
        return next((person for person in heads if person not in own), None)


def import_units(tx: Tx, *, now: datetime) -> None:
    """Import the units that ship; done once a year, because membership in blocks is by the year."""
    content = (definitions_folder() / PLACE / "units.csv").read_bytes()
    units.import_file(tx, content, name="units.csv", person_id=None, now=now)


def import_successors(tx: Tx, *, now: datetime) -> None:
    """Import what became of units that ended and have a successor."""
    named = [SuccessorRow(row.code, row.successor, row.on) for row in read_successors() if row.successor]
    units.import_successors(tx, named, person_id=None, now=now)


def seat(tx: Tx, *, seed: int, password_hash: str, now: datetime) -> DemoCast:
    """Give everybody an account and their desks; one hash serves all, as one password does."""
    ids = {unit.code: unit.id for unit in units.every(tx)}
    everybody = people(seed)
    added = {row.username: _add(tx, row, ids, password_hash=password_hash, now=now) for row in everybody}
    holders: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in everybody:
        for held in row.grants:
            form = GrantForm(added[row.username], held.role, ids[held.unit], SEATED_SINCE)
            grants.grant(tx, form, person_id=None, now=now)
            seated = holders.get((held.role, held.unit), ())
            holders[held.role, held.unit] = (*seated, added[row.username])
    return DemoCast(
        rows={unit.code: unit for unit in read_units()},
        units=ids,
        accounts=added,
        names={added[row.username]: row.full_name for row in everybody},
        titles={added[row.username]: row.title.vi for row in everybody},
        holders=holders,
    )


def _add(tx: Tx, row: PersonRow, ids: Mapping[str, int], *, password_hash: str, now: datetime) -> int:
    form = PersonForm(row.username, row.full_name, row.title, ids[row.works_at], email=row.email)
    return accounts.add(tx, form, person_id=None, now=now, password_hash=password_hash)
