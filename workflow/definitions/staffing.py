"""A definition against the organisation of a day: where cases would get stuck for want of people.

Loads the organisation once and asks the machine; knows neither rules nor rows.
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

    For a definition whose cases a movement opens, only the units that movements of the record address count, if any do.
    """
    staffed = organisation(tx, on_date=on_date)
    addressed = records.addressed(tx, definition.name) if definition.opened_by("movement") else frozenset[int]()
    if addressed:
        staffed = replace(staffed, units=tuple(replace(unit, owes=unit.id in addressed) for unit in staffed.units))
    return check_units(definition, staffed)


def organisation(tx: Tx, *, on_date: date) -> Organisation:
    """Load units, desks and substitutes as they stand on a day."""
    desks: dict[Desk, list[int]] = {}
    names: dict[int, str] = {}
    for holder in records.holders(tx, on_date=on_date):
        desks.setdefault(Desk(holder.role, holder.unit), []).append(holder.person)
        names[holder.person] = holder.name
    acting: dict[tuple[int, Desk], list[int]] = {}
    for substitute in records.substitutes(tx, on_date=on_date):
        names[substitute.person] = substitute.name
        for desk, people in desks.items():
            everywhere = substitute.role is None or substitute.unit is None
            if substitute.principal in people and (everywhere or desk == (substitute.role, substitute.unit)):
                acting.setdefault((substitute.principal, desk), []).append(substitute.person)
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
            group[0].name,
            tuple(dict.fromkeys(row.above for row in group if row.above is not None)),
            group[0].block,
            group[0].line,
            owes=group[0].owes != "no",
        )
        for unit, group in rows.items()
    )
