"""Units, people, grants and substitutions, as administrators keep them."""

from datetime import date

import pytest

from tests.support.small_province import NOW, SINCE, TODAY, UNITS, Stage
from workflow.audit import admin_acts
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.organisation import GrantForm, PersonForm, SubstitutionForm, access, grants, people, substitutions, units
from workflow.storage.session import Database
from workflow.values import Desk


def test_units_stand_in_their_tree(database: Database, province: Stage):
    with database.reading() as tx:
        path = [unit.code for unit in units.path(tx, province.units["14437"])]
    assert path == ["37", "372", "14437"]


@pytest.mark.usefixtures("province")
def test_importing_the_same_file_again_changes_nothing_but_says_so(database: Database):
    with database.writing() as tx:
        before = units.every(tx)
        imported = units.import_file(tx, UNITS.encode(), name="units.csv", person_id=None, now=NOW)
        assert units.every(tx) == before
    assert (imported.added, imported.changed) == (0, 10)


@pytest.mark.usefixtures("province")
def test_units_are_found_without_marks(database: Database):
    with database.reading() as tx:
        found = [unit.code for unit in units.search(tx, "cuc phuong")]
    assert found == ["14437"]


@pytest.mark.usefixtures("province")
def test_people_are_listed_by_given_name_in_vietnamese_order(database: Database):
    with database.reading() as tx:
        listed = [person.full_name.split()[-1] for person in people.listing(tx, limit=6)]
        rest = people.listing(tx, after=people.listing(tx, limit=6)[-1].id, limit=100)
    assert listed == ["Ái", "Ánh", "Ẩn", "Bé", "Cường", "Dung"]
    assert [person.full_name.split()[-1] for person in rest[:3]] == ["Đạt", "Êm", "Lạ"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (PersonForm("Cúc Phương", "Ai Đó"), "username_malformed"),
        (PersonForm("cucphuong.clerk", "Ai Đó"), "username_taken"),
        (PersonForm("moi", "  "), "full_name_needed"),
        (PersonForm("moi", "Ai Đó", email="a@b\nBcc: c@d"), "email_malformed"),
        (PersonForm("moi", "Ai Đó", unit_id=999_999), "unit_unknown"),
        (PersonForm("moi", "Ai Đó", language="fr"), "language_unknown"),
    ],
)
def test_a_person_is_not_added_with(database: Database, province: Stage, form: PersonForm, code: str):
    with database.writing() as tx, pytest.raises(Invalid) as refused:
        people.add(tx, form, person_id=province.people["admin"], now=NOW)
    assert refused.value.code == code


def test_only_administrators_add_people(database: Database, province: Stage):
    with database.writing() as tx, pytest.raises(NotAllowed):
        people.add(tx, PersonForm("moi", "Ai Đó"), person_id=province.people["board.head"], now=NOW)


def test_somebody_deactivated_holds_nothing(database: Database, province: Stage):
    gone = province.people["nhoquan.officer"]
    with database.writing() as tx:
        people.deactivate(tx, gone, person_id=province.people["admin"], now=NOW)
        assert access.standing(tx, gone, now=NOW).desks == frozenset()
        people.reactivate(tx, gone, person_id=province.people["admin"], now=NOW)
        assert access.standing(tx, gone, now=NOW).desks == {Desk("plan_officer", province.units["372"])}


def test_an_administrator_cannot_deactivate_oneself(database: Database, province: Stage):
    admin = province.people["admin"]
    with database.writing() as tx, pytest.raises(NotAllowed):
        people.deactivate(tx, admin, person_id=admin, now=NOW)


def test_nobody_grants_to_oneself(database: Database, province: Stage):
    admin = province.people["admin"]
    form = GrantForm(admin, "chair", province.units["37"], TODAY)
    with database.writing() as tx, pytest.raises(NotAllowed) as refused:
        grants.grant(tx, form, person_id=admin, now=NOW)
    assert refused.value.code == "grant_to_oneself"


@pytest.mark.parametrize(
    ("role", "unit", "since", "until", "code"),
    [
        ("emperor", "37", TODAY, None, "role_unknown"),
        ("plan_officer", "14437", TODAY, None, "role_not_here"),
        ("plan_officer", "372", TODAY, TODAY, "span_empty"),
        ("plan_officer", "372", date(2009, 1, 1), date(2010, 1, 2), "grant_overlaps"),
    ],
)
def test_a_grant_is_refused_for(
    database: Database, province: Stage, role: str, unit: str, since: date, until: date | None, code: str
):
    form = GrantForm(province.people["nhoquan.officer"], role, province.units[unit], since, until)
    with database.writing() as tx, pytest.raises(Invalid) as refused:
        grants.grant(tx, form, person_id=province.people["admin"], now=NOW)
    assert refused.value.code == code


def test_a_grant_that_ended_gives_nothing_from_its_last_day_on(database: Database, province: Stage):
    officer = province.people["nhoquan.officer"]
    with database.writing() as tx:
        (held,) = grants.of_person(tx, officer)
        grants.end(tx, held.id, on_date=TODAY, person_id=None, now=NOW)
        assert access.standing_on(tx, officer, on_date=date(2017, 11, 12)).desks
        assert not access.standing_on(tx, officer, on_date=TODAY).desks


