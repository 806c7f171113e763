"""Who is let in, and what every answer carries."""

import json
import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.support.page_reading import Page
from tests.support.site import PASSWORD, Site
from tests.support.small_province import NOW
from tests.support.statement_counts import PREPARES, count_statements
from tests.web.casting import Cast
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from web.headers import DOCUMENT_POLICY, POLICY
from workflow.organisation import people

OPEN_TO_SEND = {"signing_in.enter", "signing_in.enter_again", "signing_in.speak", "lookup.find"}
OPEN = {
    "static",
    "health.healthz",
    "signing_in.form",
    "signing_in.mark",
    "one_time_links.forgotten",
    "one_time_links.page",
    "signing_in.present",
    "lookup.form",
    "profile.calendar",
    *OPEN_TO_SEND,
}
SOMETHING = {
    "code": "KH-2017-0001",
    "token": "x",
    "name": "unit_plan",
    "text_hash": "0" * 64,
    "action": "send",
    "filename": "x",
}


def routes(app: Flask, method: str) -> list[tuple[Rule, str]]:
    with app.test_request_context():
        return [(rule, _address(app, rule)) for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def _address(app: Flask, rule: Rule) -> str:
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, {it: SOMETHING.get(it, 1) for it in rule.arguments}, method=None)


def test_only_the_listed_pages_open_without_signing_in(site: Site):
    stranger = site.app.test_client()
    answers = {rule.endpoint: stranger.get(address, buffered=True) for rule, address in routes(site.app, "GET")}
    turned_away = {it for it, answer in answers.items() if answer.headers.get("Location", "").startswith("/sign-in")}
    assert set(answers) - turned_away == OPEN - OPEN_TO_SEND


def test_every_changing_page_refuses_a_form_without_its_token(site: Site):
    admin = site.visitor("admin")
    answers = {rule.endpoint: admin.client.post(address).status_code for rule, address in routes(site.app, "POST")}
    assert set(answers.values()) == {400}


def test_every_changing_page_refuses_another_site(site: Site):
    admin = site.visitor("admin")
    cross = {"Sec-Fetch-Site": "cross-site"}
    form = {"form_token": admin.token()}
    answers = [admin.client.post(address, data=form, headers=cross) for _, address in routes(site.app, "POST")]
    assert {answer.status_code for answer in answers} == {403}


def test_a_token_of_another_session_is_refused(site: Site):
    admin, other = site.visitor("admin"), site.visitor("admin")
    assert admin.client.post("/sign-out", data={"form_token": other.token()}).status_code == 400


