"""Defects on the pages: written at their place, sent with the return, corrected, accepted, without a script."""

import re

from tests.support.page_reading import Page
from tests.support.site import ASKING, Site, Visitor
from tests.support.site_plans import returned, signed, under_review
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests


def drafted(reviewer: Visitor, path: str, at: str, text: str) -> None:
    page = reviewer.page(f"{path}?at={at}")
    assert reviewer.send(page, f"{path}/remarks", text=text).status_code == 303


def ids(page) -> list[str]:
    return re.findall(r'id="remark-(\d+)"', page.html)


def test_three_defects_at_their_places_are_returned_corrected_and_accepted(site: Site):
    reviewer, path = under_review(site)
    drafted(reviewer, path, "targets.0", "Ghi rõ số hộ từng năm")
    drafted(reviewer, path, "launch", "Phát động trước 15/11/2017")
    drafted(reviewer, path, "", "Thiếu tổ chức thực hiện")
    page = reviewer.page(path)
    assert page.text.count("Chưa gửi, gửi kèm khi trả lại") == 3
    assert "Gửi kèm 3 yêu cầu chỉnh sửa đã ghi ở trên" in page.text
    assert site.visitor("cucphuong.clerk").page(path).text.count("Ghi rõ số hộ từng năm") == 0
    assert reviewer.send(page, f"{path}/actions/return").status_code == 303

    clerk = site.visitor("cucphuong.clerk")
    page = clerk.page(path)
    assert "Còn 3/3 yêu cầu chưa sửa" in page.text
    first, second, third = ids(page)
    typed = {f"note.{second}": "Đã bổ sung", "f__launch": "14/11/2017"}
    answer = clerk.press(path, f"{path}/remarks/{second}/corrected", **typed)
    assert answer.headers["Location"].endswith(f"#remark-{second}")
    page = clerk.page(path)
    assert "Còn 2/3 yêu cầu chưa sửa" in page.text
    assert page.form(f"{path}/draft").values["f.launch"] == "14/11/2017"
    for remark in (first, third):
        assert clerk.press(path, f"{path}/remarks/{remark}/corrected").status_code == 303
    assert "Đã sửa cả 3 yêu cầu" in clerk.page(path).text
    assert clerk.press(path, f"{path}/actions/send").status_code == 303
    signed(site, again=path)
    assert site.visitor("nhoquan.officer").press(path, f"{path}/actions/receive").status_code == 303

    page = reviewer.page(path)
    assert "Trần Thị Lan: đã sửa. Đã bổ sung" in page.text
    assert "trước: 20/11/2017" in page.text
    assert "nay: 14/11/2017" in page.text
    assert "Nội dung mục này không thay đổi." in page.text
    for remark in ids(page):
        assert reviewer.press(path, f"{path}/remarks/{remark}/accepted").status_code == 303
    assert reviewer.page(path).text.count("· đạt") == 3


def test_what_was_typed_stays_when_a_defect_says_nothing(site: Site):
    reviewer, path = under_review(site)
    answer = reviewer.send(reviewer.page(f"{path}?at=launch"), f"{path}/remarks", text=" ")
    assert answer.status_code == 422
    assert "Cần ghi nội dung." in answer.text
    assert 'id="compose-text"' in answer.text


def test_a_reason_used_before_is_offered_and_sent_by_its_button(site: Site):
    reviewer, path = under_review(site)
    drafted(reviewer, path, "launch", "Phát động quá mốc")
    assert reviewer.press(path, f"{path}/actions/return").status_code == 303
    clerk = site.visitor("cucphuong.clerk")
    assert clerk.press(path, f"{path}/actions/send").status_code == 303
    signed(site, again=path)
    site.visitor("nhoquan.officer").press(path, f"{path}/actions/receive")
    page = reviewer.page(f"{path}?at=launch")
    assert 'value="Phát động quá mốc"' in page.html
    assert reviewer.send(page, f"{path}/remarks", snippet="Phát động quá mốc").status_code == 303
    assert "Chưa gửi, gửi kèm khi trả lại" in reviewer.page(path).text


def test_returning_needs_a_defect(site: Site):
    reviewer, path = under_review(site)
    assert reviewer.press(path, f"{path}/actions/return").status_code == 422


def test_a_defect_written_in_the_form_of_the_act_still_reaches_the_unit(site: Site):
    page = site.visitor("cucphuong.clerk").page(returned(site))
    assert "Mục 2: Chưa nêu số hộ cụ thể" in page.text
    assert "Còn 1/1 yêu cầu chưa sửa" in page.text


def test_a_place_that_is_not_there_is_refused(site: Site):
    reviewer, path = under_review(site)
    token = reviewer.token()
    for at in ("targets.9", "secret", "plan@x:1:0,0,2,2", "plan@x:one:0,0,1,1"):
        data = {"form_token": token, "at": at, "text": "Sai"}
        assert reviewer.client.post(f"{path}/remarks", data=data).status_code == 422, at


