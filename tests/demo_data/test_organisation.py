"""The shipped organisation is the one of October 2017, whole and consistent."""

import unicodedata
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from trinh.demo.organisation import PLACE, ROOT, read_kinds, read_roles, read_successors, read_units
from trinh.demo.shipped import DEFINITIONS
from workflow.exchange import movements

LAUNCH = date(2017, 11, 13)
AFTER_THE_MERGER = date(2020, 3, 1)
SHIPPED = ("units.csv", "successors.csv", "movement.yaml", "people.yaml")


def units_on(day):
    return [unit for unit in read_units() if unit.is_valid(day)]


def shipped_movements():
    known = movements.KnownForMovements(
        kinds=frozenset(read_kinds()),
        units=frozenset(unit.code for unit in read_units()),
        definitions={
            "unit_plan": frozenset({"plans"}),
            "review_report": frozenset(),
            "review_summary": frozenset(),
            "province_review": frozenset(),
        },
    )
    file = files(DEFINITIONS).joinpath(PLACE).joinpath("movement.yaml")
    return movements.read(file.read_bytes(), name="movement.yaml", known=known)


def addressed(circle, day):
    """The units that a circle means on a day."""
    return [unit for unit in units_on(day) if unit.kind in circle.kinds or unit.code in circle.units]


def kinds_on(day):
    return Counter(unit.kind for unit in units_on(day))


def test_the_province_has_8_districts_and_145_communes_in_2017():
    kinds = kinds_on(LAUNCH)
    assert (kinds["province"], kinds["district"], kinds["commune"]) == (1, 8, 145)


def test_the_communes_of_2017_are_121_communes_17_wards_and_7_townships():
    communes = [unit.short_name for unit in units_on(LAUNCH) if unit.kind == "commune"]
    assert Counter(name.split()[0] for name in communes) == {"Xã": 121, "Phường": 17, "Thị": 7}


@pytest.mark.parametrize(
    ("district", "communes"),
    [("369", 14), ("370", 9), ("372", 27), ("373", 21), ("374", 11), ("375", 19), ("376", 27), ("377", 17)],
)
def test_each_district_has_its_communes(district, communes):
    children = [unit for unit in units_on(LAUNCH) if unit.parent == district and unit.kind == "commune"]
    assert len(children) == communes


def test_217_units_owe_and_25_enterprises_are_invited_so_that_242_submit():
    units = units_on(LAUNCH)
    assert Counter(unit.owes for unit in units if unit.kind != "block") == {"yes": 217, "invited": 25, "no": 37}


def test_twelve_blocks_are_invited_and_every_submitter_belongs_to_one_or_to_a_cluster():
    units = {unit.code: unit for unit in units_on(LAUNCH)}
    assert {unit.owes for unit in units.values() if unit.kind == "block"} == {"invited"}
    assert kinds_on(LAUNCH)["block"] == 12
    submitters = [unit for unit in units.values() if unit.owes != "no" and unit.kind != "block"]
    assert {units[unit.block].kind for unit in submitters if unit.kind != "commune"} == {"block"}
    assert {units[unit.block].kind for unit in submitters if unit.kind == "commune"} == {"cluster"}


def test_the_communes_of_a_cluster_share_its_district_and_a_district_has_two_or_three():
    units = {unit.code: unit for unit in units_on(LAUNCH)}
    assert all(unit.parent == units[unit.block].parent for unit in units.values() if unit.kind == "commune")
    clusters = Counter(unit.parent for unit in units.values() if unit.kind == "cluster")
    assert set(clusters.values()) == {2, 3}
    assert len(clusters) == 8


def test_every_block_and_cluster_has_members():
    units = units_on(LAUNCH)
    assert {unit.code for unit in units if unit.kind in {"block", "cluster"}} == {
        unit.block for unit in units if unit.block
    }


