"""What real definitions need can be said: for each need one tiny definition, sound, with walks that show it.

Beside: `needs/NAME.yaml`, its first line names the need; `NAME.walks.yaml`; `NAME.OTHER.yaml` where cases of others
take part.
"""

from pathlib import Path

import jsonschema
import pytest

from tests.support.definition_schema import SCHEMA, as_json
from tests.support.scenes import calendar
from workflow.machine.checking import check, check_family
from workflow.machine.drawing.diagram import draw
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.walks.runner import run

FOLDER = Path(__file__).parent / "needs"
NEEDED = {
    "members by rule over the tree",
    "an act on another's closed case",
    "amount by category gives the group",
    "a ballot line per name and a paper count typed in",
    "who may see a case: blind review",
    "budgets in calendar days beside working days, and an extension",
    "a conversion into another kind, with its papers and a link (lower form, W6 to W3)",
    "who may see a case: embargo",
    "leader then tester for one arrow, with a competing re-open",
    "levels only some units have",
    "a suspended member whose list moved on joins a new list, linked `continues`",
    "approvers looked up by cost centre and level",
    "a sibling that opens when the previous one closes",
    "a reservation that shows before the act that all places are taken",
    "notice and opinions at once",
    "one list that drives many existing cases",
    "one sitting and one minute for many cases",
    "routing by what changed since the last approval",
    '"overdue" as a fact, not a state',
    "papers due after the decision",
    "a party without an account",
    "who may see a case: public notice",
    "the same approver again",
    "a second return that needs the head",
    "a correction that makes the parent stale",
    "totals",
    "valid from–to",
    "warnings that do not block",
    "weekly repeats",
}
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml") if "." not in path.stem)


def text_of(name):
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def family_of(name):
    """The definition of a need and those that take part, by name."""
    files = [path for path in FOLDER.glob(f"{name}.*.yaml") if not path.stem.endswith(".walks")]
    return {law.name: law for law in (load(text_of(name)), *(load(path.read_text(encoding="utf-8")) for path in files))}


def test_every_need_has_its_definition_and_nothing_else_is_here():
    assert {text_of(name).partition("\n")[0].removeprefix("# ") for name in NAMES} == NEEDED


@pytest.mark.parametrize("name", NAMES)
def test_it_is_tiny_and_without_error(name):
    laws = family_of(name)
    assert name in laws
    for law in laws.values():
        assert [finding.sentence("en") for finding in check(law) if finding.severity != "warning"] == []
        jsonschema.validate(as_json(law.text), SCHEMA)
        assert len(law.text.splitlines()) <= 45
    found = [(of, one.sentence("en")) for of, all_of in check_family(laws).items() for one in all_of]
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_its_walks_come_true(name):
    laws = family_of(name)
    report = run(laws[name], text_of(f"{name}.walks"), calendar=calendar(), path=name, family={**laws})
    assert report.results
    assert report.came_true, report.sentences("en")


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_told_and_drawn_for_those_who_must_agree(name):
    family = family_of(name)
    assert family
    for law in family.values():
        assert all(explain(law, language=language).startswith("# ") for language in ("vi", "en"))
        assert draw(law, language="both").startswith("<svg")
