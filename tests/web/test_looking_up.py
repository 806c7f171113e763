"""The receipt of a plan, and looking it up with the code and PIN that stand on it, without an account."""

import re

import pytest

from tests.support.page_reading import Page
from tests.support.site import Site, Visitor
from tests.support.site_plans import drafting, returned, signed, under_review
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.storage.queries.accounts import lookups
from workflow.tracking.looking_up import FREE_GUESSES, FREE_GUESSES_OF_ADDRESS
from workflow.tracking.pins import ALPHABET, is_pin, pin_of

NAMES = ("Trần Thị Lan", "Đinh Văn Ước", "Phạm Văn Ẩn", "Vũ Thị Êm", "Cúc Phương")


def anybody(site: Site) -> Visitor:
    return Visitor(site.app.test_client())


def pin_on(page: Page) -> str:
    [pin] = re.findall(rf"Mã tra cứu: ([{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})", page.text)
    return str(pin)


def handed_in(site: Site) -> tuple[str, str]:
    """The code of a plan that waits to be received, and the PIN on its receipt."""
    path = signed(site)
    return path.rpartition("/")[2], pin_on(site.visitor("cucphuong.clerk").page(f"{path}/receipt"))


def guess(visitor: Visitor, code: str, pin: str, *, status: int) -> Page:
    answer = visitor.press("/lookup", "/lookup", code=code, pin=pin)
    assert answer.status_code == status, answer.text
    return Page(answer.text)


# -- the receipt


def test_a_plan_that_was_not_handed_in_has_no_receipt_yet(site: Site):
    clerk, path = drafting(site)
    assert "Hồ sơ chưa được nộp" in clerk.page(f"{path}/receipt").text


def test_handing_in_is_confirmed_and_not_called_receiving(site: Site):
    text = site.visitor("cucphuong.clerk").page(f"{signed(site)}/receipt").text
    assert "UBND HUYỆN NHO QUAN" in text
    assert "GIẤY XÁC NHẬN ĐÃ NỘP HỒ SƠ" in text
    assert "Người nộp hồ sơ Đinh Văn Ước" in text
    assert "Tiếp nhận hồ sơ chưa tiếp nhận" in text
    assert "Thời gian trả kết quả chậm nhất ngày 22/11/2017 (thứ Tư)" in text


def test_what_was_received_has_its_receipt_with_papers_and_promise(site: Site):
    _, path = under_review(site)
    text = site.visitor("cucphuong.clerk").page(f"{path}/receipt").text
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "Tiếp nhận hồ sơ 08 giờ" in text
    assert "Văn bản kế hoạch: Kế hoạch.pdf" in text


def test_a_plan_that_is_back_with_the_unit_says_that_the_time_stands_still(site: Site):
    path = returned(site)
    text = site.visitor("cucphuong.clerk").page(f"{path}/receipt").text
    assert "Thời gian trả kết quả tạm dừng từ ngày 13/11/2017: Chờ bổ sung, điều chỉnh" in text


def test_the_picture_leads_to_the_case_and_tells_no_pin(site: Site):
    code, pin = handed_in(site)
    page = site.visitor("cucphuong.clerk").answer(f"/cases/{code}/receipt").text
    assert page.count(pin) == 1
    assert anybody(site).page(f"/lookup?code={code}").form("/lookup").values["code"] == code


def test_the_receipt_is_the_same_however_often_it_is_printed_until_it_gets_a_new_pin(site: Site):
    code, pin = handed_in(site)
    clerk, path = site.visitor("cucphuong.head"), f"/cases/{code}/receipt"
    assert pin_on(clerk.page(path)) == pin
    assert clerk.press(path, f"{path}/pin").status_code == 303
    renewed = pin_on(clerk.page(path))
    assert renewed != pin
    guess(anybody(site), code, pin, status=404)
    guess(anybody(site), code, renewed, status=200)


def test_only_people_of_the_unit_get_a_new_pin(site: Site):
    code, pin = handed_in(site)
    officer, path = site.visitor("nhoquan.officer"), f"/cases/{code}/receipt"
    assert not officer.page(path).offers(f"{path}/pin")
    answer = officer.client.post(f"{path}/pin", data={"form_token": officer.token()})
    assert answer.status_code == 403
    assert pin_on(officer.page(path)) == pin


# -- looking up


def test_the_pin_shows_where_the_plan_stands_and_names_nobody(site: Site):
    code, pin = handed_in(site)
    text = guess(anybody(site), f" {code.lower()} ", pin.lower().replace("-", " "), status=200).text
    assert "Chờ tiếp nhận" in text
    assert "Thời gian trả kết quả chậm nhất ngày 22/11/2017 (thứ Tư)" in text
    assert [name for name in NAMES if name in text] == []


def test_an_unknown_code_and_a_wrong_pin_are_answered_alike(site: Site):
    code, pin = handed_in(site)
    clerk, path = site.visitor("giatuong.clerk"), f"/cases/{site.case_of('14401')}"
    clerk.press(path, f"{path}/actions/begin")
    wrong = {
        guess(anybody(site), tried, attempt, status=404).text.replace(tried, "…")
        for tried, attempt in [(code, "0000-0000"), ("KH-2017-9999", pin), (path.rpartition("/")[2], pin), (code, "")]
    }
    assert len(wrong) == 1


def test_what_was_not_handed_in_cannot_be_looked_up_even_with_its_pin(site: Site):
    _, path = drafting(site)
    code = path.rpartition("/")[2]
    with site.database.reading() as tx:
        row = lookups.find(tx, code)
    assert row is not None
    guess(anybody(site), code, pin_of("k" * 40, row.case_id, 0), status=404)


def test_guesses_at_one_case_are_refused_unread_after_some_even_the_right_one(site: Site):
    code, pin = handed_in(site)
    for number in range(FREE_GUESSES):
        guess(anybody(site), code, f"0000-{number:04}", status=404)
    assert "Đã nhập sai nhiều lần" in guess(anybody(site), code, pin, status=429).text


def test_guesses_from_one_address_are_refused_whatever_the_code(site: Site):
    for number in range(FREE_GUESSES_OF_ADDRESS):
        guess(anybody(site), f"KH-2017-{number:04}", "0000-0000", status=404)
    guess(anybody(site), "KH-2017-9999", "0000-0000", status=429)


def test_whoever_has_the_pin_may_look_as_often_as_they_like(site: Site):
    code, pin = handed_in(site)
    visitor = anybody(site)
    for _ in range(FREE_GUESSES + 2):
        guess(visitor, code, pin, status=200)


def test_looking_up_changes_no_case(site: Site):
    code, pin = handed_in(site)
    before = [line for line in site.digest().splitlines() if not line.startswith("throttle:")]
    guess(anybody(site), code, pin, status=200)
    assert [line for line in site.digest().splitlines() if not line.startswith("throttle:")] == before


# -- PINs


@pytest.mark.parametrize("typed", ["7F3K-92QD", "7f3k92qd", " 7F3K 92QD ", "7f3k.92qd"])
def test_a_pin_may_be_typed_with_or_without_its_dash(typed: str):
    assert is_pin(typed, "7F3K-92QD")


def test_letters_that_are_taken_for_digits_are_digits():
    assert is_pin("OIL1-0000", "0111-0000")
    assert not is_pin("7F3K-92QE", "7F3K-92QD")


def test_every_case_every_renewal_and_every_installation_has_pins_of_its_own():
    pins = [pin_of(secret, case, renewals) for secret in ("a", "b") for case in range(100) for renewals in range(5)]
    assert len(set(pins)) == len(pins)
