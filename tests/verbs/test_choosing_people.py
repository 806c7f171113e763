"""Choosing people: by name, unit or office, with or without marks; what only administrators know is not told."""

import pytest

from tests.support.small_province import NOW
from workflow.accounts import preferences
from workflow.errors import Invalid
from workflow.organisation import people


def names(database, words):
    with database.reading() as tx:
        return [match.full_name for match in people.search(tx, words, now=NOW)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Phạm Văn Ẩn", ["Phạm Văn Ẩn"]),
        ("pham van an", ["Phạm Văn Ẩn"]),
        ("ẨN phạm", ["Phạm Văn Ẩn"]),
        ("tran lan", ["Trần Thị Lan"]),
        ("tran cuc phuong", ["Trần Thị Lan"]),
        ("chu tich tinh", ["Nguyễn Văn Thịnh"]),
        ("khong co ai", []),
        ("%", []),
        ("_", []),
        ("  ", []),
    ],
)
@pytest.mark.usefixtures("province")
def test_people_are_found_by_name_unit_and_office(database, words, found):
    assert names(database, words) == found


@pytest.mark.usefixtures("province")
def test_people_come_in_the_order_of_given_names_and_with_their_offices(database):
    found = names(database, "nho quan")
    assert found == ["Hoàng Đức Ái", "Phạm Văn Ẩn", "Vũ Thị Êm", "Bùi Thị Ngọc"]
    with database.reading() as tx:
        match = people.search(tx, "hoang duc ai", now=NOW)[0]
    assert {office.unit_name for office in match.offices} == {"UBND huyện Nho Quan"}
    assert len(match.offices) == len({"chair", "unit_head"})


def test_who_has_left_is_not_found_and_what_is_found_says_no_user_name(database, province):
    with database.writing() as tx:
        people.deactivate(tx, province.people["nhoquan.officer"], person_id=None, now=NOW)
        assert people.search(tx, "pham van an", now=NOW) == []
        (match,) = people.search(tx, "vu thi em", now=NOW)
        assert "nhoquan.head" not in repr(match)


@pytest.mark.usefixtures("province")
def test_a_user_name_finds_nobody(database):
    assert names(database, "cucphuong.clerk") == []


@pytest.mark.usefixtures("province")
def test_no_more_people_are_listed_than_one_reads(database):
    with database.reading() as tx:
        assert len(people.search(tx, "n", now=NOW, limit=3)) == 3


def test_what_somebody_set_holds_and_the_rest_is_as_for_everybody(database, province):
    person = province.people["nhoquan.head"]
    with database.writing() as tx:
        preferences.choose(tx, person, {"keys": "on"})
        preferences.choose(tx, person, {"keys": "on", "next_case": "stay"})
        assert preferences.of_person(tx, person) == {
            "next_case": "stay",
            "keys": "on",
            "density": "roomy",
            "undo": "10",
        }
        assert preferences.of_person(tx, province.people["admin"])["keys"] == "off"


@pytest.mark.parametrize("chosen", [{"keys": "sometimes"}, {"colour": "red"}])
def test_what_there_is_not_cannot_be_set(database, province, chosen):
    with database.writing() as tx, pytest.raises(Invalid, match="setting_unknown"):
        preferences.choose(tx, province.people["admin"], chosen)
