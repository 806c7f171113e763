"""What was refused: the summary or the first wrong input has the focus, without a script too, and says the form."""

import re

from tests.support.site import Site
from tests.support.site_plans import FORM, drafting
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests


def test_the_summary_of_what_was_wrong_with_an_act_has_the_focus(site: Site):
    clerk, path = drafting(site)
    answer = clerk.press(path, f"{path}/actions/send", **{**FORM, "f__launch": "31/02/2018"})
    assert answer.status_code == 422
    assert re.search(r'id="refused" tabindex="-1" autofocus', answer.text)
    assert "Ngày không hợp lệ, ví dụ: 15/11/2017." in answer.text


def test_a_number_is_asked_for_as_it_is_typed_here(site: Site):
    clerk, path = drafting(site)
    answer = clerk.press(path, f"{path}/actions/send", **{**FORM, "f__targets__0__target": "nhiều"})
    assert answer.status_code == 422
    assert "ví dụ: 12 hoặc 12,5" in answer.text


def test_the_first_wrong_input_of_a_plain_form_has_the_focus_and_names_the_form_of_a_date(site: Site):
    admin, person = site.visitor("admin"), site.stage.people["stranger"]
    page = f"/admin/people/{person}"
    wanted = {"role": "unit_clerk", "unit_id": str(site.stage.units["372"]), "valid_from": "31/02/2018"}
    answer = admin.press(page, f"{page}/grants", **wanted)
    assert answer.status_code == 422
    assert re.search(r'<input id="in-valid_from"[^>]*aria-invalid="true" autofocus', answer.text)
    assert "Ngày không hợp lệ: “31/02/2018”. Đề nghị ghi dd/mm/yyyy" in answer.text
