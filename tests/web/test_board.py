"""The board of a movement: groups, how each unit stands in a word, the Excel file, the text of a reminder."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.support.site import CODE, Site
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow import movements
from workflow.installation import business_time

LATE = NOW + timedelta(days=8)
BOARD = f"/movements/{CODE}"


@pytest.fixture
def late(site: Site) -> Site:
    """The site a week later, when most units are late."""
    with site.database.writing() as tx:
        business_time.move_to(tx, LATE, person_id=site.stage.people["admin"])
    return site


def by_milestone(site: Site, who: str, now, **asked):
    with site.database.reading() as tx:
        return movements.by_milestone(tx, CODE, person_id=site.stage.people[who], now=now, **asked)


def test_units_below_a_district_are_a_group_and_the_others_stand_by_block_or_kind(site: Site):
    view = by_milestone(site, "auditor", NOW)
    assert [(group.name.vi, [line.row.code for line in group.lines]) for group in view.groups] == [
        ("Gia Viễn", ["14464"]),
        ("Nho Quan", ["14437", "14401"]),
        ("Doanh nghiệp, hợp tác xã", ["DN1"]),
        ("Huyện, thành phố", ["373", "372"]),
        ("Khối thi đua", ["K4"]),
        ("Khối thi đua các sở", ["SLDTBXH"]),
    ]


def test_a_unit_is_idle_then_busy_then_late(site: Site):
    path = f"/cases/{site.case_of('14437')}"
    site.visitor("cucphuong.clerk").press(path, f"{path}/actions/begin")
    counts = by_milestone(site, "auditor", NOW).counts
    assert counts == {"done": 0, "busy": 1, "late": 0, "idle": 7}
    later = by_milestone(site, "auditor", LATE, show="late")
    assert later.counts["late"] == 6
    assert {line.standing for group in later.groups for line in group.lines} == {"late"}


def test_only_units_that_somebody_watches_stand_on_the_board(site: Site):
    text = site.visitor("nhoquan.head").page(BOARD).text
    assert "UBND xã Cúc Phương" in text
    assert "UBND xã Gia Hòa" not in text


def test_the_excel_file_has_a_row_for_each_unit_and_no_formula(site: Site):
    answer = site.visitor("auditor").answer(f"{BOARD}/board.xlsx")
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Nhóm", "Mã đơn vị", "Tên đơn vị"]
    assert [row[1] for row in rows[1:]] == ["14464", "14437", "14401", "DN1", "373", "372", "K4", "SLDTBXH"]


def test_a_reminder_names_those_who_are_late(late: Site):
    text = late.visitor("auditor").page(f"{BOARD}/reminder").text
    assert "UBND xã Cúc Phương" in text
    assert "Công ty TNHH Bình Minh" not in text
    assert "quá hạn" in text


def test_an_unknown_milestone_is_not_found_and_an_unknown_filter_shows_all(site: Site):
    auditor = site.visitor("auditor")
    assert auditor.answer(f"{BOARD}?milestone=none").status_code == 404
    assert "UBND xã Cúc Phương" in auditor.page(f"{BOARD}?show=anything").text
