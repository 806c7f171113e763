"""A definition against the organisation of a day: where cases would get stuck for want of people.

Loads the organisation once and asks the machine; knows neither rules nor rows. Called by the command, and by whoever
publishes.
"""

from dataclasses import replace
from datetime import date

from workflow.machine.checking import Organisation, StaffedUnit, check_units
from workflow.machine.definition import Definition, Finding
from workflow.storage.queries.organisation import staffing as records
from workflow.storage.session import Tx
from workflow.values import Desk


def verify_units(tx: Tx, definition: Definition, *, on_date: date) -> tuple[Finding, ...]:
    """Find what is wrong with a definition in the units there are; it must have no errors of its own.

    Of what a movement opens only the units count that movements of the record address, if there are any.
    """
    found = organisation(tx, on_date=on_date)
    addressed = records.addressed(tx, definition.name) if definition.opened_by("movement") else frozenset[int]()
    if addressed:
        found = replace(found, units=tuple(replace(unit, owes=unit.id in addressed) for unit in found.units))
    return check_units(definition, found)


def organisation(tx: Tx, *, on_date: date) -> Organisation:
    """Load units, desks and substitutes as they stand on a day."""
    desks: dict[Desk, list[int]] = {}
    names: dict[int, str] = {}
    for holder in records.holders(tx, on_date=on_date):
        desks.setdefault(Desk(holder.role, holder.unit), []).append(holder.person)
        names[holder.person] = holder.name
    acting: dict[tuple[int, Desk], list[int]] = {}
    for found in records.substitutes(tx, on_date=on_date):
        names[found.person] = found.name
        for desk, people in desks.items():
            everywhere = found.role is None or found.unit is None
            if found.principal in people and (everywhere or desk == (found.role, found.unit)):
                acting.setdefault((found.principal, desk), []).append(found.person)
    return Organisation(
        _units(tx, on_date=on_date),
        {desk: tuple(people) for desk, people in desks.items()},
        {key: tuple(people) for key, people in acting.items()},
        names,
    )


def _units(tx: Tx, *, on_date: date) -> tuple[StaffedUnit, ...]:
    rows: dict[int, list[records.UnitFound]] = {}
    for row in records.units(tx, on_date=on_date):
        rows.setdefault(row.id, []).append(row)
    return tuple(
        StaffedUnit(
            unit,
            found[0].name,
            tuple(dict.fromkeys(row.above for row in found if row.above is not None)),
            found[0].block,
            found[0].line,
            owes=found[0].owes != "no",
        )
        for unit, found in rows.items()
    )