def test_a_draft_is_written_anew_and_dropped(site: Site):
    reviewer, path = under_review(site)
    drafted(reviewer, path, "launch", "Sớm hơn")
    [remark] = ids(reviewer.page(path))
    page = reviewer.page(f"{path}?edit={remark}")
    assert reviewer.send(page, f"{path}/remarks/{remark}/edit", text="Sớm hơn 15/11").status_code == 303
    assert "Sớm hơn 15/11" in reviewer.page(path).text
    assert reviewer.press(path, f"{path}/remarks/{remark}/drop").status_code == 303
    assert ids(reviewer.page(path)) == []


def test_people_talk_about_a_case_and_see_who_has_read_it(site: Site):
    reviewer, path = under_review(site)
    assert reviewer.press(path, f"{path}/remarks/comments", comment_text="Đã gọi cho xã").status_code == 303
    clerk = site.visitor("cucphuong.clerk")
    page = clerk.page(path)
    assert "Trao đổi 1, 1 mới" in page.text
    assert clerk.press(path, f"{path}/remarks/read").status_code == 303
    assert "Trao đổi 1, 1 mới" not in clerk.page(path).text
    assert "Đã xem: Trần Thị Lan" in reviewer.page(path).text


def test_a_stranger_reads_and_writes_nothing(site: Site):
    _, path = under_review(site)
    stranger = site.visitor("stranger")
    token = stranger.token()
    for part in ("", "/comments", "/read", "/1/accepted", "/1/corrected", "/comments/1/resolved"):
        data = {"form_token": token, "text": "x", "comment_text": "x"}
        assert stranger.client.post(f"{path}/remarks{part}", data=data).status_code == 404, part


def test_a_plan_with_open_defects_sent_again_is_asked_about_first(site: Site):
    path = returned(site)
    clerk, target = site.visitor("cucphuong.clerk"), f"{path}/actions/send"
    page, before = clerk.page(path), site.digest()
    asked = clerk.tries(page, target)
    assert ASKING in asked.text
    assert site.digest() == before
    assert clerk.tries(Page(asked.text), target).status_code == 303


def test_a_row_a_field_and_a_paper_are_talked_about_from_the_page(site: Site):
    reviewer, path = under_review(site)
    page = reviewer.page(path)
    [paper] = re.findall(r"about=plan@([0-9a-f]{64})", page.html.replace("%40", "@"))
    for at, place in (
        ("targets.0", "Chỉ tiêu, dòng 1"),
        ("launch", "Ngày phát động"),
        (f"plan@{paper}", "Văn bản kế hoạch"),
    ):
        assert f'href="?about={at}#discussion"' in page.html.replace("%40", "@"), at
        opened = reviewer.page(f"{path}?about={at}")
        assert f"Nội dung trao đổi: {place}" in opened.text
        assert reviewer.send(opened, f"{path}/remarks/comments", comment_text=f"Xem {place}").status_code == 303
    clerk = site.visitor("cucphuong.clerk").page(path)
    assert clerk.text.count("1 trao đổi") == 3
    assert "Chỉ tiêu, dòng 1 Xem Chỉ tiêu, dòng 1" in clerk.text


def test_what_is_said_about_a_field_is_told_where_it_is_filled_in(site: Site):
    path = returned(site)
    reviewer, clerk = site.visitor("nhoquan.head"), site.visitor("cucphuong.clerk")
    opened = reviewer.page(f"{path}?about=launch")
    assert reviewer.send(opened, f"{path}/remarks/comments", comment_text="Nên trước 15/11").status_code == 303
    form = clerk.page(path)
    assert form.form(f"{path}/draft").values["f.launch"] == "20/11/2017"
    assert "Ngày phát động: 1 trao đổi" in form.text


def test_what_was_typed_about_a_place_stays_when_it_says_nothing(site: Site):
    reviewer, path = under_review(site)
    answer = reviewer.send(reviewer.page(f"{path}?about=launch"), f"{path}/remarks/comments", comment_text=" ")
    assert answer.status_code == 422
    assert 'name="about" value="launch"' in answer.text


def test_a_comment_at_a_place_that_is_not_there_is_refused(site: Site):
    reviewer, path = under_review(site)
    token = reviewer.token()
    for about in ("targets.9", "secret", "plan@x:1:0,0,2,2", "plan@x"):
        data = {"form_token": token, "about": about, "comment_text": "Xem giúp"}
        assert reviewer.client.post(f"{path}/remarks/comments", data=data).status_code == 422, about
    assert "Chưa có trao đổi." in reviewer.page(f"{path}?about=targets.9").text


def test_a_comment_is_resolved_and_opened_again(site: Site):
    reviewer, path = under_review(site)
    opened = reviewer.page(f"{path}?about=launch")
    assert reviewer.send(opened, f"{path}/remarks/comments", comment_text="Đã gọi cho xã chưa?").status_code == 303
    clerk = site.visitor("cucphuong.clerk")
    [remark] = ids(clerk.page(path))
    assert clerk.press(path, f"{path}/remarks/comments/{remark}/resolved").status_code == 303
    page = reviewer.page(path)
    assert "Trần Thị Lan: đã giải quyết" in page.text
    assert "1 trao đổi" not in page.text
    assert reviewer.press(path, f"{path}/remarks/comments/{remark}/unresolved").status_code == 303
    assert "1 trao đổi" in reviewer.page(path).text
    token = reviewer.token()
    unknown = reviewer.client.post(f"{path}/remarks/comments/{int(remark) + 1}/resolved", data={"form_token": token})
    assert unknown.status_code == 404


