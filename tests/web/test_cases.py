"""A plan from the unit's obligation to its return, through the pages, without scripts."""

import io
import re
from datetime import UTC, date, datetime, timedelta

from tests.support.page_reading import Page
from tests.support.site import CODE, PDF, Site
from tests.support.site_plans import FORM, ROWS, drafting, returned, signed, signing, under_review
from tests.support.small_province import NOW, TODAY
from workflow import cases
from workflow.deadlines import escalations, jobs
from workflow.installation import business_time
from workflow.organisation import GrantForm, grants
from workflow.values import Act


def test_after_a_return_the_steps_taken_before_stay_in_sight(site: Site):
    text = site.visitor("cucphuong.clerk").page(returned(site)).text
    done = ("Chưa thực hiện", "Nháp", "Chờ ký", "Chờ tiếp nhận", "Đang xem xét")
    assert " ".join(f"{label} (đã qua)" for label in done) in text
    assert "Chờ bổ sung, điều chỉnh (hiện nay) Chờ ký (tiếp theo)" in text


def test_the_unit_sees_what_it_owes_and_by_when(site: Site):
    page = site.visitor("cucphuong.clerk").page("/my-unit")
    assert "trước ngày 15/11/2017" in page.text
    assert "Chưa thực hiện" in page.text


def test_what_waits_for_a_person_is_on_the_front_page_with_its_deadline(site: Site):
    page = site.visitor("cucphuong.clerk").page("/")
    assert f"/desk/{site.case_of('14437')}" in page.links
    assert "hạn 14/11" in page.text


def test_an_empty_front_page_says_where_to_look(site: Site):
    page = site.visitor("nhoquan.officer").page("/")
    assert "Không còn hồ sơ chờ xử lý." in page.text
    assert "/my-unit" in page.links


def test_a_draft_is_kept_and_sent_to_nobody(site: Site):
    clerk, path = drafting(site)
    assert clerk.press(path, f"{path}/draft", **FORM).status_code == 303
    assert clerk.page(path).form(f"{path}/draft").values["f.targets.0.target"] == "1.234,5"
    assert "không thuộc lượt xử lý" in site.visitor("cucphuong.head").page(path).text


def test_a_row_is_added_and_taken_away_without_scripts(site: Site):
    clerk, path = drafting(site)
    more = Page(clerk.press(path, f"{path}/rows", **FORM, add="f.targets").text)
    assert "f.targets.1.indicator" in more.form(f"{path}/rows").values
    fewer = Page(clerk.send(more, f"{path}/rows", drop="f.targets.0").text)
    assert fewer.form(f"{path}/rows").values["f.targets.0.indicator"] == ""


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(site: Site):
    clerk, path = drafting(site)
    answer = clerk.press(path, f"{path}/actions/send", **ROWS, f__launch="31/31/2017")
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.form(f"{path}/draft").values["f.launch"] == "31/31/2017"
    assert page.form(f"{path}/draft").values["f.targets.0.indicator"] == "Số hộ thoát nghèo"
    assert 'aria-describedby="f.launch.fault"' in answer.text
    assert "Đầu mối liên hệ" in page.text


def test_a_file_is_not_asked_for_twice_when_its_number_was_missing(site: Site):
    head, path = signing(site)
    refused = head.press(path, f"{path}/actions/sign", f__plan__file=(io.BytesIO(PDF), "Kế hoạch.pdf"))
    assert refused.status_code == 422
    paper = {"f__plan__symbol": "12/KH-UBND", "f__plan__dated": "13/11/2017"}
    assert head.send(Page(refused.text), f"{path}/actions/sign", **paper).status_code == 303
    assert "Số 12/KH-UBND, ngày 13/11/2017" in head.page(path).text


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(site: Site):
    head, path = signing(site)
    answer = head.press(path, f"{path}/actions/sign", f__plan__file=(io.BytesIO(b"<html>"), "Kế hoạch.pdf"))
    assert answer.status_code == 422
    assert 'id="f.plan.fault"' in answer.text


def test_a_paper_is_handed_out_shut_in_and_only_to_those_who_see_the_case(site: Site):
    path = signed(site)
    officer = site.visitor("nhoquan.officer")
    paper = next(link for link in officer.page(path).links if link.startswith("/documents/"))
    answer = officer.answer(paper)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert site.visitor("giatuong.clerk").answer(paper).status_code == 404