def test_codes_are_unique_and_a_parent_stands_before_its_children():
    seen = []
    for unit in read_units():
        assert unit.code not in seen
        assert unit.parent in seen or unit.code == ROOT
        seen.append(unit.code)
    assert seen


def test_only_known_kinds_are_used_and_all_of_them():
    assert {unit.kind for unit in read_units()} == set(read_kinds())


def test_every_enterprise_is_marked_as_invented_and_nothing_else_is():
    assert {unit.kind for unit in read_units() if unit.source == "invented"} == {"enterprise"}
    assert all(unit.source == "invented" for unit in read_units() if unit.kind == "enterprise")


def test_in_2020_three_communes_end_and_xuan_chinh_begins():
    before, after = ({unit.short_name for unit in units_on(day)} for day in (LAUNCH, AFTER_THE_MERGER))
    assert before - after == {"Xã Xuân Thiện", "Xã Chính Tâm", "Xã Yên Mật"}
    assert after - before == {"Xã Xuân Chính"}
    assert kinds_on(AFTER_THE_MERGER)["commune"] == 143


def test_every_unit_that_ends_has_a_successor_row_on_its_last_day():
    ended = {unit.code: unit.valid_to for unit in read_units() if unit.valid_to}
    assert {row.code: row.on for row in read_successors()} == ended
    begun = {unit.code: unit.valid_from for unit in read_units()}
    assert all(begun[row.successor] == row.on for row in read_successors() if row.successor)


def test_the_movement_obliges_exactly_the_units_that_owe():
    plans = shipped_movements()[0].milestones[0]
    owed = addressed(plans.owed, LAUNCH)
    invited = addressed(plans.invited, LAUNCH)
    assert {unit.owes for unit in owed} == {"yes"}
    assert {unit.owes for unit in invited} == {"invited"}
    assert (len(owed), len(invited)) == (217, 37)


def test_plans_are_due_before_15_november_2017_and_the_final_review_is_on_11_june_2020():
    plans, midterm, midterm_districts, midterm_province, final, *others = shipped_movements()[0].milestones
    assert (plans.on_date, plans.exclusive, plans.definition) == (date(2017, 11, 15), True, "unit_plan")
    assert (midterm.on_date.year, midterm.definition) == (2018, "review_report")
    assert (final.on_date, final.exclusive) == (date(2020, 6, 11), False)
    assert [it.definition for it in (midterm_districts, midterm_province)] == ["review_summary", "province_review"]
    assert [it.definition for it in others] == ["review_summary", "province_review"]


def test_reviews_open_in_their_years_and_oblige_all_to_report_and_districts_and_the_province_to_sum_up():
    _, *reviews = shipped_movements()[0].milestones
    assert [it.opens_on.year for it in reviews] == [2018, 2018, 2018, 2020, 2020, 2020]
    assert [len(addressed(it.owed, it.opens_on)) for it in reviews] == [209, 8, 1, 207, 8, 1]


def test_the_earlier_movement_is_over_when_the_demonstration_begins_and_says_it_is_invented():
    earlier = shipped_movements()[1]
    owed = addressed(earlier.milestones[0].owed, earlier.begins_on)
    assert earlier.ends_on < LAUNCH
    assert "giả định" in earlier.basis
    assert len(owed) == len(earlier.milestones[0].owed.units) >= 3
    assert {unit.owes for unit in owed} == {"yes"}


def test_milestones_lie_within_their_movement():
    movements = list(shipped_movements())
    assert movements
    for movement in movements:
        days = [milestone.on_date for milestone in movement.milestones]
        assert days == sorted(days)
        assert movement.issued_on <= movement.begins_on < days[0] <= days[-1] <= movement.ends_on


def test_roles_may_be_granted_only_at_known_kinds():
    assert set().union(*(role.kinds for role in read_roles())) <= set(read_kinds())


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_text_is_nfc_with_unix_line_ends(name):
    text = files("definitions").joinpath("ninh_binh").joinpath(name).read_bytes().decode()
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
