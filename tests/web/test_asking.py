"""What cannot be taken back is shown before it is done: by pages without scripts, with everything that was typed."""

import io

import pytest
from werkzeug.test import TestResponse

from tests.support.council_site import Council
from tests.support.page_reading import Page
from tests.support.site import ASKING, PDF, Site, Visitor
from tests.support.site_plans import FORM
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow import cases
from workflow.values import Act, Consequences, Json

MINUTES = {"close__minutes__symbol": "3/BB-HĐ", "close__minutes__dated": "13/11/2017"}
NAMES = ("Tạ Thị Bưởi", "Vũ Đình Lân", "Hà Thị Dung", "Lương Văn Kỷ", "Đinh Thị Sáu", "Nguyễn Văn Bình")


class Vote:
    """A council of seventeen of whom ten have voted on six nominees."""

    def __init__(self, site: Site) -> None:
        self.council = Council(site, NAMES, seats=17)
        self.path = self.council.voting()
        self.voters = [who for who in self.council.people if who in ("an", "binh", "chi") or who.startswith("member")]
        for who in self.voters[:10]:
            self.votes(who)
        self.secretary = site.visitor("secretary")
        self.target = f"{self.path}/actions/close"

    def votes(self, who: str) -> None:
        answer: dict[str, Json] = dict.fromkeys(self.council.nominees, "agree")
        self.council.does(who, self.path.removeprefix("/cases/"), "answer:ballot", answer=answer)

    def closes(self) -> TestResponse:
        """Press the button once."""
        minutes = {**MINUTES, "close__minutes__file": (io.BytesIO(PDF), "Biên bản.pdf")}
        return self.secretary.tries(self.secretary.page(self.path), self.target, **minutes)


@pytest.fixture
def vote(site: Site) -> Vote:
    return Vote(site)


def test_a_vote_closed_with_ten_of_seventeen_warns_and_changes_nothing_but_the_file_it_kept(vote: Vote):
    site = vote.council.site
    nominee = f"/cases/{vote.council.nominees[0]}"
    answer = vote.closes()
    said = Page(answer.text).text
    assert (answer.status_code, ASKING in answer.text) == (200, True)
    assert "Kết thúc bỏ phiếu khi mới có 10/17 phiếu?" in said
    assert "6 trường hợp không đủ phiếu để có kết quả “thông qua”." in said
    assert "Cần 14 ý kiến “Đồng ý” trên tổng số 17 người được hỏi; đã có 10 người trả lời." in said
    assert "7 người không bỏ phiếu được nữa" in said
    assert "Kết thúc bỏ phiếu thì không hoàn tác được." in said
    assert "Đề nghị 7 ủy viên bỏ phiếu" in said
    assert f"{vote.path}/reminders/ballot" in Page(answer.text).links
    assert "Hội đồng đang bỏ phiếu" in vote.secretary.page(nominee).text
    assert "Vẫn kết thúc bỏ phiếu" in said
    before = site.digest()
    kept = Page(answer.text).form(vote.target).values
    assert kept["close.minutes.symbol"] == "3/BB-HĐ"
    assert site.digest() == before
    assert vote.secretary.tries(Page(answer.text), vote.target).status_code == 303
    assert "Hội đồng không thông qua" in vote.secretary.page(nominee).text


def test_a_session_says_in_words_how_many_votes_it_takes_and_who_has_not_voted(vote: Vote):
    text = vote.secretary.page(vote.path).text
    assert "Cần 14/17 phiếu “Đồng ý” để có kết quả “thông qua”." in text
    assert text.count("để có kết quả “thông qua”") == 1
    assert "10/17 ủy viên đã bỏ phiếu" in text
    assert "Chưa bỏ phiếu (7)" in text
    waiting = text.partition("Chưa bỏ phiếu (7)")[2].partition("Đã bỏ phiếu")[0]
    assert ("Ủy viên Thứ 14" in waiting, "Lò Thị An" in waiting) == (True, False)


def test_lines_that_take_more_votes_than_others_are_named_one_by_one(site: Site):
    council = Council(site, NAMES[:2], seats=17)
    council.nominees += [council.nominee("Phạm Thị Hiên", award="cstd_tinh"), council.nominee("Lò Thị An", person="an")]
    text = site.visitor("secretary").page(council.voting()).text
    assert "Tạ Thị Bưởi: Cần 14/17 phiếu “Đồng ý”" in text
    assert "Phạm Thị Hiên: Cần 16/17 phiếu “Đồng ý”" in text
    assert "Lò Thị An: Cần 14/17 phiếu “Đồng ý”" in text


def test_the_agenda_has_the_order_of_the_ballot_and_says_each_award_and_achievement(vote: Vote):
    agenda = vote.secretary.page(vote.path).text
    ballot = vote.council.site.visitor(vote.voters[10]).page(vote.path).text
    on_agenda, on_ballot = (sorted(NAMES, key=text.rfind) for text in (agenda, ballot))
    assert on_agenda == on_ballot
    assert (agenda.count("Mười năm liền"), ballot.count("Mười năm liền")) == (len(NAMES), len(NAMES))


def test_what_is_no_longer_so_does_nothing_and_says_what_has_changed(vote: Vote):
    site = vote.council.site
    asked = Page(vote.closes().text)
    vote.votes(vote.voters[10])
    before = site.digest()
    answer = vote.secretary.tries(asked, vote.target)
    assert answer.status_code == 409
    assert "Vừa có thêm 1 phiếu. Xem lại." in Page(answer.text).text
    assert site.digest() == before
    assert vote.secretary.tries(Page(answer.text), vote.target).status_code == 303


