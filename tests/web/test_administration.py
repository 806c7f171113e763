"""The administrators' areas: who enters, what is refused beside its input, two persons for a definition."""

import io

import pytest

from tests.support.page_reading import Page
from tests.support.site import CODE, Site
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.definitions import FigureForm, parameters
from workflow.organisation import GrantForm, grants

AREAS = [
    "/admin",
    "/admin/definitions",
    "/admin/figures",
    "/admin/people",
    "/admin/units",
    "/admin/calendar",
    "/admin/outbox",
    "/admin/incidents",
    "/audit",
]


@pytest.mark.parametrize("path", AREAS)
def test_administration_is_read_by_administrators_and_auditors_only(site: Site, path: str):
    statuses = {name: site.visitor(name).answer(path).status_code for name in ("admin", "auditor", "chairman")}
    assert statuses == {"admin": 200, "auditor": 200, "chairman": 403}


def test_an_auditor_reads_and_changes_nothing(site: Site):
    auditor = site.visitor("auditor")
    token = auditor.token()
    for path in ("/admin/definitions/unit_plan/draft/begin", "/clock/next-working-day", "/admin/people/1/deactivate"):
        assert auditor.client.post(path, data={"form_token": token}).status_code == 403


def test_a_definition_is_published_by_a_second_administrator(site: Site):
    admin, second = site.visitor("admin"), site.visitor("admin2")
    admin.press("/admin/definitions", "/admin/definitions/unit_plan/draft/begin")
    draft = "/admin/definitions/unit_plan/draft"
    text = admin.page(draft).form(draft).values["text"].replace("Kế hoạch của đơn vị |", "Kế hoạch của từng đơn vị |")
    assert admin.press(draft, draft, text=text).status_code == 303
    assert "Kế hoạch của từng đơn vị" in admin.page(draft).text

    own = admin.press(draft, f"{draft}/publish")
    assert own.status_code == 422
    assert "Chưa ban hành được" in Page(own.text).text
    assert second.press(draft, f"{draft}/publish").status_code == 303
    assert "Phiên bản 2" in second.page("/admin/definitions").text


def test_nobody_who_has_changed_a_draft_publishes_it_whoever_saved_it_last(site: Site):
    admin, second = site.visitor("admin"), site.visitor("admin2")
    draft = "/admin/definitions/unit_plan/draft"
    admin.press("/admin/definitions", f"{draft}/begin")
    text = admin.page(draft).form(draft).values["text"].replace("Kế hoạch của đơn vị |", "Kế hoạch của từng đơn vị |")
    assert admin.press(draft, draft, text=text).status_code == 303
    assert second.press(draft, draft, text=text.replace("từng đơn vị", "mỗi đơn vị")).status_code == 303
    refused = [visitor.press(draft, f"{draft}/publish").status_code for visitor in (admin, second)]
    shown = admin.page(draft).text
    assert (refused, "Trịnh Thị Quản" in shown, "Đặng Văn Trị" in shown) == ([422, 422], True, True)


def test_whoever_saves_a_draft_as_it_was_has_not_written_it(site: Site):
    admin, second = site.visitor("admin"), site.visitor("admin2")
    draft = "/admin/definitions/unit_plan/draft"
    admin.press("/admin/definitions", f"{draft}/begin")
    text = admin.page(draft).form(draft).values["text"].replace("Kế hoạch của đơn vị |", "Kế hoạch của từng đơn vị |")
    second.press(draft, draft, text=text)
    assert second.press(draft, f"{draft}/publish").status_code == 422
    assert admin.press(draft, f"{draft}/publish").status_code == 303


def test_a_faulty_draft_is_kept_and_its_faults_are_shown_by_line(site: Site):
    admin = site.visitor("admin")
    admin.press("/admin/definitions", "/admin/definitions/unit_plan/draft/begin")
    draft = "/admin/definitions/unit_plan/draft"
    text = admin.page(draft).form(draft).values["text"].replace("to: draft", "to: nowhere", 1)
    assert admin.press(draft, draft, text=text).status_code == 303
    answer = admin.answer(draft)
    page = Page(answer.text)
    assert "Không có trạng thái “nowhere”" in page.text
    line = next(link for link in page.links if link.startswith("#L")).removeprefix("#")
    assert f'<li id="{line}" class="found">' in answer.text
    assert "to: nowhere" in answer.text.partition(f'id="{line}"')[2].partition("</li>")[0]


def test_a_draft_is_drawn_as_far_as_it_can_be_read(site: Site):
    admin, draft = site.visitor("admin"), "/admin/definitions/unit_plan/draft"
    admin.press("/admin/definitions", f"{draft}/begin")
    assert "<svg" in admin.answer(draft).text.partition('class="drawing"')[2]
    admin.press(draft, draft, text="definition: unit_plan")
    assert 'class="drawing"' not in admin.answer(draft).text


