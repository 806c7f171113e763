"""Every page, every input, whatever is sent: an answer in words and never a fault of ours."""

import inspect
import re
import sys
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from tests.support.page_reading import Page
from tests.web import nasty
from tests.web.casting import KINDS, Cast, token_of

SIGNED_OUT = {"signing_in.leave"}
"""Who has signed out asks nothing more: `test_door` asks there."""
ALIVE = [kind for kind in KINDS if kind != "disabled"]
SHORT, LONG = 800, 8_000
ADMINISTRATORS = ("/admin", "/clock", "/movements")
FAULT = 500
ASKED = 1_000
BUSY = 503
BOTH = pytest.mark.parametrize("cast", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
LETTERS = partial(st.text, alphabet=st.characters(exclude_categories=["Cs"]))
texts = st.sampled_from(nasty.TEXTS) | LETTERS(max_size=40)
files = st.builds(nasty.file, st.sampled_from(nasty.FILES), st.sampled_from(nasty.FILE_NAMES))


class Fuzzed:
    """A site in the middle of its life, its routes, and the forms that its pages show to each visitor."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        cast.site.app.config["PROPAGATE_EXCEPTIONS"] = False
        self.rules = [rule for rule in cast.site.app.url_map.iter_rules() if rule.endpoint not in SIGNED_OUT]
        self.rules.sort(key=lambda rule: (rule.rule, rule.endpoint))
        self.forms = {kind: dict(self._forms_of(kind)) for kind in ALIVE}
        self.asked = {rule.endpoint: self._asked_by(rule.endpoint) for rule in self.rules}
        self.tokens = {kind: token_of(cast.visitors[kind]) for kind in ALIVE}

    def _forms_of(self, kind: str) -> Iterator[tuple[str, dict[str, object]]]:
        for route, path in self.cast.routes().items():
            if not route.startswith("GET") or "static" in route:
                continue
            answer = self.cast.visitors[kind].answer(path)
            if "html" in (answer.content_type or ""):
                for form in Page(answer.text).forms:
                    for target in (form.action, *form.buttons):
                        yield target.partition("?")[0], dict(form.values)

    def _asked_by(self, endpoint: str) -> tuple[str, ...]:
        view = sys.modules[self.cast.site.app.view_functions[endpoint].__module__]
        return nasty.input_names(inspect.getsource(view))

    def address(self, rule: Rule, drawn: st.DataObject) -> str:
        """An address of a route: what stands there, or something else in its place."""
        known = self.cast.names | ({"code": "nguoi-ngheo-2016-2020"} if rule.endpoint.startswith("movements.") else {})
        parts = {
            name: drawn.draw(texts) if drawn.draw(st.integers(0, 4)) == 0 else str(known[name])
            for name in rule.arguments
        }
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: quote(parts[part[1]], safe="", errors="replace"), rule.rule)

    def send(self, kind: str, method: str, address: str, typed: dict[str, object]) -> Iterator[str]:
        """Send a request, and say what was wrong with its answer."""
        typed = {**typed, "form_token": self.tokens[kind]} if method == "POST" else {}
        answer = self.cast.visitors[kind].client.open(address, method=method, data=typed, buffered=True)
        if (answer.status_code >= FAULT and answer.status_code != BUSY) or b"Traceback" in answer.data:
            yield f"{kind} {method} {address} {typed!r:.2000}: {answer.status_code}"


@pytest.fixture
def fuzzed(cast: Cast) -> Fuzzed:
    return Fuzzed(cast)


def ask(fuzzed: Fuzzed, drawn: st.DataObject) -> Iterator[str]:
    """Send one request that hardly anybody would send, and say what was wrong with its answer."""
    rule = drawn.draw(st.sampled_from(fuzzed.rules), label="route")
    kind = drawn.draw(st.sampled_from([*ALIVE, "admin", "admin", "unit A"]), label="visitor")
    path = fuzzed.address(rule, drawn)
    names = st.sampled_from(fuzzed.asked[rule.endpoint]) | LETTERS(max_size=12)
    asked = drawn.draw(st.dictionaries(names, texts.filter(lambda text: len(text) < ASKED), max_size=3), label="asked")
    address = f"{path}?{urlencode(asked, errors='replace')}"
    method = drawn.draw(st.sampled_from(sorted((rule.methods or set()) & {"GET", "POST"})), label="method")
    typed: dict[str, object] = {}
    if method == "POST":
        typed = dict(fuzzed.forms[kind].get(path, {}))
        inputs = st.sampled_from([*typed]) | names if typed else names
        typed |= drawn.draw(st.dictionaries(inputs, texts | files, max_size=5), label="typed")
    yield from fuzzed.send(kind, method, address, typed)


def faults_among(fuzzed: Fuzzed, *, examples: int) -> list[str]:
    """What went wrong among so many requests; each changes what the next one meets."""
    faults: list[str] = []

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(drawn: st.DataObject) -> None:
        faults.extend(ask(fuzzed, drawn))

    run()
    return faults


@BOTH
def test_whatever_is_sent_is_answered_in_words(fuzzed: Fuzzed):
    assert faults_among(fuzzed, examples=SHORT) == []


@pytest.mark.long
@BOTH
def test_whatever_is_sent_is_answered_in_words_for_long(fuzzed: Fuzzed):
    assert faults_among(fuzzed, examples=LONG) == []


def in_turn(fuzzed: Fuzzed) -> Iterator[str]:
    """Put each text into each input of each form and each address that somebody may send, one at a time."""
    for route, path in fuzzed.cast.routes().items():
        method, _, endpoint = route.partition(" ")
        if endpoint in SIGNED_OUT or endpoint == "static":
            continue
        kind = "admin" if path.startswith(ADMINISTRATORS) else "unit A"
        form = dict(fuzzed.forms[kind].get(path, {})) if method == "POST" else {}
        for name in {**form, **dict.fromkeys(fuzzed.asked[endpoint])}:
            for text in nasty.TEXTS:
                if method == "POST":
                    yield from fuzzed.send(kind, method, path, {**form, name: text})
                elif len(text) < ASKED:
                    yield from fuzzed.send(kind, method, f"{path}?{urlencode({name: text}, errors='replace')}", {})


@pytest.mark.long
@pytest.mark.timeout(3_600)
@BOTH
def test_each_input_takes_each_text_in_turn(fuzzed: Fuzzed):
    assert list(in_turn(fuzzed)) == []
