"""What can be done next: a ready nominee goes into a letter, an ended case leads to a new one made from it."""

import io

import pytest

from tests.support.award_round import RECORD, AwardRound, code_of, numbered
from tests.support.page_reading import Page
from tests.support.site import PDF, Site, Visitor
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests

CLERK = "sldtbxh.clerk"


@pytest.fixture
def award(site: Site) -> AwardRound:
    return AwardRound(site)


def follow(visitor: Visitor, path: str, words: str) -> Page:
    """Press a link of the page by its words, and go on with the answer that it has chosen."""
    page = visitor.page(path)
    before = page.html[: page.html.index(words)]
    address = before[before.rindex('href="') + 6 :].partition('"')[0].replace("&amp;", "&")
    question = visitor.page(address)
    chosen = question.form("/my-unit/new/form").values
    return visitor.page("/my-unit/new/form?" + "&".join(f"{name}={value}" for name, value in chosen.items()))


def saved(visitor: Visitor, form: Page) -> str:
    """Save the new case; return its path."""
    answer = visitor.tries(form, "/my-unit/cases")
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_ready_nominee_is_put_into_a_new_letter_from_its_page(award: AwardRound):
    nominee, clerk = award.ready(), award.visitor(CLERK)
    form = follow(clerk, nominee, "Đưa vào tờ trình: Hồ sơ trình khen thưởng")
    assert "Nguyễn Thị Mận" in form.text
    letter = saved(clerk, form)
    assert clerk.page(letter).form(f"{letter}/draft").values["f.nominees"] == [code_of(nominee)]
    award.does(CLERK, letter, "send", f__line="province", **numbered("f__minutes", "4/BB-LĐTBXH"))
    assert "Trong tờ trình chờ ký" in clerk.page(nominee).text


def withdrawn(award: AwardRound) -> str:
    clerk = award.visitor(CLERK)
    nominee = award.opens(CLERK, "nominee")
    described = {"f__nominee__kind": "person", "f__nominee__name": "Nguyễn Thị Mận", "f__award": "bang_khen"}
    report = {"f__report__file": (io.BytesIO(PDF), "Báo cáo.pdf")}
    reason = {"f__record": RECORD, "withdraw__comment": "Đơn vị đề nghị rút để bổ sung"}
    told = clerk.press(nominee, f"{nominee}/actions/withdraw", **described, **report, **reason)
    assert told.status_code == 303
    return nominee


def test_an_ended_case_leads_to_a_new_one_with_what_is_known_filled_in(award: AwardRound):
    clerk, nominee = award.visitor(CLERK), withdrawn(award)
    new = saved(clerk, follow(clerk, nominee, "Lập hồ sơ mới từ hồ sơ này"))
    draft = clerk.page(new).form(f"{new}/draft").values
    assert (draft["f.nominee.name"], draft["f.record"]) == ("Nguyễn Thị Mận", RECORD)
    assert "Báo cáo.pdf" not in clerk.page(new).text


@pytest.mark.parametrize("username", ["auditor", "officer"])
def test_nothing_is_offered_to_those_who_may_open_nothing_for_the_unit(award: AwardRound, username: str):
    page = award.visitor(username).answer(withdrawn(award)).text
    assert "Lập hồ sơ mới từ hồ sơ này" not in page


def test_a_case_on_its_way_offers_no_new_one(award: AwardRound):
    nominee = award.received()
    assert "Việc có thể làm tiếp" not in award.visitor(CLERK).page(nominee).text
