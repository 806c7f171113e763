"""Everything that ships says what later pages and letters say: a short name, a purpose, and what has been done."""

from pathlib import Path

import pytest

from workflow.machine.loading.loader import load

DEFINITIONS = Path(__file__).parents[2] / "definitions"
PATHS = sorted((*DEFINITIONS.glob("*/v*.yaml"), *DEFINITIONS.glob("examples/*/v*.yaml")))
LAWS = [load(path.read_bytes(), path=str(path)) for path in PATHS]
LONGEST_SHORT, LONGEST_PURPOSE, LONGEST_DONE = 24, 160, 60

every_law = pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)


def actions_of(law):
    return [action for state in law.states.values() for action in state.actions.values()]


def test_all_that_ships_is_looked_at():
    assert len(LAWS) >= 22
    assert sum(len(actions_of(law)) for law in LAWS) >= 230


@every_law
def test_a_short_name_fits_a_chip(law):
    assert law.short is not None
    assert max(len(words) for words in law.short) <= LONGEST_SHORT


@pytest.mark.parametrize("language", ["vi", "en"])
def test_short_names_tell_definitions_from_each_other(language):
    names = {law.name: getattr(law.short, language) for law in LAWS}.values()
    assert sorted(set(names)) == sorted(names)


@every_law
def test_a_purpose_is_one_sentence_that_tells_when_to_open_a_case(law):
    assert law.purpose is not None
    assert max(len(words) for words in law.purpose) <= LONGEST_PURPOSE
    for words, beginning in zip(law.purpose, ("Dùng ", "Use it "), strict=True):
        assert words.startswith(beginning)
        assert words.endswith(".")
        assert not set(words[:-1]) & set(".!?")


@every_law
def test_every_action_says_what_has_been_done(law):
    assert [action.name for action in actions_of(law) if action.done is None] == []


@every_law
def test_what_has_been_done_is_an_event_in_the_past_that_joins_who_did_it(law):
    said = [action.done for action in actions_of(law)]
    assert said
    assert [done.vi for done in said if not done.vi.startswith("Đã ")] == []
    assert [words for done in said for words in done if words.endswith(".") or len(words) > LONGEST_DONE] == []


@every_law
def test_what_has_been_done_is_neither_the_name_of_a_state_nor_that_of_an_action(law):
    labels = [state.label for state in law.states.values()] + [action.label for action in actions_of(law)]
    for language in ("vi", "en"):
        taken = {getattr(label, language).casefold() for label in labels}
        said = {getattr(action.done, language).casefold() for action in actions_of(law)}
        assert taken.isdisjoint(said), taken & said
