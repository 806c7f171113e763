"""Definitions in the manner of other systems: sound, and with walks as sharp as those of what ships."""

import jsonschema
import pytest

from tests.support.definition_schema import DEFINITIONS, SCHEMA, as_json
from tests.support.scenes import calendar
from trinh.mutation import mutated
from workflow.machine.checking import check
from workflow.machine.loading.loader import load
from workflow.machine.walks import watching
from workflow.machine.walks.runner import run

EXAMPLES = DEFINITIONS / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/v1.yaml"))


def text_of(name, file="v1.yaml"):
    return (EXAMPLES / name / file).read_text(encoding="utf-8")


def test_the_examples_are_those_of_the_papers():
    assert NAMES == ["change", "issue", "leave", "manuscript", "purchase"]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_without_any_finding_fits_the_schema_and_stays_a_page(name):
    definition = load(text_of(name))
    assert definition.name == name
    assert check(definition) == ()
    jsonschema.validate(as_json(text_of(name)), SCHEMA)
    assert len(text_of(name).splitlines()) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_its_walks_come_true_and_try_every_transition_refusal_and_answer_of_a_guard(name):
    definition, guards = watching(load(text_of(name)))
    report = run(definition, text_of(name, "walks.yaml"), calendar=calendar())
    assert report.sentences("en") == ()
    assert report.came_true
    assert guards.unanswered == ()


@pytest.mark.parametrize("name", NAMES)
def test_its_walks_notice_four_wrongs_of_five(name):
    report = mutated(load(text_of(name)), text_of(name, "walks.yaml"), calendar=calendar())
    assert len(report.noticed) > 20
    assert report.percent >= 80, [(one.operator, one.path, one.change) for one in report.survived]
