"""Figures by layer: the movement before the province before the regime before the definition, whatever the keys."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figured_definitions import LEAVE_WITH_QUOTA
from tests.support.scenes import at, calendar
from tests.support.small_definition import faults_of, findings_of
from workflow.machine.case import figure_of, pinned
from workflow.machine.case.parameters import LAYERS, looked_up, unusable
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Act, Figure, Place, Plan, Reason

KEYS = st.tuples(st.sampled_from(["heavy", "light"]), st.sampled_from(["true", "false"]))
FIGURES = st.lists(
    st.builds(
        Figure,
        st.sampled_from(LAYERS),
        st.sampled_from(["quota"]),
        st.one_of(st.just(()), KEYS),
        st.integers(0, 99),
        st.just("VB"),
    ),
    max_size=8,
)


def figure(layer, value, *keys, param="quota"):
    return Figure(layer, param, keys, value, f"VB {layer}")


@given(FIGURES, KEYS)
def test_the_uppermost_layer_that_knows_an_answer_gives_it(figures, keys):
    param = load(LEAVE_WITH_QUOTA).params["quota"]
    said = {"values": {("heavy", "true"): 20}, "else": 12}
    wanted = said["values"].get(keys, said["else"])
    for layer in LAYERS:
        theirs = {each.keys: each.value for each in figures if each.layer == layer}
        wanted = theirs.get(keys, theirs.get((), wanted))
    assert looked_up(param, pinned(load(LEAVE_WITH_QUOTA), figures), keys) == wanted


def test_a_case_pins_figures_regime_and_sources():
    figures = [figure("regime", 6, param="days_left"), figure("province", 7, param="days_left")]
    assert pinned(load(LEAVE_WITH_QUOTA), figures, regime="nd91_2017") == {
        "days_left": 7,
        "~regime": "nd91_2017",
        "~sources": {"days_left": {"layer": "province", "source": "VB province"}},
    }
    assert pinned(load(LEAVE_WITH_QUOTA)) == {"days_left": 5}


def test_of_one_layer_the_last_that_was_set_wins():
    found = pinned(
        load(LEAVE_WITH_QUOTA), [figure("province", 7, param="days_left"), figure("province", 8, param="days_left")]
    )
    assert found["days_left"] == 8


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (figure("province", 5, param="quotas"), "param_unknown"),
        (figure("province", 5, "heavy"), "wrong_keys"),
        (figure("province", 5, "heavy", "true", "x"), "wrong_keys"),
        (figure("province", 5, "heavyy", "true"), "key_unknown"),
        (figure("province", "viele"), "not_a_number"),
        (figure("province", "true"), "not_a_number"),
        (figure("province", None), "figure_missing"),
        (figure("province", 0, param="days_left"), "out_of_range"),
        (figure("province", 7, "heavy", param="days_left"), "wrong_keys"),
    ],
)
def test_what_a_definition_cannot_use_is_named_and_left_out(wrong, code):
    definition = load(LEAVE_WITH_QUOTA)
    reason = unusable(definition, wrong)
    assert reason.code == code
    assert all(sentence(reason, language=language) for language in ("vi", "en"))
    assert pinned(definition, [wrong]) == {"days_left": 5}


def test_guards_and_budgets_read_what_the_case_pinned_and_history_folds():
    cast = Cast({"hoa": (Place("unit_clerk", "unit"),), "tam": (Place("unit_head", "unit"),)})
    scene = Scene(load(LEAVE_WITH_QUOTA), calendar(), cast, at("2017-11-13 09:00"), None)
    scene.figures = (figure("movement", 3, "light", "false"), figure("province", 2, param="days_left"))
    assert isinstance(scene.open(cast.actor("hoa")), Plan)
    asked = {"reason": "Việc nhà", "work": "light", "night": False}
    refused = scene.act(1, Act("send", {**asked, "days": 4}), cast.actor("hoa"))
    assert "3" in sentence(refused.reasons[0], language="en", definition=scene.definition)
    sent = scene.act(1, Act("send", {**asked, "days": 3}), cast.actor("hoa"))
    assert sent.case.due_at == at("2017-11-15 17:00")
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _: scene.definition, entries, calendar=calendar()) == sent.case


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("else: 12,", "else: viele,"), "not_a_figure"),
        (("{true: 20}", "{true: x}"), "not_a_figure"),
    ],
)
def test_a_figure_of_another_type_is_refused_where_it_stands(change, code):
    text = LEAVE_WITH_QUOTA.replace(*change)
    assert [fault.code for fault in faults_of(text)] == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("by: [work, night]", "by: [working, night]"), "unknown_key_field"),
        (("values: {heavy:", "values: {heavily:"), "unknown_option"),
    ],
)
def test_keys_that_no_case_has_are_found(change, code):
    assert code in [finding.code for finding in findings_of(LEAVE_WITH_QUOTA.replace(*change))]


def test_the_definition_itself_is_sound():
    assert findings_of(LEAVE_WITH_QUOTA) == ()


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("integer", 5, 5),
        ("percent", 80, 80),
        ("decimal", 2, 2),
        ("decimal", "2.5", "2.5"),
        ("text", 12, "12"),
        ("flag", True, True),
        ("date", "2018-01-31", "2018-01-31"),
        ("choice", "heavy", "heavy"),
        ("person", "Trần Văn Tâm", {"name": "Trần Văn Tâm"}),
    ],
)
def test_figures_are_kept_in_the_form_of_their_type(kind, value, kept):
    param = replace(load(LEAVE_WITH_QUOTA).params["quota"], type=kind)
    assert figure_of(param, value) == kept
    assert isinstance(figure_of(param, "\x00"), Reason)
