"""Whatever is written into a definition, the answer is a definition or a list of faults, and what loads is checked."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small_definition import leave, shipped
from workflow.machine.checking import check
from workflow.machine.definition import DefinitionFaults
from workflow.machine.drawing.diagram import draw
from workflow.machine.loading.loader import load

WORDS = "null ~ true back link system else all draft clerk &a !!int [[[[ }}}} 0x1 1e9 ... ế"
PIECES = [
    *"{}[],:|&*!%@`'\"#-?> \n\t\\",
    *WORDS.split(),
    *("3 wd", "until x", "then 5 wd", "days > 3", "- ", "\n---\n", "\u00a0", "\u0301", "<<: *a", "when: ", "to: "),
]
TEXTS = {"small": leave(), **{name: shipped(name) for name in ("unit_plan", "award_nomination")}}


def answers(text):
    """Load, check and draw: anything raised but DefinitionFaults is a fault of ours."""
    law, faults = loaded(text)
    found = (*faults, *(check(law) if law else ()))
    assert law or faults
    assert all(finding.sentence("vi") and finding.sentence("en") for finding in found)
    if law:
        draw(law, language="vi")


def loaded(text):
    try:
        return load(text), ()
    except DefinitionFaults as refused:
        return None, refused.faults


@given(st.one_of(st.text(max_size=400), st.binary(max_size=400)))
def test_anything_is_answered(source):
    answers(source)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("seed", range(4))
def test_a_definition_with_random_damage_is_answered(name, seed):
    chance = random.Random(f"{name}{seed}")
    for _ in range(60):
        text = TEXTS[name]
        for _ in range(chance.randint(1, 3)):
            at, upto = chance.randrange(len(text)), chance.randint(0, 12)
            text = text[:at] + chance.choice(PIECES) + text[at + upto :]
        answers(text)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("seed", range(4))
def test_a_definition_with_words_exchanged_is_answered(name, seed):
    chance = random.Random(f"{name}{seed}")
    for _ in range(60):
        words = TEXTS[name].split(" ")
        for _ in range(chance.randint(1, 3)):
            words[chance.randrange(len(words))] = chance.choice(words)
        answers(" ".join(words))