def marked(visitor: Visitor, path: str, **typed: str) -> int:
    """Write a remark on the page of the open paper; return how that was answered."""
    page = visitor.page(f"{path}/papers")
    [action] = re.findall(r'action="([^"]+/remarks/marks[^"]*)"', page.html)
    answer = visitor.send(page, action, **typed)
    assert answer.status_code != 303 or answer.headers["Location"].startswith(f"{path}/papers?paper=")
    return answer.status_code


def marks_on(visitor: Visitor, path: str) -> list[tuple[str, str]]:
    return re.findall(r'data-page="(\d+)" data-box="([\d. ]+)"', visitor.page(f"{path}/papers").html)


def test_places_in_a_paper_are_remarked_on_and_shown_to_all_who_may_see_them(site: Site):
    reviewer, path = under_review(site)
    clerk = site.visitor("cucphuong.clerk")
    box = {"page": "2", "box": "0.1,0.2,0.8,0.25", "box_text": "giúp 6 hộ"}
    assert marked(reviewer, path, kind="defect", mark_text="Ghi rõ tên thôn", **box) == 303
    assert marked(reviewer, path, kind="comment", mark_text="Trang này mờ") == 303
    assert marks_on(reviewer, path) == [("2", "0.1 0.2 0.8 0.25"), ("1", "0.0 0.0 1.0 1.0")]
    assert marks_on(clerk, path) == [("1", "0.0 0.0 1.0 1.0")]
    assert reviewer.press(path, f"{path}/actions/return").status_code == 303
    assert marks_on(clerk, path) == [("2", "0.1 0.2 0.8 0.25"), ("1", "0.0 0.0 1.0 1.0")]
    listed = clerk.page(f"{path}/papers").text
    assert "Đánh dấu 1, trang 2 : Ghi rõ tên thôn" in listed
    assert "Đánh dấu T1, trang 1 : Trang này mờ" in listed
    page = clerk.page(path)
    assert "Văn bản kế hoạch, trang 2: Ghi rõ tên thôn" in page.text
    assert re.search(r'href="[^"]+paper=[^"]+#paper">xem văn bản', page.html)


def test_a_mark_that_says_nothing_or_lies_nowhere_comes_back_as_it_was_typed(site: Site):
    reviewer, path = under_review(site)
    assert marked(reviewer, path, kind="comment", mark_text="") == 422
    for page in ("0", "hai", ""):
        assert marked(reviewer, path, kind="comment", mark_text="Mờ", page=page) == 422
    assert marked(reviewer, path, kind="comment", mark_text="Mờ", box="0,0,2,2") == 422
    assert marked(reviewer, path, kind="comment", mark_text="Mờ", file="plan@" + "a" * 64) == 422
    token = reviewer.token()
    words = {"form_token": token, "page": "hai", "mark_text": "Mờ"}
    again = reviewer.client.post(f"{path}/remarks/marks", data=words).text
    assert 'name="page" inputmode="numeric" autocomplete="off" value="hai"' in again
    assert "Hồ sơ không có mục này." in again


def test_whoever_is_named_in_a_comment_is_notified_once_until_they_open_the_case(site: Site):
    reviewer, path = under_review(site)
    page = reviewer.page(f"{path}?about=launch&mention=1")
    [lan] = re.findall(r'value="(\d+)"> Trần Thị Lan', page.html)
    said = {"comment_text": "Chị Lan xem lại ngày này", "mentions": [lan, lan]}
    assert reviewer.send(page, f"{path}/remarks/comments", **said).status_code == 303
    clerk = site.visitor("cucphuong.clerk")
    listed = clerk.page("/notifications")
    assert listed.text.count("Vũ Thị Êm nhắc đến ông/bà trong trao đổi") == 1
    assert re.search(rf'href="{path}#remark-\d+"', listed.html)
    for other in ("cucphuong.head", "nhoquan.head"):
        assert "Vũ Thị Êm nhắc đến" not in site.visitor(other).page("/notifications").text
    assert 'data-unread="/notifications/read"' in clerk.page(path).html
    read = {"form_token": clerk.token(), "case": path.rpartition("/")[2]}
    assert clerk.client.post("/notifications/read", data=read).status_code == 303
    assert "data-unread" not in clerk.page(path).html


def test_what_a_script_tells_of_reading_is_not_confirmed_on_the_next_page(site: Site):
    reviewer, path = under_review(site)
    told = {"case": path.rpartition("/")[2]}
    answer = reviewer.client.post("/notifications/read", data=told, headers={"X-Form-Token": reviewer.token()})
    assert (answer.status_code, answer.text) == (204, "")
    assert "Đã đánh dấu" not in reviewer.page(path).text.partition("Trao đổi")[0]
