"""A definition against the organisation in the record: who is missing, at which units."""

from datetime import date

import pytest

from tests.support.small_province import DEFINITIONS, MOVEMENT, NOW, TODAY, Stage
from tests.support.statement_counts import count_statements
from workflow.definitions import staffing
from workflow.machine.loading import loader
from workflow.movements import obligations
from workflow.organisation import SubstitutionForm, grants, substitutions
from workflow.storage.session import Database
from workflow.values import Desk, Place

PLAN = loader.load((DEFINITIONS / "unit_plan/v1.yaml").read_text("utf-8"), path="v1.yaml")


@pytest.mark.usefixtures("province")
def test_units_without_the_people_a_definition_needs_are_named(database: Database):
    with database.reading() as tx:
        findings = staffing.verify_units(tx, PLAN, on_date=TODAY)
    found = {(finding.code, finding.facts["state"]): finding for finding in findings}
    assert {finding.severity for finding in findings} == {"error"}
    heads = found["nobody_there", "signing"]
    assert (heads.facts["role"], heads.facts["count"]) == ("unit_head", 3)
    assert "UBND xã Gia Tường" in heads.facts["units"]
    assert ("nobody_there", "review") not in found


def test_a_grant_that_ends_leaves_a_desk_empty_from_that_day(database: Database, province: Stage):
    ends, later = date(2018, 1, 1), date(2018, 1, 2)
    with database.writing() as tx:
        view = next(iter(grants.of_person(tx, province.people["nhoquan.head"])))
        grants.end(tx, view.id, on_date=ends, person_id=None, now=NOW)
        view = next(iter(grants.of_person(tx, province.people["board.head"])))
        grants.end(tx, view.id, on_date=ends, person_id=None, now=NOW)
    with database.reading() as tx:
        before = {finding.facts["state"] for finding in staffing.verify_units(tx, PLAN, on_date=TODAY)}
        after = {finding.facts["state"] for finding in staffing.verify_units(tx, PLAN, on_date=later)}
    assert after - before == {"review"}


def test_the_organisation_is_read_with_substitutes_and_the_same_walks(database: Database, province: Stage):
    people, units = province.people, province.units
    form = SubstitutionForm(people["board.head"], people["stranger"], "TUQ", "12/QĐ", TODAY, date(2017, 12, 1))
    with database.writing() as tx:
        substitutions.appoint(tx, form, person_id=None, now=NOW)
        loaded = staffing.organisation(tx, on_date=TODAY)
    reviewer = Desk("plan_reviewer", units["37"])
    assert loaded.substitutes == {(people["board.head"], reviewer): (people["stranger"],)}
    commune = next(unit for unit in loaded.units if unit.id == units["14437"])
    assert commune.above == (units["372"], units["37"])
    assert loaded.desk(commune, Place("plan_officer", "above unit")) == Desk("plan_officer", units["372"])
    department = next(unit for unit in loaded.units if unit.id == units["SLDTBXH"])
    assert loaded.desk(department, Place("block_lead", "block")) == Desk("block_lead", units["K4"])
    assert units["OLD"] not in {unit.id for unit in loaded.units}


@pytest.mark.usefixtures("province")
def test_what_a_movement_opens_is_held_against_the_units_that_the_movement_addresses(database: Database):
    summary = loader.load((DEFINITIONS / "review_summary/v1.yaml").read_text("utf-8"), path="v1.yaml")
    with database.writing() as tx:
        everybody = staffing.verify_units(tx, summary, on_date=TODAY)
        obligations.import_movement(tx, MOVEMENT, name="movement.yaml", person_id=None, now=NOW)
        districts = staffing.verify_units(tx, summary, on_date=TODAY)
    assert ("nobody_there", "owed") in {(finding.code, finding.facts["state"]) for finding in everybody}
    assert ("nobody_there", "owed") not in {(finding.code, finding.facts["state"]) for finding in districts}


@pytest.mark.usefixtures("province")
def test_the_organisation_is_read_in_four_queries(database: Database):
    with count_statements(database) as said, database.reading() as tx:
        staffing.verify_units(tx, PLAN, on_date=TODAY)
    assert said.count("SELECT") == 4