def test_corrections_asked_for_stand_above_the_form_of_the_unit(site: Site):
    page = site.visitor("cucphuong.clerk").page(returned(site))
    assert "Mục 2: Chưa nêu số hộ cụ thể" in page.text
    assert page.text.index("Mục 2: Chưa nêu") < page.text.index("Ngày phát động")


def test_the_history_says_who_did_what_when(site: Site):
    page = site.visitor("auditor").page(returned(site))
    for line in ("Mở hồ sơ", "Ký ban hành → Chờ tiếp nhận", "Trả lại để chỉnh sửa → Chờ bổ sung, điều chỉnh"):
        assert line in page.text
    # The clock of the demonstration goes on while the pages are read.
    assert re.search(r"08:0\d, 13/11/2017 · Vũ Thị Êm", page.text)


def test_an_act_is_called_what_it_is_called_in_the_state_it_was_done_in(site: Site):
    path, clerk = returned(site), site.visitor("cucphuong.clerk")
    clerk.press(path, f"{path}/actions/send")
    assert "Trình ký lại → Chờ ký" in clerk.page(path).text


def test_what_changed_since_the_last_review_is_shown(site: Site):
    path = returned(site)
    clerk, head = site.visitor("cucphuong.clerk"), site.visitor("cucphuong.head")
    clerk.press(path, f"{path}/actions/send", f__launch="21/11/2017")
    paper = {"f__plan__file": (io.BytesIO(PDF + b"2"), "Kế hoạch 2.pdf"), "f__plan__symbol": "13/KH-UBND"}
    head.press(path, f"{path}/actions/sign", **paper, f__plan__dated="13/11/2017")
    site.visitor("nhoquan.officer").press(path, f"{path}/actions/receive")
    text = site.visitor("nhoquan.head").page(path).text
    assert "trước: 20/11/2017" in text
    assert "nay: 21/11/2017" in text


def test_an_old_form_is_answered_with_who_did_what_meanwhile(site: Site):
    reviewer, path = under_review(site)
    before = reviewer.page(path)
    with site.database.writing() as tx:
        corrections = {"defects": [{"place": "Mục 1", "what": "Thiếu chữ ký"}]}
        person = site.stage.people["nhoquan.head"]
        cases.act_in(tx, path.rsplit("/", 1)[1], Act("return", corrections), person_id=person, now=NOW)
    answer = reviewer.send(before, f"{path}/actions/acknowledge")
    assert answer.status_code == 409
    assert "Vũ Thị Êm đã thực hiện “Trả lại để chỉnh sửa” lúc 08:00, 13/11/2017" in Page(answer.text).text


