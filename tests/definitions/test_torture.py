"""Whatever is written into a file that ships, the answer is what it says or a sentence with a place, never a trace."""

import random
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.scenes import ROOT, calendar, shipped
from workflow.error_messages import ERRORS
from workflow.errors import WorkflowError
from workflow.exchange import movements
from workflow.exchange.regimes import MalformedVocabulary, read_regimes
from workflow.exchange.shipped import tree
from workflow.exchange.tables import FaultyFile
from workflow.installation import shipping
from workflow.machine.calendar import calendar_of
from workflow.machine.calendar.working_days import CalendarFault
from workflow.machine.definition import DefinitionFaults
from workflow.machine.loading.loader import load
from workflow.machine.walks.runner import run
from workflow.storage.session import Database

FOLDER = ROOT / "definitions"
DUE = ("unit_plan", "review_report", "review_summary", "province_review")
KNOWN = movements.KnownForMovements(frozenset({"commune", "district"}), frozenset(), dict.fromkeys(DUE, frozenset()))
Reader = Callable[[bytes], object]


def calendar_in(source: bytes) -> object:
    found = tree(source, path="calendar.yaml")
    if not isinstance(found, dict):
        raise MalformedVocabulary("calendar.yaml", place="{…}")
    return calendar_of(found)


READERS: Mapping[str, tuple[str, Reader]] = {
    "definition": ("unit_plan/v1.yaml", lambda source: load(source, path="v1.yaml")),
    "walks": (
        "unit_plan/walks.yaml",
        lambda source: run(shipped("unit_plan"), source, calendar=calendar(), path="walks.yaml"),
    ),
    "regimes": ("regimes.yaml", lambda source: read_regimes(source, path="regimes.yaml")),
    "movement": ("ninh_binh/movement.yaml", lambda source: movements.read(source, name="movement.yaml", known=KNOWN)),
    "calendar": ("calendar.yaml", calendar_in),
    "kinds": ("kinds.yaml", lambda source: tree(source, path="kinds.yaml")),
    "roles": ("roles.yaml", lambda source: tree(source, path="roles.yaml")),
}


def text_of(kind: str) -> str:
    return (FOLDER / READERS[kind][0]).read_text("utf-8")


def said(error: WorkflowError) -> list[str]:
    """Every sentence of an error, in both languages."""
    if isinstance(error, DefinitionFaults):
        assert all(fault.line >= 1 and fault.column >= 1 for fault in error.faults)
        return [fault.sentence(language) for fault in error.faults for language in ("vi", "en")]
    if isinstance(error, FaultyFile):
        return [fault.line(language) for fault in error.faults for language in ("vi", "en")]
    if isinstance(error, CalendarFault):
        return [str(error)] if error.place and error.allowed else []
    assert isinstance(error, MalformedVocabulary)
    return [ERRORS.say(error.code, "vi", **error.facts)]


def answered(kind: str, source: bytes) -> WorkflowError | None:
    """Read a file; anything raised but an error with a sentence is a fault of ours."""
    try:
        READERS[kind][1](source)
    except (DefinitionFaults, FaultyFile, MalformedVocabulary, CalendarFault) as refused:
        error = refused
    else:
        return None
    assert_said(error)
    return error


def assert_said(error: WorkflowError) -> None:
    told = said(error)
    assert told
    assert all(told)


