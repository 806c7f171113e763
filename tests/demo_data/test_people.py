"""Everybody whom a plan needs exists, under a name of their own, the same for the same seed."""

import re
import unicodedata

import pytest

from trinh.demo.organisation import read_roles, read_units
from trinh.demo.people import DEMO_BEGINS_ON, people, user_slugs

SEED = 117
UNITS = {unit.code: unit for unit in read_units() if unit.is_valid(DEMO_BEGINS_ON)}
PEOPLE = people(SEED)


def holders(role, *, at):
    return {person.username for person in PEOPLE if person.holds(role, at=at)}


def above(role, unit):
    """Walk as definitions do: the nearest unit strictly above that has a holder."""
    while unit.parent:
        unit = UNITS[unit.parent]
        if found := holders(role, at=unit.code):
            return unit.code, found
    return None, set()


def named(username):
    return next(person for person in PEOPLE if person.username == username)


@pytest.mark.parametrize(
    ("username", "role", "unit"),
    [
        ("cucphuong.clerk", "unit_clerk", "14404"),
        ("cucphuong.head", "unit_head", "14404"),
        ("nhoquan.officer", "plan_officer", "372"),
        ("nhoquan.head", "plan_reviewer", "372"),
        ("nhoquan.chairman", "chair", "372"),
        ("sldtbxh.clerk", "unit_clerk", "SLDTBXH"),
        ("sldtbxh.head", "unit_head", "SLDTBXH"),
        ("board.officer", "plan_officer", "37"),
        ("board.head", "plan_reviewer", "37"),
        ("chairman", "chair", "37"),
        ("admin", "admin", "37"),
        ("admin2", "admin", "37"),
        ("auditor", "auditor", "37"),
    ],
)
def test_the_promised_account_holds_its_desk(username, role, unit):
    assert named(username).holds(role, at=unit)


@pytest.mark.parametrize("unit", [unit for unit in UNITS.values() if unit.owes != "no"], ids=lambda unit: unit.code)
def test_a_submitting_unit_has_somebody_for_every_name_of_the_plan(unit):
    clerks, heads = holders("unit_clerk", at=unit.code), holders("unit_head", at=unit.code)
    assert clerks
    assert heads
    for role in ("plan_officer", "plan_reviewer", "chair"):
        _, found = above(role, unit)
        assert found - clerks - heads
    if unit.block:
        assert holders("block_lead", at=unit.block)


def test_a_commune_is_reviewed_by_its_district_and_everybody_else_by_the_province():
    owing = [unit for unit in UNITS.values() if unit.owes == "yes"]
    assert {"commune", "district"} < {unit.kind for unit in owing}
    for unit in owing:
        assert above("plan_officer", unit)[0] == (unit.parent if unit.kind == "commune" else "37")


def test_reviewers_work_in_the_home_affairs_office_though_their_desk_is_the_district():
    assert named("nhoquan.head").works_at == "372-NV"
    assert named("board.head").works_at == "BTDKT"


def test_no_reviewer_signs_or_writes_a_plan():
    submitting = {"unit_clerk", "unit_head"}
    reviewing = {"plan_officer", "plan_reviewer"}
    roles = [{grant.role for grant in person.grants} for person in PEOPLE]
    assert submitting | reviewing <= set().union(*roles)
    assert [held for held in roles if held & submitting and held & reviewing] == []


def test_the_council_has_seventeen_members_with_a_secretary_and_a_standing_vice():
    assert len(holders("council_member", at="37")) == 17
    assert holders("council_secretary", at="37")
    assert holders("council_standing_vice", at="37") <= holders("council_member", at="37")


def test_a_district_has_a_council_that_can_vote_without_the_one_who_appraises():
    districts = [unit for unit in UNITS.values() if unit.kind == "district"]
    assert districts
    for unit in districts:
        members = holders("council_member", at=unit.code)
        assert len(members - holders("award_officer", at=unit.code)) == len(members) == 4
        assert holders("decision_office", at=unit.code) <= members


def test_heads_of_departments_hold_the_desks_that_come_with_what_they_head():
    assert holders("home_director", at="37") == {"snv.head"}
    assert holders("programme_lead", at="37") == {"sldtbxh.head"}


def test_nobody_administers_alone_and_no_administrator_acts_on_cases():
    administrators = [person for person in PEOPLE if person.holds("admin", at="37")]
    assert len(administrators) == 2
    assert {grant.role for person in administrators for grant in person.grants} == {"admin"}


def test_every_grant_is_of_a_known_role_at_a_kind_where_it_may_be_granted():
    kinds = {role.code: role.kinds for role in read_roles()}
    assert PEOPLE
    for person in PEOPLE:
        assert person.grants
        assert all(UNITS[grant.unit].kind in kinds[grant.role] for grant in person.grants)
        assert person.works_at in UNITS


def test_every_role_is_held_by_somebody():
    assert {grant.role for person in PEOPLE for grant in person.grants} == {role.code for role in read_roles()}


def test_user_names_are_unique_and_plain_ascii():
    names = [person.username for person in PEOPLE]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)?", name) for name in names)


def test_a_higher_unit_keeps_the_bare_name_and_equals_both_give_it_up():
    slugs = user_slugs(list(UNITS.values()))
    assert (slugs["372"], slugs["14383"]) == ("nhoquan", "ttnhoquan")
    assert (slugs["14323"], slugs["14668"]) == ("ptanthanh", "xtanthanh")
    assert slugs["369"] == "tpninhbinh"


def test_names_are_nfc_with_a_family_a_middle_and_a_given_part():
    assert PEOPLE
    for person in PEOPLE:
        assert unicodedata.is_normalized("NFC", person.full_name)
        assert 3 <= len(person.full_name.split()) <= 4


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert people(SEED) == PEOPLE
    other = people(SEED + 1)
    assert [person.username for person in other] == [person.username for person in PEOPLE]
    assert sum(a.full_name == b.full_name for a, b in zip(other, PEOPLE, strict=True)) < len(PEOPLE) / 10


def test_a_unit_that_ends_renames_nobody_elsewhere():
    later = {person.username: person.full_name for person in people(SEED, on=DEMO_BEGINS_ON.replace(year=2021))}
    now = {person.username: person.full_name for person in PEOPLE}
    assert now.keys() - later.keys() == {
        f"{slug}.{post}" for slug in ("xuanthien", "chinhtam", "yenmat") for post in ("clerk", "head")
    }
    assert all(later[username] == now[username] for username in now.keys() & later.keys())


def test_the_womens_union_is_led_by_a_woman_and_most_common_family_is_nguyen():
    assert named("hlhpn.head").gender == "female"
    families = [person.full_name.split()[0] for person in PEOPLE]
    assert max(set(families), key=families.count) == "Nguyễn"