def test_sending_twice_does_it_once(site: Site):
    clerk, path = drafting(site)
    page = clerk.page(path)
    first, second = (clerk.send(page, f"{path}/actions/send", **FORM) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert "không làm lại lần nữa" in clerk.page(path).text


def test_somebody_whose_turn_it_is_not_is_told_who_could_act(site: Site):
    head, path = signing(site)
    clerk = site.visitor("cucphuong.clerk")
    values = head.page(path).form(f"{path}/actions/sign").values | {"form_token": clerk.token()}
    assert clerk.client.post(f"{path}/actions/sign", data=values).status_code == 403
    assert "Người có thể thực hiện: Đinh Văn Ước" in clerk.page(path).text


def test_a_stranger_learns_nothing_of_a_case(site: Site):
    path, stranger = f"/cases/{site.case_of('14437')}", site.visitor("giatuong.clerk")
    none = stranger.answer("/cases/KH-2017-9999")
    assert stranger.answer(path).status_code == 404
    assert stranger.answer(path).data == none.data
    token = stranger.token()
    assert stranger.client.post(f"{path}/actions/begin", data={"form_token": token}).status_code == 404


def test_inputs_nobody_asked_for_are_refused(site: Site):
    clerk, path = drafting(site)
    answer = clerk.press(path, f"{path}/actions/send", **FORM, send__state="acknowledged", f__defects__0__what="1/KH")
    assert answer.status_code == 303
    assert "1/KH" not in site.visitor("auditor").page(path).text


def test_cases_are_found_without_accents(site: Site):
    page = site.visitor("nhoquan.head").page("/cases?words=cuc+phuong")
    assert f"/cases/{site.case_of('14437')}" in page.links
    assert f"/cases/{site.case_of('14401')}" not in page.links


def test_a_nomination_is_opened_from_the_unit_page(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    answer = clerk.press(clerk.new_case("award_nomination"), "/my-unit/cases")
    assert answer.status_code == 303
    opened = clerk.page(answer.headers["Location"])
    assert opened.offers(f"{answer.headers['Location']}/draft")
    assert "Không để ai bị bỏ lại phía sau" in opened.text


def test_a_new_case_belongs_to_no_movement_where_one_says_so(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    answer = clerk.press(clerk.new_case("award_nomination", "none"), "/my-unit/cases")
    assert "Không để ai bị bỏ lại phía sau" not in clerk.page(answer.headers["Location"]).text


def test_a_new_case_cannot_belong_to_a_movement_that_is_over(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    with site.database.writing() as tx:
        business_time.move_to_date(tx, date(2021, 1, 4), person_id=site.stage.people["admin"])
    answer = clerk.press(clerk.new_case("award_nomination"), "/my-unit/cases", movement=CODE)
    assert answer.status_code == 422
    assert "chưa bắt đầu hoặc đã kết thúc" in answer.text


def test_an_answer_to_a_question_is_one_press(site: Site):
    with site.database.writing() as tx:
        form = GrantForm(site.stage.people["chairman"], "unit_head", site.stage.units["SLDTBXH"], TODAY)
        grants.grant(tx, form, person_id=None, now=NOW)
    clerk, path = site.visitor("sldtbxh.clerk"), f"/cases/{site.case_of('SLDTBXH')}"
    clerk.press(path, f"{path}/actions/begin")
    clerk.press(path, f"{path}/actions/send", **FORM)
    paper = {"f__plan__file": (io.BytesIO(PDF), "Kế hoạch.pdf"), "f__plan__symbol": "9/KH-LĐTBXH"}
    site.visitor("chairman").press(path, f"{path}/actions/sign", **paper, f__plan__dated="13/11/2017")
    site.visitor("board.officer").press(path, f"{path}/actions/receive")
    lead = site.visitor("k4.lead")
    answer = lead.press(path, f"{path}/actions/answer:remark", answer="seen")
    assert answer.status_code == 303
    assert "Đã trả lời" not in Page(answer.text).text
    assert not lead.page(path).offers(f"{path}/actions/answer:remark")


def let_deadlines_pass(site: Site, until: datetime) -> None:
    with site.database.writing() as tx:
        while escalations.ring_due(tx, now=until):
            rung, tx.jobs_to_ring = tx.jobs_to_ring, []
            for job_id in rung:
                job = jobs.claim(tx, job_id, lease=timedelta(seconds=30))
                if job is not None and job.kind == escalations.KIND:
                    escalations.fire_deadline(tx, job.payload)


def test_lateness_stands_in_the_history_with_whom_it_was_reported_to(site: Site):
    let_deadlines_pass(site, datetime(2017, 11, 18, tzinfo=UTC))
    text = site.visitor("auditor").page(f"/cases/{site.case_of('14437')}").text
    assert "Quá hạn 1 ngày làm việc, nhắc Cán bộ phụ trách thi đua 08:00, 15/11/2017" in text
    assert "Quá hạn 3 ngày làm việc, báo cáo Chủ tịch Ủy ban nhân dân 08:00, 17/11/2017" in text


def test_a_report_that_repeats_every_week_is_one_line_that_opens(site: Site):
    let_deadlines_pass(site, datetime(2018, 2, 1, tzinfo=UTC))
    page = site.visitor("auditor").page(f"/cases/{site.case_of('14437')}")
    told = re.search(r"Quá hạn, đã báo cáo ([^,]+) hằng tuần, (\d+) lần, từ 17/11/2017 đến (\d\d/01/2018)", page.text)
    assert told, page.text[page.text.index("Lịch sử xử lý") :]
    assert int(told[2]) > 5
    assert page.text.count("ngày làm việc, báo cáo") == int(told[2])
    history = page.html[page.html.index('id="history"') :]
    assert history.index('class="repeated"') < history.index("ngày làm việc, báo cáo")


def test_a_long_history_shows_its_latest_lines_and_folds_the_rest(site: Site):
    path = shared(site)
    officer = site.visitor("nhoquan.officer")
    for _ in range(7):
        officer.press(path, f"{path}/actions/turn:claim")
        officer.press(path, f"{path}/actions/turn:release")
    folded = officer.page(path).html.partition('class="earlier"')[2]
    assert "6 lần xử lý trước đó" in folded
    assert folded.count("by-system") + folded.count("<time") >= 6


def shared(site: Site) -> str:
    """A plan before a desk that two people hold."""
    with site.database.writing() as tx:
        form = GrantForm(site.stage.people["nhoquan.clerk"], "plan_officer", site.stage.units["372"], TODAY)
        grants.grant(tx, form, person_id=None, now=NOW)
    return signed(site)


def test_a_turn_of_a_shared_desk_is_taken_and_given_back(site: Site):
    path = shared(site)
    officer, other = site.visitor("nhoquan.officer"), site.visitor("nhoquan.clerk")
    assert officer.press(path, f"{path}/actions/turn:claim").status_code == 303
    assert not other.page(path).offers(f"{path}/actions/receive")
    assert officer.page(path).offers(f"{path}/actions/receive")
    assert officer.press(path, f"{path}/actions/turn:release").status_code == 303
    assert other.page(path).offers(f"{path}/actions/receive")
    assert "Nhận việc" in officer.page(path).text


def test_a_turn_is_handed_to_a_colleague(site: Site):
    path = shared(site)
    officer = site.visitor("nhoquan.officer")
    officer.press(path, f"{path}/actions/turn:claim")
    colleague = str(site.stage.people["nhoquan.clerk"])
    assert officer.press(path, f"{path}/actions/turn:assign", person=colleague).status_code == 303
    history = site.visitor("auditor").page(path).text.partition("Lịch sử xử lý")[2]
    assert "Giao cho người khác" in history
    assert "Bùi Thị Ngọc" in history
    assert site.visitor("nhoquan.clerk").page(path).offers(f"{path}/actions/receive")
    assert not officer.page(path).offers(f"{path}/actions/receive")


def widely_shared(site: Site) -> str:
    """A plan before a desk that too many people hold to list them; its officer has the turn."""
    many = [name for name in site.stage.people if name.endswith((".clerk", ".head")) and name != "nhoquan.clerk"][:7]
    assert len(many) == 7
    with site.database.writing() as tx:
        for name in many:
            form = GrantForm(site.stage.people[name], "plan_officer", site.stage.units["372"], TODAY)
            grants.grant(tx, form, person_id=None, now=NOW)
    path = shared(site)
    site.visitor("nhoquan.officer").press(path, f"{path}/actions/turn:claim")
    return path


def test_a_turn_of_a_wide_desk_is_handed_to_a_colleague_who_is_named(site: Site):
    path = widely_shared(site)
    officer, assign = site.visitor("nhoquan.officer"), f"{path}/actions/turn:assign"
    assert "<select" not in officer.page(path).html.partition('class="share"')[2].partition("</form>")[0]
    several = officer.press(path, assign, person__words="thi")
    assert several.status_code == 422
    assert "Có nhiều người khớp, đề nghị chọn một người dưới đây." in several.text
    choices = several.text.partition('class="choices"')[2]
    assert "Bùi Thị Ngọc" in choices
    assert "Ngô Thị Dung" not in choices
    assert officer.press(path, assign, person__words="hoang duc ai").status_code == 422
    assert officer.press(path, assign, person__words="bui thi ngoc").status_code == 303
    assert site.visitor("nhoquan.clerk").page(path).offers(f"{path}/actions/receive")


def test_only_people_of_the_desk_are_offered_for_its_turn(site: Site):
    path = widely_shared(site)
    asked = f"/people/choices/person?person.words={{}}&case={path.rpartition('/')[2]}"
    officer = site.visitor("nhoquan.officer")
    assert "Bùi Thị Ngọc" in officer.answer(asked.format("ngoc")).text
    assert "Không tìm thấy ai khớp." in officer.answer(asked.format("hoang+duc+ai")).text
    assert site.visitor("stranger").answer(asked.format("ngoc")).status_code == 404


def test_a_turn_that_one_person_holds_is_shared_with_nobody(site: Site):
    path = signed(site)
    assert not site.visitor("nhoquan.officer").page(path).offers(f"{path}/actions/turn:claim")
