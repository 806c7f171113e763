"""How much a request may carry: refused before it is read, in words, with the limit named."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.support.page_reading import Page
from tests.support.site import Site, Visitor
from tests.support.site_plans import drafting, signing
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from web import limits

MEGABYTE = 1024 * 1024
FLOOD = b"a&" * (13 * MEGABYTE)
FORMS = "application/x-www-form-urlencoded"


class Counted(io.BytesIO):
    """A body that says how much of it was read."""

    read_bytes = 0

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        self.read_bytes += len(part)
        return part


def flood(visitor: Visitor, path: str, body: bytes = FLOOD) -> tuple[TestResponse, int]:
    coming = Counted(body)
    answer = visitor.client.post(path, input_stream=coming, content_length=len(body), content_type=FORMS)
    return answer, coming.read_bytes


def send_large(visitor: Visitor, page: str, target: str, **typed: object) -> TestResponse:
    """Send a form whose body the test's client would keep in a file that it leaves open."""
    values = visitor.page(page).form(target).values | {name.replace("__", "."): value for name, value in typed.items()}
    boundary, body = encode_multipart(values)
    return visitor.client.post(target, data=body, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/again", "/lookup", "/language", "/cases/KH-2017-0001/draft", "/x"]
)
def test_a_stranger_s_flood_is_refused_before_it_is_read(site: Site, path: str):
    answer, read = flood(Visitor(site.app.test_client()), path)
    assert answer.status_code == 413
    assert any(said in answer.text for said in ("Mỗi lần chỉ gửi được tối đa 8 kB", "64 kB và", "tối đa 25 MB"))
    # What is read is thrown away, so that a browser comes to see the page.
    assert read <= MEGABYTE


def test_a_session_that_never_was_opens_no_larger_door(site: Site):
    stranger = Visitor(site.app.test_client())
    stranger.client.set_cookie("trinh_session", "never")
    answer, read = flood(stranger, "/cases/KH-2017-0001/draft", FLOOD[: 20 * 1024])
    assert (answer.status_code, read) == (413, 20 * 1024)


def test_inputs_are_counted_before_they_are_taken_apart(site: Site, monkeypatch: pytest.MonkeyPatch):
    taken_apart: list[object] = []
    monkeypatch.setattr("werkzeug.formparser.parse_qsl", lambda *given, **_: taken_apart.append(given) or [])
    clerk, path = Visitor(site.app.test_client()), "/sign-in"
    answer, _ = flood(clerk, path, b"a&" * 4_000)
    assert answer.status_code == 413
    assert not taken_apart


def test_a_form_with_too_many_inputs_says_how_many_there_may_be(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    data = {"form_token": clerk.token()} | {f"x{number}": "1" for number in range(300)}
    for encoding in (FORMS, "multipart/form-data"):
        answer = clerk.client.post("/profile/settings", data=data, content_type=encoding)
        assert answer.status_code == 413
        assert "tối đa 64 kB và 200 mục" in answer.text


def test_a_text_that_is_too_long_is_refused_with_the_limit_in_the_visitor_s_language(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    sent = {"form_token": clerk.token(), "paper": "x" * 5_001}
    before = site.digest()
    answer = clerk.client.post("/profile/substitutions", data=sent)
    assert answer.status_code == 422
    assert "dài quá 5.000 ký tự" in answer.text
    clerk.press("/profile", "/profile/language", language="en")
    assert "longer than 5,000 characters" in clerk.client.post("/profile/substitutions", data=sent).text
    assert site.digest().replace("'en'", "'vi'") == before.replace("'en'", "'vi'")


def test_a_long_text_in_a_case_is_named_beside_its_field_and_stays_to_be_shortened(site: Site):
    clerk, path = drafting(site)
    answer = clerk.press(path, f"{path}/actions/send", f__launch="20/11/2017", f__contact__name="x" * 400_000)
    assert answer.status_code == 422
    assert "500" in Page(answer.text).text
    assert "x" * 400_000 in answer.text


def test_a_body_of_five_megabytes_of_text_is_refused_where_files_of_that_size_are_not(site: Site):
    head, path = signing(site)
    typed = {"f__plan__symbol": "x" * (5 * MEGABYTE)}
    assert send_large(head, path, f"{path}/actions/sign", **typed).status_code == 413
    paper = {"f__plan__file": FileStorage(io.BytesIO(b"%PDF-1.7\n" + b"x" * (5 * MEGABYTE)), "Kế hoạch.pdf")}
    assert send_large(head, path, f"{path}/actions/sign", **paper).status_code == 422


def test_an_import_is_as_large_as_a_table_may_be(site: Site):
    admin = site.visitor("admin")
    large = FileStorage(io.BytesIO(b"x" * (6 * MEGABYTE)), "units.csv")
    answer = send_large(admin, "/admin/units/import", "/admin/units/import", file=large)
    assert answer.status_code == 413
    assert "Tệp 7 MB, tối đa 5 MB" in answer.text


def test_a_definition_may_be_long_but_not_endless(site: Site):
    admin = site.visitor("admin")
    admin.press("/admin/definitions", "/admin/definitions/unit_plan/draft/begin")
    path = "/admin/definitions/unit_plan/draft"
    assert admin.press(path, path, text="# đ\n" * 40_000).status_code == 303
    assert admin.press(path, path, text="# đ\n" * 90_000).status_code == 413


def test_addresses_and_searches_have_an_end(site: Site):
    admin = site.visitor("admin")
    assert admin.answer("/cases?words=" + "a+" * 99).status_code == 200
    for path in ("/cases", "/admin/people", "/admin/units", "/people/choices/substitute"):
        name = "substitute.words" if "choices" in path else "words"
        answer = admin.answer(f"{path}?{name}=" + "a+" * 101)
        assert answer.status_code == 422
        assert "dài quá 200 ký tự" in answer.text
    assert admin.answer("/cases?state=" + "a" * 5_000).status_code == 414


def test_only_as_many_words_are_looked_for_as_say_something(site: Site):
    admin = site.visitor("admin")
    ten = "cuc phuong ke hoach" + " a" * 6
    assert admin.answer(f"/cases?words={ten} zzzz qqqq".replace(" ", "+")).status_code == 200


@pytest.mark.parametrize(
    ("target", "field", "most"),
    [
        ("/admin/people/new", "title_vi", 200),
        ("/admin/people/new", "phone", 32),
        ("/admin/calendar?year=2017", "source", 200),
    ],
)
def test_texts_of_the_organisation_say_beside_their_input_how_long_they_may_be(
    site: Site, target: str, field: str, most: int
):
    admin = site.visitor("admin")
    people = {"username": "moi", "full_name": "Người Mới"}
    day = {"on_date": "22/12/2017", "kind": "holiday", "name_vi": "Ngày nghỉ", "name_en": "Day off"}
    typed = (people if "people" in target else day) | {field: "x" * (most + 1)}
    answer = admin.press(target, target, **typed)
    assert answer.status_code == 422
    assert f"Dài quá {most} ký tự." in answer.text


def test_every_limit_is_of_a_route_that_is_there(site: Site):
    sent = {rule.endpoint for rule in site.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert set(limits.BY_ROUTE) <= sent
