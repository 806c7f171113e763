"""How a sentence gets its facts: a fact becomes words in the language that is asked for."""

from datetime import UTC, date, datetime

import pytest

from workflow.catalogue import Catalogue
from workflow.errors import NotAllowed
from workflow.values import Text

SENTENCES = Catalogue(
    {"said": Text("Có {fact}.", "There is {fact}."), "of": Text("{code} {language}", "{language} {code}")}
)
FACTS = [
    ("abc", "Có abc.", "There is abc."),
    (2017, "Có 2017.", "There is 2017."),
    (date(2017, 11, 5), "Có 05/11/2017.", "There is 05/11/2017."),
    (datetime(2017, 11, 5, 8, 3, tzinfo=UTC), "Có 08:03 05/11/2017.", "There is 08:03 05/11/2017."),
    (Text("đơn vị", "a unit"), "Có đơn vị.", "There is a unit."),
    ((Text("một", "one"), date(2017, 11, 5)), "Có một, 05/11/2017.", "There is one, 05/11/2017."),
    ([], "Có –.", "There is –."),
    (None, "Có –.", "There is –."),
]


@pytest.mark.parametrize(("fact", "vietnamese", "english"), FACTS)
def test_a_fact_becomes_words_in_the_language_asked_for(fact: object, vietnamese: str, english: str):
    assert SENTENCES.text("said", fact=fact) == Text(vietnamese, english)
    assert SENTENCES.say("said", "vi", fact=fact) == vietnamese


def test_facts_may_be_called_as_the_inputs_of_saying_are():
    assert SENTENCES.say("of", "en", code="a", language="b") == "b a"


def test_a_sentence_without_its_facts_is_no_sentence():
    with pytest.raises(KeyError):
        SENTENCES.say("said", "vi")


def test_two_tables_with_one_code_are_no_catalogue():
    with pytest.raises(ValueError, match="two sentences for said"):
        Catalogue(SENTENCES, {"said": Text("Một.", "One.")})


def test_an_error_says_itself():
    assert NotAllowed("only_administrators").sentence("en") == "Only administrators may do this."
