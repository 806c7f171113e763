"""The page of a case whose form is closed to some in its state, and of one that is public."""

from tests.support.blind_review_definition import BLIND_REVIEW
from tests.support.site import Site
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow import cases
from workflow.definitions import publishing
from workflow.values import Act, Refusal


def under_review(site: Site) -> str:
    people = site.stage.people
    with site.database.writing() as tx:
        publishing.publish_text(
            tx, BLIND_REVIEW, author_id=people["admin"], publisher_id=people["admin2"], now=NOW, path="paper.yaml"
        )
        clerk = people["cucphuong.clerk"]
        code = cases.open_case(tx, "paper", unit_id=site.stage.units["14437"], person_id=clerk, now=NOW).case.code
        given = {"author": "Nguyễn Thị Kín", "topic": "Nhà ở cho hộ nghèo", "pages": 12}
        assert not isinstance(cases.act_in(tx, code, Act("send", given), person_id=clerk, now=NOW), Refusal)
    return f"/cases/{code}"


def test_a_reviewer_sees_the_topic_and_never_the_author(site: Site):
    path = under_review(site)
    page = site.visitor("cucphuong.head").page(path).text
    assert "Nhà ở cho hộ nghèo" in page
    assert "Kín" not in page
    assert "Kín" in site.visitor("nhoquan.chairman").page(path).text


def test_why_an_action_is_not_open_does_not_tell_what_is_closed(site: Site):
    path = under_review(site)
    page = site.visitor("cucphuong.head").page(path).text
    assert "dựa vào mục mà ở trạng thái này ông/bà không được xem" in page
    assert "hiện là 12" not in page


def test_what_is_public_anybody_who_signs_in_reads_and_nothing_else(site: Site):
    path = under_review(site)
    page = site.visitor("stranger").page(path)
    assert "Nhà ở cho hộ nghèo" in page.text
    assert "Kín" not in page.text
    assert not [link for link in page.links if "/actions/" in link]


def test_what_is_not_public_is_unknown_to_strangers(site: Site):
    path = f"/cases/{site.case_of('14437')}"
    assert "Chưa thực hiện" not in site.visitor("stranger").page(path, 404).text