def test_the_last_administrator_stays(database: Database, province: Stage):
    admin, admin2 = province.people["admin"], province.people["admin2"]
    with database.writing() as tx:
        (held,) = grants.of_person(tx, admin)
        grants.end(tx, held.id, on_date=TODAY, person_id=None, now=NOW)
        (other,) = grants.of_person(tx, admin2)
    with database.writing() as tx, pytest.raises(NotAllowed) as refused:
        grants.end(tx, other.id, on_date=date(2017, 11, 14), person_id=None, now=NOW)
    assert refused.value.code == "last_administrator"


def _form(province: Stage, **changes: object) -> SubstitutionForm:
    facts = {
        "principal_id": province.people["nhoquan.head"],
        "substitute_id": province.people["nhoquan.officer"],
        "capacity": "TUQ",
        "paper": "15/GUQ-PNV ngày 10/11/2017",
        "valid_from": TODAY,
        "valid_to": date(2017, 11, 18),
        **changes,
    }
    return SubstitutionForm(**facts)  # type: ignore[arg-type]  # a table of changes, typed by the class


def test_a_substitute_stands_in_for_the_span_and_no_longer(database: Database, province: Stage):
    principal, substitute = province.people["nhoquan.head"], province.people["nhoquan.officer"]
    with database.writing() as tx:
        substitutions.appoint(tx, _form(province), person_id=principal, now=NOW)
        (lent,) = access.standing(tx, substitute, now=NOW).substitutions
        assert (lent.principal, lent.desk.role, lent.capacity) == (principal, "plan_reviewer", "TUQ")
        assert not access.standing_on(tx, substitute, on_date=date(2017, 11, 18)).substitutions


def test_a_substitute_cannot_pass_on_what_is_lent(database: Database, province: Stage):
    head, officer, other = (province.people[name] for name in ("nhoquan.head", "nhoquan.officer", "giavien.officer"))
    with database.writing() as tx:
        substitutions.appoint(tx, _form(province), person_id=head, now=NOW)
        passed_on = _form(province, principal_id=officer, substitute_id=other)
        substitutions.appoint(tx, passed_on, person_id=officer, now=NOW)
        lent = access.standing(tx, other, now=NOW).substitutions
    assert {it.desk.role for it in lent} == {"plan_officer"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capacity": "TM"}, "capacity_unknown"),
        ({"paper": " "}, "paper_needed"),
        ({"valid_to": TODAY}, "span_empty"),
        ({"substitute_id": 999_999}, "person_unknown"),
        ({"desk": Desk("chair", 1)}, "principal_holds_nothing"),
    ],
)
def test_a_substitution_is_refused_for(database: Database, province: Stage, changes: dict[str, object], code: str):
    with database.writing() as tx, pytest.raises(Invalid) as refused:
        substitutions.appoint(tx, _form(province, **changes), person_id=province.people["nhoquan.head"], now=NOW)
    assert refused.value.code == code


def test_nobody_makes_oneself_a_substitute(database: Database, province: Stage):
    admin = province.people["admin"]
    form = _form(province, principal_id=province.people["chairman"], substitute_id=admin)
    with database.writing() as tx, pytest.raises(NotAllowed):
        substitutions.appoint(tx, form, person_id=admin, now=NOW)


def test_either_side_ends_a_substitution_and_a_stranger_does_not(database: Database, province: Stage):
    head, officer = province.people["nhoquan.head"], province.people["nhoquan.officer"]
    with database.writing() as tx:
        appointed = substitutions.appoint(tx, _form(province), person_id=head, now=NOW)
        with pytest.raises(NotFound):
            substitutions.end(tx, appointed, person_id=province.people["stranger"], now=NOW)
        substitutions.end(tx, appointed, person_id=officer, now=NOW)
        assert not access.standing(tx, officer, now=NOW).substitutions


def test_a_unit_is_edited_under_the_rules_of_an_import(database: Database, province: Stage):
    cells = {"code": "14437", "name": "UBND xã Cúc Phương mới", "kind": "commune", "parent": "373"}
    with database.writing() as tx:
        units.edit(tx, {**cells, "valid_from": "01/04/1992"}, person_id=province.people["admin"], now=NOW)
        assert [unit.code for unit in units.path(tx, province.units["14437"])] == ["37", "373", "14437"]


def test_every_edit_is_an_administrators_act_in_an_unbroken_chain(database: Database, province: Stage):
    with database.writing() as tx:
        people.deactivate(tx, province.people["stranger"], person_id=province.people["admin"], now=NOW)
        newest = admin_acts.entries(tx, limit=1)[0]
        assert (newest.action, newest.person_id) == ("person_deactivated", province.people["admin"])
        assert list(admin_acts.verify(tx)) == []


@pytest.mark.usefixtures("province")
def test_an_unknown_person_is_not_found(database: Database):
    with database.reading() as tx, pytest.raises(NotFound):
        people.find(tx, 999_999)


def test_a_grant_in_the_past_does_not_overlap_one_that_ended(database: Database, province: Stage):
    stranger, admin = province.people["stranger"], province.people["admin"]
    first = GrantForm(stranger, "unit_clerk", province.units["372"], SINCE, date(2012, 1, 1))
    second = GrantForm(stranger, "unit_clerk", province.units["372"], date(2012, 1, 1))
    with database.writing() as tx:
        grants.grant(tx, first, person_id=admin, now=NOW)
        grants.grant(tx, second, person_id=admin, now=NOW)
        assert [grant.valid_from for grant in grants.of_person(tx, stranger)] == [SINCE, date(2012, 1, 1)]