def test_a_draft_shows_that_its_movement_has_no_such_milestone(site: Site):
    admin, draft = site.visitor("admin"), "/admin/definitions/unit_plan/draft"
    admin.press("/admin/definitions", f"{draft}/begin")
    text = admin.page(draft).form(draft).values["text"].replace("before movement.plans,", "before movement.plan,")
    admin.press(draft, draft, text=text)
    assert f"Phong trào {CODE} không có mốc “plan”; có phải “plans”?" in admin.page(draft).text


def test_figures_are_told_with_who_says_so_and_where(site: Site):
    with site.database.writing() as tx:
        form = FigureForm("complaint", "inquiry_days", 40, "Quyết định 5/QĐ-UBND", keys=("complex",))
        assert isinstance(parameters.put(tx, form, person_id=None, now=NOW), int)
    page = site.visitor("auditor").page("/admin/figures").text
    assert "Nghị định 91/2017/NĐ-CP nd91_2017 01/10/2017 đến hết 31/12/2023" in page
    assert "45 ngày quy trình Điều 28 Luật Khiếu nại 2011" in page
    assert "40 ngày toàn tỉnh Quyết định 5/QĐ-UBND" in page


def test_a_draft_saved_meanwhile_is_not_overwritten_and_the_text_is_kept(site: Site):
    admin, second = site.visitor("admin"), site.visitor("admin2")
    admin.press("/admin/definitions", "/admin/definitions/unit_plan/draft/begin")
    draft = "/admin/definitions/unit_plan/draft"
    before = second.page(draft)
    admin.press(draft, draft, text="definition: unit_plan")
    answer = second.send(before, draft, text="definition: mine")
    assert answer.status_code == 409
    assert Page(answer.text).form(draft).values["text"].strip() == "definition: mine"


def test_a_version_shows_its_drawing_its_findings_and_its_text(site: Site):
    admin = site.visitor("admin")
    page = next(link for link in admin.page("/admin/definitions").links if "/versions/" in link)
    answer = admin.answer(page)
    assert "<svg" in answer.text
    assert "Không tìm thấy lỗi nào" in answer.text
    assert 'id="L1"' in answer.text


def test_the_drawing_calls_a_milestone_by_its_title(site: Site):
    admin = site.visitor("admin")
    page = next(link for link in admin.page("/admin/definitions").links if "/unit_plan/versions/" in link)
    answer = admin.answer(page)
    assert "Hạn: trước mốc" in answer.text
    assert "“plans”" not in answer.text


def test_a_version_that_does_not_exist_is_not_found(site: Site):
    assert site.visitor("admin").answer("/admin/definitions/unit_plan/versions/1").status_code == 404


def test_every_fault_of_an_import_is_listed_and_nothing_is_imported(site: Site):
    admin, before = site.visitor("admin"), site.digest()
    table = (
        "code,name,kind,parent,valid_from\nA1,Đơn vị A,commune,nowhere,01/01/2017\nA2,Đơn vị B,planet,372,32/01/2017\n"
    )
    answer = admin.press("/admin/units/import", "/admin/units/import", file=(io.BytesIO(table.encode()), "units.csv"))
    text = Page(answer.text).text
    assert answer.status_code == 422
    assert "Tệp có 3 lỗi; chưa nhập gì." in text
    assert "planet" in text
    assert site.digest() == before


def test_units_are_imported_from_a_file(site: Site):
    admin = site.visitor("admin")
    table = "code,name,kind,parent,valid_from\n14999,UBND xã Thử,commune,372,01/01/2017\n"
    answer = admin.press("/admin/units/import", "/admin/units/import", file=(io.BytesIO(table.encode()), "units.csv"))
    assert answer.status_code == 303
    assert "UBND xã Thử" in admin.page("/admin/units?words=thu").text


def test_nobody_grants_a_role_to_oneself(site: Site):
    admin, me = site.visitor("admin"), site.stage.people["admin"]
    path = f"/admin/people/{me}"
    answer = admin.press(path, f"{path}/grants", role="chair", unit_id=site.stage.units["37"], valid_from="13/11/2017")
    assert answer.status_code == 403
    assert "Không ai được tự cấp quyền" in Page(answer.text).text


def test_a_wrong_date_is_refused_beside_its_input_and_the_rest_is_kept(site: Site):
    admin, path = site.visitor("admin"), f"/admin/people/{site.stage.people['stranger']}"
    unit = site.stage.units["14401"]
    answer = admin.press(path, f"{path}/grants", role="unit_clerk", unit_id=unit, valid_from="13/13/2017")
    form = Page(answer.text).form(f"{path}/grants")
    assert answer.status_code == 422
    assert form.values["valid_from"] == "13/13/2017"
    assert form.values["unit_id"] == str(unit)