HEAD = "first: value\n"
TORTURE: Mapping[str, tuple[bytes, str, int]] = {
    "nothing": (b"", "empty", 1),
    "only a remark": (b"# nothing\n\n", "empty", 1),
    "a tag": (f"{HEAD}second: !!python/object:os.system x\n".encode(), "tag", 2),
    "a tag of the core": (f"{HEAD}second: !!int 3\n".encode(), "tag", 2),
    "an anchor and its alias": (f"{HEAD}second: &a [x]\nthird: *a\n".encode(), "anchor", 2),
    "an alias of nothing": (f"{HEAD}second: *nothing\n".encode(), "alias", 2),
    "a merge": (f"{HEAD}second: {{<<: {{a: b}}}}\n".encode(), "merge_key", 2),
    "a key given twice": (f"{HEAD}second: a\nsecond: b\n".encode(), "duplicate_key", 3),
    "a key of two spellings": ("é: a\ne\u0301: b\n".encode(), "duplicate_key", 2),
    "a key that is no text": (f"{HEAD}? [a, b]\n: c\n".encode(), "key_not_text", 2),
    "UTF-16": (HEAD.encode("utf-16"), "not_utf8", 1),
    "UTF-16 without its mark": (HEAD.encode("utf-16-le"), "hidden_character", 1),
    "Latin-1": (b"first: value\nsecond: \xe9\n", "not_utf8", 2),
    "ten megabytes": (b"a" * 10_000_000, "too_large", 1),
    "ten megabytes of rows": (b"".join(b"k%d: v\n" % n for n in range(1_000_000)), "too_large", 1),
    "a hundred thousand brackets": (b"[" * 100_000, "too_deep", 1),
    "a hundred thousand braces": (b"{a: " * 60_000, "too_deep", 1),
    "a deep ladder of dashes": (b"- " * 100_000, "too_deep", 1),
    "too many values": (b"[" + b"a," * 30_000 + b"]", "too_many_values", 1),
    "a second document": (f"{HEAD}---\nsecond: b\n".encode(), "second_document", 2),
    "a tabulator for indentation": (f"{HEAD}second:\n\tthird: a\n".encode(), "not_yaml", 3),
    "a bracket left open": (f"{HEAD}second: [a, b\n".encode(), "not_yaml", 3),
    "a quote left open": (f'{HEAD}second: "a\n'.encode(), "not_yaml", 3),
    "a text turned round": (f"{HEAD}second: a\u202eb\n".encode(), "hidden_character", 2),
    "a text turned round by an escape": (f'{HEAD}second: "a\\u202Eb"\n'.encode(), "hidden_character", 2),
    "a zero byte": (f"{HEAD}second: a\0b\n".encode(), "hidden_character", 2),
    "half a character": (f'{HEAD}second: "\\ud800"\n'.encode(), "not_yaml", 2),
    "a directive": (b"%TAG ! tag:x,2000:\n---\nfirst: !a b\n", "tag", 3),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("name", TORTURE)
def test_every_reader_refuses_what_is_dangerous_at_its_line(kind, name):
    source, code, line = TORTURE[name]
    with pytest.raises(DefinitionFaults) as refused:
        READERS[kind][1](source)
    found = {fault.code: fault.line for fault in refused.value.faults}
    assert code in found, found
    assert found[code] == line
    assert str(refused.value).partition(":")[0]
    assert said(refused.value)


@pytest.mark.parametrize("kind", READERS)
def test_marks_line_ends_and_the_form_of_letters_do_not_matter(kind):
    text = text_of(kind)
    twin = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert answered(kind, b"\xef\xbb\xbf" + twin.encode()) is None or answered(kind, text.encode()) is not None


@pytest.mark.parametrize(
    "written", ["no", "on", "off", "yes", "012", "0o14", "1:30", "1e3", "0x1F", ".inf", "2017-11-15", "1_0"]
)
def test_a_scalar_is_the_text_that_is_written(written):
    assert tree(f"key: {written}\n{written}: key\n", path="f.yaml") == {"key": written, written: "key"}


WORDS = "null ~ true no on 012 1:30 0x1F 2017-02-30 2017-11-15 !!int &a *a <<: 99999999999999999999 ế"
PIECES = [
    *"{}[],:|&*!%@`'\"#-?> \n\t\\",
    *WORDS.split(),
    *("\n---\n", "\n  ", "- ", ": ", "\u00a0", "\u0301", "{a: b}", "[a]", "''"),
]


def damaged(text: str, chance: random.Random) -> str:
    """Overwrite a place or two, or exchange words."""
    words = text.split(" ")
    for _ in range(chance.randint(0, 2)):
        words[chance.randrange(len(words))] = chance.choice([*words, *PIECES])
    text = " ".join(words)
    for _ in range(chance.randint(0, 2)):
        at, upto = chance.randrange(len(text)), chance.randint(0, 12)
        text = text[:at] + chance.choice(PIECES) + text[at + upto :]
    return text


def refusals(kind: str, seed: str, times: int) -> int:
    chance, text = random.Random(seed), text_of(kind)
    return sum(answered(kind, damaged(text, chance).encode()) is not None for _ in range(times))


@pytest.mark.parametrize("kind", [kind for kind in READERS if kind not in ("definition", "walks")])
def test_a_file_with_random_damage_is_read_or_refused_with_a_sentence(kind):
    assert refusals(kind, f"{kind} 1", 60) > 5


@pytest.mark.parametrize("kind", ["definition", "walks"])
def test_a_larger_file_with_random_damage_is_read_or_refused_with_a_sentence(kind):
    assert refusals(kind, f"{kind} 1", 15) > 3


@pytest.mark.long
@pytest.mark.parametrize("kind", READERS)
def test_thousands_of_damaged_files_are_read_or_refused_with_a_sentence(kind):
    assert refusals(kind, f"{kind} 2", 3_000 if kind != "walks" else 1_000) > 300


grown = st.recursive(
    st.sampled_from(["a", "no", "", "~", "1", "2017-01-01", "Họp | Meeting", "{", "3 wd"]).map(repr),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["title", "movement", "milestones", "days", "walks", "given", "valid", "covers", "office"]),
            inner,
            max_size=4,
        ).map(lambda parts: "{" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}"),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=40)
@given(source=grown)
def test_any_tree_is_read_or_refused_with_a_sentence(kind, source):
    answered(kind, source.encode())


@pytest.mark.parametrize("kind", ["kinds", "roles"])
def test_words_with_random_damage_are_kept_or_refused_with_a_sentence(kind, sqlite_url, tmp_path):
    database, chance = Database(sqlite_url), random.Random(kind)
    for name in ("kinds", "roles"):
        (tmp_path / f"{name}.yaml").write_text(text_of(name), "utf-8")
    for _ in range(40):
        (tmp_path / f"{kind}.yaml").write_text(damaged(text_of(kind), chance), "utf-8")
        assert_kept_or_said(database, tmp_path)
    database.close()


def assert_kept_or_said(database: Database, folder: Path) -> None:
    try:
        with database.writing() as tx:
            shipping.ship_vocabularies(tx, folder)
    except (DefinitionFaults, MalformedVocabulary) as error:
        assert_said(error)
