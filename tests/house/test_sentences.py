"""What people read: every sentence of the engine stands in a catalogue, is whole in both languages, and is said."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sayings import RAISED, SAID, calls, catalogues, holds_sentences, sayings, source
from tests.house.tree import ROOMS, modules, name, parsed

# What the demonstration plays is data; a revision is a record of one day.
NO_SENTENCES = ("trinh/demo/", "workflow/storage/migrations/")

# Searched one after the other for a code, so a code stands in one of them only.
SEARCHED = ("error_messages.ERRORS", "reason_messages.REASONS", "command_messages.COMMANDS")

# Words without a Vietnamese syllable's form: names of formats and programs, and what is typed into files and commands.
FOREIGN = {
    "MB", "kB", "byte", "PDF", "DOCX", "XLSX", "PNG", "JPEG", "CSV", "csv", "xls", "xlsx", "YAML", "yaml", "Word",
    "Excel", "Unicode", "VNI", "macro", "Ctrl", "C", "KT", "TL", "TUQ", "n", "z", "dd", "mm", "yyyy",
    "until", "before", "people", "given", "values", "basis", "has", "wd", "days", "date", "false", "who", "does",
    "params", "list", "units", "import", "add", "role", "admin", "migrate", "movement", "regime", "walks", "PORT",
    "look", "as", "open", "next", "case", "save", "yes",
}  # fmt: skip
SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ng?h?|ph?|qu|r|s|t[hr]?|v|x)?"
    r"(?:[aeiouy]{1,2}(?:c|ch|m|n|ng|nh|p|t)?|oai|oay|uoi|yeu|ieu|uya|uye[nt]|ie[mnpt]|uong?)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\{\w*\}|\[[^]]*\]")


FEWEST = 8
# A right that fails is said with the facts of whoever asked for it.
UNFILLED = "workflow/machine/case/rights.py"
# Definitions name their own results; these are the names that most of them use.
OF_DEFINITIONS = {"naming_messages.RESULTS"}


def sentences() -> Iterator[tuple[str, str, str]]:
    for catalogue, table in catalogues().items():
        for code, text in table.items():
            yield f"{catalogue} {code}", text.vi, text.en


def places(sentence: str) -> set[str]:
    return {place for _, place, _, _ in string.Formatter().parse(sentence) if place is not None}


def test_sentences_stand_in_the_modules_of_messages_alone():
    strays = [
        f"{name(path)}:{node.lineno}"
        for path in modules(*ROOMS)
        if not holds_sentences(path) and not name(path).startswith(NO_SENTENCES)
        for node in ast.walk(parsed(path))
        if calls(node, "Catalogue") or (calls(node, "Text") and any(written(part) for part in node.args))
    ]
    assert strays == []
    assert len(catalogues()) > 20


def written(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)


def test_every_table_of_a_module_of_messages_is_in_a_catalogue():
    texts = {text for table in catalogues().values() for text in table.values()}
    lost = [
        f"{name(path)}:{node.lineno}"
        for path in modules(*ROOMS)
        if holds_sentences(path)
        for node in ast.walk(parsed(path))
        if calls(node, "Text") and tuple(map(ast.literal_eval, node.args)) not in texts
    ]
    assert lost == []


def test_no_code_stands_twice():
    tables = [
        table for path in modules(*ROOMS) if holds_sentences(path) for table in ast.walk(parsed(path))
        if isinstance(table, ast.Dict)
    ]  # fmt: skip
    keys = [[ast.unparse(key) for key in table.keys if key] for table in tables]
    assert [key for table in keys for key in table if table.count(key) > 1] == []
    searched = [code for catalogue in SEARCHED for code in catalogues()[catalogue]]
    assert [code for code in searched if searched.count(code) > 1] == []


def test_every_sentence_is_there_in_both_languages():
    assert [sentence for sentence, vi, en in sentences() if not vi.strip() or not en.strip()] == []
    same = [sentence for sentence, vi, en in sentences() if vi == en and re.search(r"[^\W\d_]{2}", QUOTED.sub("", vi))]
    assert same == ["expression_messages.UNITS money", "play_messages.PLAY may"]


def test_both_languages_name_the_same_facts_and_end_alike():
    different = [sentence for sentence, vi, en in sentences() if places(vi) != places(en)]
    assert different == ["expression_messages.PHRASES count"]  # English does without a word for the row.
    assert [sentence for sentence, vi, en in sentences() if vi.endswith(".") != en.endswith(".")] == []


def test_a_place_for_a_fact_is_its_plain_name():
    odd = [
        sentence
        for sentence, *sides in sentences()
        for side in sides
        for text, place, form, turned in string.Formatter().parse(side)
        if "{" in text or "}" in text or form or turned or (place is not None and not place.isidentifier())
    ]
    assert odd == []


def test_vietnamese_has_no_english_in_it():
    foreign = {
        word: sentence
        for sentence, vi, _ in sentences()
        for word in re.findall(r"(?<![\w-])[A-Za-z]+(?![\w-])", QUOTED.sub(" ", vi))
        if not SYLLABLE.fullmatch(word) and word not in FOREIGN
    }
    assert foreign == {}


def test_every_code_that_is_said_has_its_sentence():
    mute = [
        f"{saying.place} {saying.code}" for saying in sayings() if saying.code not in catalogues()[saying.catalogue]
    ]
    assert mute == []


def test_the_codes_of_every_room_are_seen():
    seen = {said.catalogue: 0 for said in SAID} | dict.fromkeys(catalogues(), 0)
    for saying in sayings():
        seen[saying.catalogue] += 1
    assert {said.catalogue for said in SAID if seen[said.catalogue] < FEWEST} == set()


def test_whoever_says_a_code_gives_the_facts_of_its_sentence():
    lacking = {
        f"{saying.place} {saying.code}": wanted
        for saying in sayings()
        if saying.facts is not None and not saying.place.startswith(UNFILLED)
        if (wanted := places(catalogues()[saying.catalogue][saying.code].vi) - saying.facts)
    }
    assert lacking == {}


@pytest.mark.parametrize("catalogue", sorted(catalogues().keys() - OF_DEFINITIONS))
def test_every_sentence_is_said_somewhere(catalogue: str):
    raised = tuple({room for said in SAID if said.catalogue == catalogue in RAISED for room in said.rooms})
    sources = [source(path) for path in modules(*ROOMS) if is_said_in(path, raised)]
    words = {word for module in sources for word in module.written}
    patterns = [re.compile(written) for written in {written for module in sources for written in module.patterns}]
    unsaid = [
        code
        for code in catalogues()[catalogue]
        if code not in words and not any(written.fullmatch(code) for written in patterns)
    ]
    assert unsaid == []


def is_said_in(path: Path, rooms: tuple[str, ...]) -> bool:
    return not holds_sentences(path) and (not rooms or name(path).startswith(rooms))
