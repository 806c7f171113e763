"""What is not met is said in words, with the values that stand there now: every operator, macro and kind of fact."""

from pathlib import Path

import pytest
import yaml

from tests.support.scenes import actor, at, calendar, codes, does, paper, refused
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Place, Plan

FOLDER = Path(__file__).parent / "refusals_in_words"
LAW = (FOLDER / "probe.yaml").read_text(encoding="utf-8")
SAID = yaml.safe_load((FOLDER / "said.yaml").read_text(encoding="utf-8"))
CAST = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
GIVEN = {
    "days": 20,
    "money": 7_000_000,
    "rate": 55,
    "dec": "1.5",
    "until": "2017-10-20",
    "ok": False,
    "kind": "paid",
    "chief": {"name": "Lê Lan"},
    "place": 7,
    "doc": paper(),
    "nom": {"kind": "person", "name": "Lê Lan"},
    "text": "abc",
    "other": "2017-10-18",
    "rows": [{"n": 1, "k": "a", "d": "2017-10-17"}, {"n": 9, "k": "b", "d": "2017-10-19"}],
}


def scene_of(guard):
    scene = Scene(load(LAW.replace("'GUARD'", f"'{guard}'")), calendar(), CAST, at("2017-10-18 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    return scene


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["guard"])
def test_what_is_not_met_is_said_with_labels_and_present_values(said):
    scene = scene_of(said["guard"])
    refusal = refused(scene, "hoa", "go", **GIVEN)
    assert set(codes(refusal)) == {"unmet"}
    for language in ("vi", "en"):
        found = [sentence(one, language=language, definition=scene.definition) for one in refusal.reasons]
        assert "; ".join(one.partition(": ")[2].removesuffix(".") for one in found) == said[language]


def test_a_case_of_a_list_is_named_by_its_code():
    scene = scene_of("names.all(n, n.days > 30)")
    for number in (1, 2):
        assert isinstance(scene.open(actor(scene, "hoa")), Plan)
        does(scene, "hoa", "fill", case=number + 1, days=29 + number, kind="paid")
    given = {**GIVEN, "names": ["probe-3", "probe-2"]}
    (reason,) = refused(scene, "hoa", "go", **given).reasons
    said = sentence(reason, language="en", definition=scene.definition)
    assert said == "A condition is not met: case probe-2 of the list “names”: days (now 30) must be more than 30."