def test_what_was_agreed_to_for_one_act_opens_no_other(vote: Vote):
    asked = Page(vote.closes().text).form(vote.target).values
    page = vote.secretary.page(vote.path)
    adjourn = f"{vote.path}/actions/adjourn"
    answer = vote.secretary.tries(
        page, adjourn, adjourn__comment="Chưa đủ số ủy viên dự họp theo quy định.", agreed=asked["agreed"]
    )
    assert ASKING in answer.text


def test_a_ballot_is_read_once_more_before_it_is_cast_and_is_kept_nowhere(vote: Vote):
    site = vote.council.site
    who = vote.voters[10]
    member, act = site.visitor(who), f"{vote.path}/actions/answer:ballot"
    choices = {f"{act.rpartition('/')[2]}.{code}": "disagree" for code in vote.council.nominees}
    page = member.page(vote.path)
    before = site.digest()
    answer = member.tries(page, act, **choices)
    assert ASKING in answer.text
    assert Page(answer.text).text.count("Không đồng ý") == len(NAMES)
    assert "Phiếu chưa gửi không được lưu." in Page(answer.text).text
    assert site.digest() == before
    assert member.tries(Page(answer.text), act).status_code == 303


def test_the_way_back_keeps_what_was_typed_where_no_script_runs(vote: Vote):
    member = vote.council.site.visitor(vote.voters[10])
    act = f"{vote.path}/actions/answer:ballot"
    choices = {f"answer:ballot.{code}": "disagree" for code in vote.council.nominees}
    asked = Page(member.tries(member.page(vote.path), act, **choices).text)
    back = Page(member.tries(asked, f"{vote.path}/rows", add="answer:ballot").text)
    assert choices.items() <= back.form(f"{vote.path}/rows").values.items()


def plan_before(site: Site, action: str) -> tuple[Visitor, str]:
    """Bring a plan to where an action is taken; return who takes it, and the path."""
    path = f"/cases/{site.case_of('14437')}"
    paper = {"f__plan__file": (io.BytesIO(PDF), "Kế hoạch.pdf"), "f__plan__symbol": "12/KH-UBND"}
    course = {
        "begin": ("cucphuong.clerk", {}),
        "send": ("cucphuong.clerk", FORM),
        "sign": ("cucphuong.head", {**paper, "f__plan__dated": "13/11/2017"}),
        "receive": ("nhoquan.officer", {}),
        "acknowledge": ("nhoquan.head", {}),
    }
    for name, (who, typed) in course.items():
        if name == action:
            return site.visitor(who), path
        assert site.visitor(who).press(path, f"{path}/actions/{name}", **typed).status_code == 303
    raise AssertionError(action)


def test_an_act_that_opens_a_case_takes_no_number_before_it_is_agreed_to(site: Site):
    visitor, path = plan_before(site, "acknowledge")
    assert visitor.press(path, f"{path}/actions/acknowledge").status_code == 303
    clerk, target = site.visitor("cucphuong.clerk"), f"{path}/actions/amend"
    before = site.digest()
    comment = "Điều chỉnh chỉ tiêu theo kết quả rà soát hộ nghèo cuối năm."
    with site.database.reading() as tx:
        act, clerk_id = Act("amend", {"comment": comment}), site.stage.people["cucphuong.clerk"]
        shown = cases.preview_act(tx, path.removeprefix("/cases/"), act, person_id=clerk_id, now=NOW)
    assert isinstance(shown, Consequences)
    assert [(opened.fewest, opened.most) for opened in shown.opens] == [(1, 1)]
    asked = clerk.tries(clerk.page(path), target, amend__comment=comment)
    assert "Mở 1 hồ sơ mới: Kế hoạch của đơn vị" in Page(asked.text).text
    assert site.digest() == before
    assert clerk.tries(Page(asked.text), target).status_code == 303


def test_history_keeps_nothing_of_what_was_asked(vote: Vote):
    asked = Page(vote.closes().text)
    assert vote.secretary.tries(asked, vote.target).status_code == 303
    record = vote.council.site.digest()
    assert "minutes" in record
    assert [word for word in ("weighed", "doubts", "missing_opinions") if word in record] == []


@pytest.mark.parametrize("action", ["begin", "receive"])
def test_a_light_act_asks_nothing(site: Site, action: str):
    visitor, path = plan_before(site, action)
    assert visitor.tries(visitor.page(path), f"{path}/actions/{action}").status_code == 303


def test_the_page_of_an_act_says_what_it_would_do_and_does_nothing(site: Site):
    visitor, path = plan_before(site, "acknowledge")
    before = site.digest()
    page = visitor.page(f"{path}/actions/acknowledge")
    assert "Hồ sơ chuyển sang “Đã ghi nhận”" in page.text or "Hồ sơ kết thúc ở trạng thái “Đã ghi nhận”" in page.text
    assert site.digest() == before
    assert visitor.tries(page, f"{path}/actions/acknowledge").status_code == 303
    assert "Đã ghi nhận" in visitor.page(path).text


def test_the_page_of_an_act_for_which_something_is_typed_leads_to_the_form(site: Site):
    visitor, path = plan_before(site, "acknowledge")
    answer = visitor.answer(f"{path}/actions/return")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}#act-return")


def test_a_stranger_hears_of_no_act(site: Site):
    _, path = plan_before(site, "acknowledge")
    assert site.visitor("giatuong.clerk").answer(f"{path}/actions/acknowledge").status_code == 404


def test_a_script_is_told_where_to_go_once_it_is_done(site: Site):
    visitor, path = plan_before(site, "receive")
    values = visitor.page(path).form(f"{path}/actions/receive").values
    answer = visitor.client.post(f"{path}/actions/receive", data=values, headers={"X-Asks": "1"})
    assert (answer.status_code, answer.headers["X-Goes-To"]) == (204, path)
