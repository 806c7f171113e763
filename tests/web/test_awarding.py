"""From a unit's dossier to the award, through the pages of everybody who takes part, under the rules that ship."""

import pytest

from tests.support.award_round import MEMBERS, RECORD, AwardRound, code_of, numbered
from tests.support.page_reading import Page
from tests.support.site import Site
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.desk import annexes
from workflow.organisation import people


@pytest.fixture
def award(site: Site) -> AwardRound:
    return AwardRound(site)


def test_a_nominee_is_awarded_by_letter_council_and_decision_and_leads_to_all_three(award: AwardRound):
    nominee = award.appraised()
    session = award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    award.does("decider", decision, "sign", **numbered("sign__decision", "512/QĐ-UBND"))
    page = award.visitor("sldtbxh.clerk").page(nominee)
    assert "Được khen thưởng" in page.text
    for called in ("Hồ sơ trình khen thưởng: 18/TTr-LĐTBXH, 13/11/2017", "Phiên họp Hội đồng: 29/11/2017"):
        assert called in page.text
    assert "Quyết định khen thưởng: 512/QĐ-UBND, 13/11/2017" in page.text
    assert {session, decision} <= set(page.links)
    assert nominee in award.visitor("auditor").page(decision).links


def test_while_only_another_case_can_move_it_the_page_says_which(award: AwardRound):
    nominee = award.appraised()
    award.convened(nominee)
    page = award.visitor("sldtbxh.clerk").page(nominee)
    assert "Chờ kết quả của hồ sơ khác . Ông/bà hiện chưa cần xử lý. Phiên họp Hội đồng: 29/11/2017" in page.text
    assert "Quản trị hệ thống đã được báo" not in page.text


def test_the_agency_that_is_asked_is_chosen_by_its_name_and_shown_by_it(award: AwardRound):
    nominee = award.received()
    form = award.visitor("officer").page(nominee)
    department = award.site.stage.units["SLDTBXH"]
    assert "Sở cũ" not in form.text
    answer = award.visitor("officer").send(form, f"{nominee}/actions/consult", consult__consulted=str(department))
    assert answer.status_code == 303
    assert "Cơ quan được hỏi ý kiến Sở Lao động – Thương binh và Xã hội" in award.visitor("officer").page(nominee).text


def test_a_decision_without_a_number_is_called_by_whom_it_is_about(award: AwardRound):
    nominee = award.appraised()
    award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    called = {"/": "Nguyễn Thị Mận hạn 16/11 Quyết định khen thưởng", decision: "Nguyễn Thị Mận UBND tỉnh Ninh Bình"}
    for path, name in called.items():
        assert name in award.visitor("decider").page(path).text


def test_a_list_without_cases_and_a_day_too_early_are_refused_in_words(award: AwardRound):
    session = award.opens("secretary", "council_session")
    secretary = award.visitor("secretary")
    agenda = {"f__mode": "written", "f__day": "14/11/2017"}
    text = Page(secretary.press(session, f"{session}/actions/convene", **agenda).text).text
    assert "số hồ sơ trong danh sách (hiện là 0) phải lớn hơn 0" in text
    assert "Ngày họp (hiện là 14/11/2017) không được trước 3 ngày làm việc sau hôm nay (hiện là 16/11/2017)" in text


def test_a_refused_act_is_called_what_it_is_called_in_the_state_where_the_case_stands(award: AwardRound):
    text = award.visitor("officer").page(award.appraised()).text
    assert "Rút hồ sơ “Rút hồ sơ” không thuộc lượt xử lý của ông/bà. Người có thể thực hiện: Vũ Văn Hạnh" in text
    assert "Rút đề nghị" not in text


def test_who_is_not_passed_is_not_offered_for_a_decision(award: AwardRound):
    nominee = award.appraised()
    session = award.voted(nominee, choice="disagree")
    assert "Hội đồng không thông qua" in award.visitor("sldtbxh.clerk").page(nominee).text
    secretary = award.visitor("secretary")
    assert "Đồng ý Không đồng ý Nguyễn Thị Mận" in secretary.page(session).text
    decision = award.opens("secretary", "decision")
    assert "Nguyễn Thị Mận" not in secretary.page(decision).text


def test_a_struck_name_stays_struck_when_the_decision_is_signed(award: AwardRound):
    nominee = award.appraised()
    award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    decider = award.visitor("decider")
    reason = "Đang có đơn phản ánh chưa được kết luận."
    assert decider.press(nominee, f"{nominee}/actions/strike", strike__reason=reason).status_code == 303
    award.does("decider", decision, "sign", **numbered("sign__decision", "513/QĐ-UBND"))
    assert "Không khen thưởng" in award.visitor("sldtbxh.clerk").page(nominee).text


def test_the_figures_of_a_case_are_told_with_their_units_and_sources(award: AwardRound):
    page = award.visitor("sldtbxh.clerk").page(award.ready())
    assert "Thời hạn thẩm định: 25 ngày làm việc QĐ 318/QĐ-BNV, 2018" in page.text
    # No due takes its days from it, but a guard adds them to a day.
    assert "Thời gian công khai: 10 ngày làm việc chính sách địa phương" in page.text


def test_whoever_signs_sees_votes_annex_and_papers_in_one_place(award: AwardRound):
    nominee = award.appraised()
    session = award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    page = award.visitor("decider").page(decision)
    annex = page.text.partition("Danh sách: Đối tượng được khen thưởng (1)")[2]
    assert "Nguyễn Thị Mận" in annex
    assert "Bằng khen của Chủ tịch UBND tỉnh" in annex
    assert RECORD[:40] in annex
    assert f"Phiếu kín : Đồng ý {len(MEMBERS)} , Không đồng ý 0" in annex
    assert "Tờ trình và dự thảo quyết định" in page.text
    assert session in page.links
    assert "Đồng ý" not in award.visitor("auditor").page(decision).text


def test_votes_are_told_only_to_those_who_see_the_session(award: AwardRound):
    nominee = award.appraised()
    award.voted(nominee, choice="agree")
    told = {}
    with award.site.database.reading() as tx:
        for who in ("decider", "sldtbxh.clerk"):
            person = people.find_username(tx, who).id
            told[who] = annexes.annex(tx, [code_of(nominee)], but="", person_id=person, now=NOW)[code_of(nominee)]
    assert {who: len(line.votes) for who, line in told.items()} == {"decider": 1, "sldtbxh.clerk": 0}
    assert [line.brief is None for line in told.values()] == [False, False]