def test_a_calendar_day_is_set_and_cleared(site: Site):
    admin = site.visitor("admin")
    day = {"on_date": "20/11/2017", "kind": "holiday", "name_vi": "Ngày thử", "name_en": "Test day"}
    admin.press("/admin/calendar?year=2017", "/admin/calendar?year=2017", **day)
    assert "Ngày thử" in admin.page("/admin/calendar?year=2017").text
    token = admin.token()
    admin.client.post("/admin/calendar/clear", data={"form_token": token, "on_date": "20/11/2017"})
    assert "Ngày thử" not in admin.page("/admin/calendar?year=2017").text


def test_the_demo_clock_moves_forward_only(site: Site):
    admin = site.visitor("admin")
    assert admin.press("/clock", "/clock/next-working-day").status_code == 303
    assert "thứ Ba, 08:0" in admin.page("/clock").text
    assert admin.press("/clock", "/clock/date", date="01/11/2017").status_code == 422


def test_the_board_counts_states_and_filters_them(site: Site):
    head = site.visitor("nhoquan.head")
    board = head.page(f"/movements/{CODE}").text
    assert "UBND xã Cúc Phương" in board
    assert "UBND xã Gia Hòa" not in board
    assert "UBND xã Cúc Phương" not in head.page(f"/movements/{CODE}?show=late").text


def test_an_invitation_is_taken_up_once(site: Site):
    clerk = site.visitor("dn1.clerk")
    target = f"/movements/{CODE}/accept"
    first = clerk.press("/my-unit", target)
    assert first.status_code == 303
    assert not clerk.page("/my-unit").offers(target)


def test_the_auditor_proves_that_nothing_was_changed(site: Site):
    assert "Mọi chuỗi lịch sử còn nguyên" in site.visitor("auditor").page("/audit/verify").text


def test_a_substitute_is_appointed_and_ended_by_oneself(site: Site):
    head = site.visitor("cucphuong.head")
    form = {"substitute__words": "le thi anh", "capacity": "TL", "paper": "5/UQ-UBND", "valid_to": "01/12/2017"}
    assert head.press("/profile", "/profile/substitutions", **form).status_code == 303
    page = head.page("/profile")
    assert "Lê Thị Ánh thay Đinh Văn Ước" in page.text
    end = next(form.action for form in page.forms if form.action.endswith("/end"))
    assert head.send(page, end).status_code == 303
    assert "đã hết" in head.page("/profile").text


def test_a_role_at_a_unit_is_granted_to_a_person_who_is_named(site: Site):
    admin, unit = site.visitor("admin"), f"/admin/units/{site.stage.units['372']}"
    page = admin.page(f"{unit}/grants")
    several = admin.send(page, f"{unit}/grants", holder_id__words="thi", role="unit_head")
    assert several.status_code == 422
    assert "Có nhiều người khớp, đề nghị chọn một người dưới đây." in several.text
    form = {"holder_id__words": "pham van an", "role": "unit_clerk", "valid_from": "13/11/2017"}
    assert admin.send(page, f"{unit}/grants", **form).status_code == 303
    assert "Phạm Văn Ẩn · Cán bộ phụ trách thi đua 13/11/2017" in admin.page(unit).text
    assert admin.send(page, f"{unit}/grants", **form).status_code == 422
    duty = {**form, "role": "plan_reviewer"}
    assert admin.send(page, f"{unit}/grants", **duty).headers["Location"].endswith("/admin/pending")
    assert f"/admin/units/{site.stage.units['372']}/grants" not in site.visitor("auditor").page(unit).html


def test_the_auditor_reads_names_and_words_not_numbers_and_identifiers(site: Site):
    admin = site.visitor("admin")
    admin.press("/admin/definitions", "/admin/definitions/unit_plan/draft/begin")
    assert "Kế hoạch của đơn vị" in admin.page("/admin/definitions").text.partition("lưu bởi")[0]
    with site.database.writing() as tx:
        form = GrantForm(site.stage.people["nhoquan.head"], "plan_officer", site.stage.units["372"], NOW.date())
        grants.grant(tx, form, person_id=None, now=NOW)
    shown = site.visitor("auditor").page("/audit").text
    assert "lưu nháp quy trình" in shown
    assert "vai trò: Chuyên viên tiếp nhận kế hoạch" in shown
    assert "plan_officer" not in shown
    assert "definition_drafted" not in shown


def test_the_audit_page_tells_titles_and_short_hashes(site: Site):
    admin = site.visitor("admin")
    admin.press("/admin/definitions", "/admin/definitions/unit_plan/draft/begin")
    assert "Bản nháp: Kế hoạch của đơn vị" in admin.page("/admin/definitions/unit_plan/draft").text
    answer = site.visitor("auditor").answer("/audit")
    assert "Kế hoạch của đơn vị" in Page(answer.text).text
    assert "unit_plan" not in Page(answer.text).text
