"""One story of dates: a deadline says from which milestone or limit it comes, alike on every page of a case."""

from datetime import UTC, datetime

import pytest

from tests.support.site import CODE, Site
from tests.support.site_plans import drafting
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.installation import business_time
from workflow.movements import milestones

AUGUST = datetime(2018, 8, 1, 3, 0, tzinfo=UTC)
OPENING = {"movement": CODE, "milestone": "midterm", "on": "2018-08-01"}
INNER = "hạn nội bộ “Lập báo cáo”, 20 ngày làm việc trước mốc 17/10/2018"


@pytest.fixture
def report(site: Site) -> str:
    """The page of a mid-term report: due within the unit well before the milestone."""
    with site.database.writing() as tx:
        business_time.move_to(tx, AUGUST, person_id=None)
        milestones.open_milestone(tx, OPENING)
    clerk = site.visitor("cucphuong.clerk").page("/my-unit")
    return next(link for link in clerk.links if link.startswith("/cases/BC"))


@pytest.mark.parametrize("page", ["case", "desk", "my unit"])
def test_an_inner_deadline_is_told_with_the_milestone_that_it_comes_from(site: Site, report: str, page: str):
    address = {"case": report, "desk": report.replace("/cases/", "/desk/"), "my unit": "/my-unit"}[page]
    text = site.visitor("cucphuong.clerk").page(address).text
    assert f"({INNER})" in text
    assert "hạn: hết ngày 19/09/2018" in text
    assert "đến hết ngày 17/10/2018" not in text


def test_a_milestone_that_is_the_deadline_itself_is_told_as_that(site: Site):
    clerk, path = drafting(site)
    assert "hạn: hết ngày 14/11/2017" in clerk.page(path).text
    assert "(theo mốc trước ngày 15/11/2017)" in clerk.page(path).text
    assert "UBND xã Cúc Phương · trước ngày 15/11/2017" in clerk.page("/my-unit").text
