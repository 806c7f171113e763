"""A definition that is sound under its own figures may strand a case under those of a regime; the verifier says so."""

import pytest

from tests.support.figured_definitions import LEAVE_THAT_MAY_STRAND
from tests.support.small_definition import findings_of
from workflow.machine.case import pinned
from workflow.machine.checking import check
from workflow.machine.checking.rules.regimes import under
from workflow.machine.loading.loader import load
from workflow.values import Figure


def under_a_regime(law, **figures):
    definition = load(law)
    pins = pinned(definition, [Figure("regime", name, (), value, "NĐ") for name, value in figures.items()], regime="nd")
    return check(definition, regimes={"nd": pins})


def test_it_is_sound_under_figures_that_let_every_case_end():
    assert findings_of(LEAVE_THAT_MAY_STRAND) == ()
    assert under_a_regime(LEAVE_THAT_MAY_STRAND, most=3) == ()
    assert under_a_regime(LEAVE_THAT_MAY_STRAND, most=9, notice=True) == ()


@pytest.mark.parametrize(("figures", "code"), [({"most": 9}, "may_get_stuck"), ({"most": 4}, "may_get_stuck")])
def test_a_figure_under_which_no_way_out_remains_is_found_with_the_way_to_it(figures, code):
    (finding,) = under_a_regime(LEAVE_THAT_MAY_STRAND, **figures)
    assert (finding.code, finding.severity) == (code, "error")
    assert finding.steps
    assert finding.sentence("en").startswith("With the figures of “nd”: ")
    assert finding.sentence("vi").startswith("Với các con số của “nd”: ")


def test_a_definition_stuck_under_its_own_figures_is_found():
    found = findings_of(LEAVE_THAT_MAY_STRAND.replace("most: {is: integer, else: 2", "most: {is: integer, else: 9"))
    assert [finding.code for finding in found] == ["may_get_stuck"]


def test_figures_are_written_into_guards_and_dues_and_nowhere_else():
    definition = under(load(LEAVE_THAT_MAY_STRAND), {"most": 7, "wait": 9, "notice": True})
    actions = definition.states["asked"].actions
    assert actions["grant"].alternatives[0].when.source == "times(send) > (7)"
    assert actions["return"].alternatives[0].when.source == "times(return) < 3 || true"
    assert definition.clocks["answer"].due.count == 9
    assert definition.text == LEAVE_THAT_MAY_STRAND
