"""Later versions of what ships: sound, with walks of their own that go everywhere, and what the plan's second says."""

import pytest

from tests.house.tree import ROOT
from tests.support.scenes import calendar, family
from workflow.machine.checking import check_text
from workflow.machine.loading.loader import load
from workflow.machine.walks.runner import run

DEFINITIONS = ROOT / "definitions"
LATER = sorted(str(path.relative_to(DEFINITIONS)) for path in DEFINITIONS.glob("*/v*.yaml") if path.name != "v1.yaml")


def walked(version):
    path = DEFINITIONS / version
    walks = path.with_name(f"walks-{path.name}").read_text("utf-8")
    definition = load(path.read_text("utf-8"), path=version)
    return run(definition, walks, calendar=calendar(), path=version, family=family(definition.name))


def test_there_are_later_versions():
    assert LATER == ["review_report/v2.yaml", "unit_plan/v2.yaml", "unit_plan/v3.yaml"]


@pytest.mark.parametrize("version", LATER)
def test_the_walks_of_a_later_version_come_true_and_go_everywhere(version):
    report = walked(version)
    assert report.sentences("en") == ()
    assert (report.coverage.untried, report.coverage.unrefused) == ((), ())


@pytest.mark.parametrize("version", LATER)
def test_a_later_version_is_sound(version):
    assert check_text((DEFINITIONS / version).read_text("utf-8")) == ()
