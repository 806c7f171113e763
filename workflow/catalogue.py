"""A catalogue of sentences: what the engine says to people, by code, in both languages, filled with facts.

Knows how a fact becomes words: a text its side, a day and a moment as people write them, several joined by commas.
Knows no sentence: those stand in the modules called `…_messages`, beside the code that says them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from workflow.values import Text

Language = Literal["vi", "en"]
NOTHING = "–"
"""What stands for an empty fact, so that no sentence has a hole."""


class Catalogue(dict[str, Text]):
    """Sentences by code; what stands in `{}` is the name of a fact. No code may stand in two of its tables."""

    __slots__ = ()

    def __init__(self, *tables: Mapping[str, Text]) -> None:
        super().__init__()
        for table in tables:
            twice = sorted(self.keys() & table.keys())
            if twice:
                raise ValueError(f"two sentences for {', '.join(twice)}")
            self.update(table)

    def say(self, code: str, language: Language, /, **facts: object) -> str:
        """Say the sentence of a code in one language."""
        sentence = in_language(self[code], language)
        return sentence.format_map({name: fact_in_words(fact, language) for name, fact in facts.items()})

    def text(self, code: str, /, **facts: object) -> Text:
        """Say the sentence of a code in both languages."""
        return Text(self.say(code, "vi", **facts), self.say(code, "en", **facts))


def in_language(text: Text, language: Language) -> str:
    """Return the side of a text that a person reads."""
    return text.en if language == "en" else text.vi


def fact_in_words(fact: object, language: Language) -> str:
    """Say a fact. A number stays as it is, for it may be a year or a line; who wants it grouped hands over words."""
    match fact:
        case str():
            return fact
        case Text():
            return in_language(fact, language)
        case datetime():
            return f"{fact:%H:%M %d/%m/%Y}"
        case date():
            return f"{fact:%d/%m/%Y}"
        case tuple() | list():
            return ", ".join(fact_in_words(item, language) for item in fact) or NOTHING
    return NOTHING if fact is None else str(fact)