PAGE = {
    "Content-Security-Policy": POLICY,
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Vary": "Cookie",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
SHUT_IN = {"Content-Security-Policy": DOCUMENT_POLICY, "Content-Type": "application/pdf"}


@pytest.mark.parametrize(
    ("path", "differing"),
    [
        ("/", {}),
        ("/sign-in", {}),
        ("/no-such-page", {}),
        ("/admin", {}),
        ("/cases/KH-2017-9999", {}),
        ("/healthz", {"Content-Type": "application/json"}),
        ("/mark.svg", {"Content-Type": "image/svg+xml; charset=utf-8"}),
        ("/static/app.css", {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "no-cache", "Vary": None}),
        ("/documents/{token}", SHUT_IN),
    ],
)
def test_every_answer_carries_the_security_headers(cast: Cast, path: str, differing: dict[str, str | None]):
    headers = cast.visitors["unit A"].answer(path.format(**cast.names)).headers
    assert {name: headers.get(name) for name in PAGE} == PAGE | differing


def test_no_policy_lets_scripts_in_that_are_not_ours():
    assert "unsafe" not in POLICY + DOCUMENT_POLICY
    assert "default-src 'none'" in POLICY


@pytest.mark.parametrize("content_type", ["text/plain", "application/json"])
def test_a_form_that_is_none_is_refused(site: Site, content_type: str):
    admin = site.visitor("admin")
    body = json.dumps({"form_token": admin.token(), "date": "20/11/2017"})
    before = site.digest()
    for _, address in routes(site.app, "POST"):
        assert admin.client.post(address, data=body, content_type=content_type).status_code == 400, address
    assert site.digest() == before


def test_behind_tls_the_cookie_is_bound_to_the_host(open_site):
    site = open_site(secure=True)
    client = site.app.test_client()
    page = Page(client.get("/sign-in", base_url="https://localhost").text)
    form = page.form("/sign-in").values | {"username": "admin", "password": PASSWORD}
    answer = client.post("/sign-in", data=form, base_url="https://localhost")
    cookie = next(it for it in answer.headers.getlist("Set-Cookie") if it.startswith("__Host-trinh="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Strict-Transport-Security" in answer.headers


def test_behind_tls_every_cookie_is_bound_to_the_host(open_site):
    client = open_site(secure=True).app.test_client()
    here = {"base_url": "https://localhost"}
    form = Page(client.get("/sign-in", **here).text).form("/sign-in").values
    set_there = client.get("/sign-in", **here).headers.getlist("Set-Cookie")
    spoken = {"form_token": form["form_token"], "language": "en"}
    set_there += client.post("/language", data=spoken, **here).headers.getlist("Set-Cookie")
    client.post("/sign-in", data=form | {"username": "admin", "password": PASSWORD}, **here)
    page = Page(client.get("/profile", **here).text).form("/profile/settings").values
    set_there += client.post("/profile/settings", data=page, **here).headers.getlist("Set-Cookie")
    names = {cookie.partition("=")[0] for cookie in set_there}
    assert {"__Host-language", "__Host-trinh_said"} <= names
    assert [cookie for cookie in set_there if not (cookie.startswith("__Host-") and "Secure" in cookie)] == []


@pytest.mark.parametrize("again", ["/sign-in", "/sign-in/again"])
def test_signing_in_once_more_ends_the_session_that_the_browser_had(site: Site, again: str):
    admin = site.visitor("admin")
    before = admin.client.get_cookie("trinh_session").value
    form = {"form_token": admin.token(), "username": "admin", "password": PASSWORD}
    assert admin.client.post(again, data=form).status_code in (200, 303)
    after = admin.client.get_cookie("trinh_session").value
    assert after != before
    admin.client.set_cookie("trinh_session", before)
    assert admin.answer("/").status_code == 303
    admin.client.set_cookie("trinh_session", after)
    assert admin.answer("/").status_code == 200


def test_a_wrong_password_and_an_unknown_name_answer_alike(site: Site):
    def refused(username: str) -> tuple[int, str]:
        client = site.app.test_client()
        form = Page(client.get("/sign-in").text).form("/sign-in").values
        answer = client.post("/sign-in", data=form | {"username": username, "password": "sai mật khẩu"})
        return answer.status_code, Page(answer.text).text

    assert refused("cucphuong.clerk") == refused("nobody.at.all")


def test_guessing_is_slowed_down(site: Site):
    client = site.app.test_client()
    form = Page(client.get("/sign-in").text).form("/sign-in").values | {"username": "admin", "password": "sai"}
    statuses = [client.post("/sign-in", data=form).status_code for _ in range(7)]
    assert statuses[0] == 403
    assert statuses[-1] == 429


def test_signing_in_again_makes_another_session_and_signing_out_ends_it(site: Site):
    first, second = site.visitor("admin"), site.visitor("admin")
    tokens = [it.client.get_cookie("trinh_session").value for it in (first, second)]
    assert tokens[0] != tokens[1]
    assert first.press("/", "/sign-out").status_code == 303
    first.client.set_cookie("trinh_session", tokens[0])
    assert first.answer("/").status_code == 303
    assert second.answer("/").status_code == 200


def test_a_deactivated_person_is_out_at_once(site: Site):
    clerk = site.visitor("cucphuong.clerk")
    with site.database.writing() as tx:
        people.deactivate(tx, site.stage.people["cucphuong.clerk"], person_id=None, now=NOW)
    assert clerk.answer("/").status_code == 303


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "/a\r\nX: y", ""]
)
def test_signing_in_leads_nowhere_else(site: Site, wanted: str):
    client = site.app.test_client()
    form = Page(client.get("/sign-in").text).form("/sign-in").values
    answer = client.post("/sign-in", data=form | {"username": "admin", "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"]
)
@pytest.mark.parametrize("target", ["/profile/language", "/clock/next-working-day"])
def test_a_form_leads_back_to_our_own_pages_only(site: Site, target: str, wanted: str):
    admin = site.visitor("admin")
    answer = admin.client.post(target, data={"form_token": admin.token(), "next": wanted, "language": "vi"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("nonsense", ["9" * 30, "-1", "%00", "..%2fa'b%F0%9F%8E%8B"])
def test_addresses_that_nobody_wrote_are_answered_in_words(site: Site, nonsense: str):
    admin = site.visitor("admin")
    asked = ("after", "before", "year", "branch", "kind", "state", "words", "definition", "next")
    query = "&".join(f"{name}={nonsense}" for name in asked)
    pages = [str(rule) for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    assert pages
    for page in pages:
        path = re.sub("<[^>]*>", nonsense, page)
        assert admin.answer(f"{path}?{query}").status_code in (200, 303, 400, 404, 422, 503), path


def test_signing_in_leads_where_one_wanted_to_go(site: Site):
    client = site.app.test_client()
    turned = client.get("/cases?words=cuc")
    form = Page(client.get(turned.headers["Location"]).text).form("/sign-in").values
    answer = client.post("/sign-in", data=form | {"username": "admin", "password": PASSWORD})
    assert answer.headers["Location"] == "/cases?words=cuc"


def test_an_unknown_host_is_refused(open_site):
    site = open_site(trusted_hosts=("localhost",))
    assert site.app.test_client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_health_says_what_is_missing(site: Site):
    answer = site.app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json["checks"]["database"] == "alive"
    assert answer.json["checks"]["worker"] == "never seen"


def test_a_fault_of_ours_shows_a_sentence_and_nothing_else(site: Site):
    site.app.config["PROPAGATE_EXCEPTIONS"] = False

    @site.app.get("/broken")
    def broken() -> str:
        raise RuntimeError("secret detail")

    answer = site.visitor("admin").answer("/broken")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text


def test_a_page_asks_for_each_thing_once(site: Site):
    visitor = site.visitor("cucphuong.clerk")
    visitor.answer("/")
    with count_statements(site.database) as said:
        visitor.answer("/")
    # Who asks, with the clock and what holds at present; kept views, what is put off, what waits, how many
    # wait, how many are unread, what was set.
    assert [each for each in said if each != PREPARES] == ["BEGIN", *["SELECT"] * 7, "COMMIT"]
