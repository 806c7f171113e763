"""Parties without an account: their answers are papers, recorded by somebody, that count from the day of receipt."""

from pathlib import Path

import pytest

from tests.support.scenes import at, calendar, codes, does, paper, refused, tries
from tests.support.small_definition import faults_of, findings_of
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.drawing.diagram import draw
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Place, Plan

LAW = (Path(__file__).parents[1] / "support/outside.yaml").read_text("utf-8")
ENDS = ("issued", "refused")
CAST = Cast({"lan": (Place("board_officer", "province"),), "minh": (Place("board_head", "province"),)})


def law(*changes):
    text = LAW
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def letter(received, **parts):
    """A paper from outside, received on a day."""
    return {**paper("99/BTĐKT"), "sender": "Ban TĐKT Trung ương", "received": received, **parts}


def with_the_board(now="2018-03-01 09:00"):
    """A request that went to the central board on Thursday 1 March 2018."""
    scene = Scene(load(LAW), calendar(), CAST, at(now), None)
    assert isinstance(scene.open(scene.cast.actor("lan")), Plan)
    does(scene, "lan", "send", request=paper())
    return scene


def on(scene, day):
    scene.advance(at(day))
    return scene


def test_the_case_waits_for_a_party_at_no_desk_and_until_a_day():
    scene = with_the_board()
    case = scene.cases[1]
    assert (case.state, case.due_at) == ("central", at("2018-03-29 17:00"))
    assert scene.entries[-1][1].opens == ()


def test_an_answer_recorded_later_counts_from_the_day_it_was_received():
    scene = on(with_the_board(), "2018-03-20 10:00")
    plan = does(scene, "lan", "wanting", wanting=letter("2018-03-12"))
    case = plan.case
    # The turn of five working days and the case's own clock both run from Monday 12 March.
    assert case.due_at == at("2018-03-19 17:00")
    assert [span[0][:13] for span in case.clocks["filing"]["spans"]][-1] == "2018-03-11T17"
    assert case.entered_at == at("2018-03-20 10:00")
    assert scene.entries[-1][0].now == at("2018-03-20 10:00")


def test_recorded_on_the_day_it_counts_like_any_other_act():
    scene = on(with_the_board(), "2018-03-12 10:00")
    assert does(scene, "lan", "wanting", wanting=letter("2018-03-12")).case.due_at == at("2018-03-19 17:00")


def test_the_next_party_may_have_answered_before_the_first_answer_was_recorded():
    scene = on(with_the_board(), "2018-03-20 10:00")
    does(scene, "lan", "agreed", opinion=letter("2018-03-12"))
    assert scene.cases[1].due_at == at("2018-03-26 17:00")
    (reason,) = refused(scene, "lan", "awarded", decree=letter("2018-03-11")).reasons
    assert (reason.code, reason.field) == ("received_before", "decree")
    assert "12/03/2018" in sentence(reason, language="vi", definition=scene.definition)
    plan = does(scene, "lan", "awarded", decree=letter("2018-03-15"))
    assert (plan.case.state, plan.case.due_at) == ("issued", at("2018-03-27 00:00"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "missing"),
        (letter("2018-03-21"), "received_later"),
        (letter("2018-02-28"), "received_before"),
        (letter(""), "receipt_missing"),
        (letter("2018-03-12", sender=" "), "receipt_missing"),
        (letter("12/3"), "not_a_date"),
        (letter("2018-03-12", symbol=""), "number_missing"),
        (letter("2018-03-12", sha256=""), "file_missing"),
        (paper(), "receipt_missing"),
    ],
)
def test_an_answer_without_its_evidence_is_refused(given, code):
    scene = on(with_the_board(), "2018-03-20 10:00")
    assert code in codes(refused(scene, "lan", "agreed", opinion=given))


def test_a_paper_of_our_own_has_no_day_of_receipt():
    scene = Scene(load(LAW), calendar(), CAST, at("2018-03-01 09:00"), None)
    scene.open(scene.cast.actor("lan"))
    assert codes(refused(scene, "lan", "send", request=letter("2018-03-01"))) == ["unknown_part"]


def test_only_whoever_records_may_and_each_answer_needs_a_paper_of_its_own():
    scene = on(with_the_board(), "2018-03-20 10:00")
    assert refused(scene, "minh", "agreed", opinion=letter("2018-03-12")).kind == "not_your_turn"
    does(scene, "lan", "wanting", wanting=letter("2018-03-12"))
    does(scene, "lan", "supply")
    assert codes(refused(scene, "lan", "wanting")) == ["missing"]


def test_when_the_party_is_late_whoever_records_is_told_then_whom_the_turn_names():
    scene = with_the_board()
    scene.advance(at("2018-04-04 08:00"))
    told = [
        (notice.kind, notice.desks[0].role) for _, notice in scene.letters if notice.kind in ("overdue", "escalation")
    ]
    assert told == [("overdue", "board_officer"), ("escalation", "board_head")]


def test_history_folds_to_the_case_with_both_dates():
    scene = on(with_the_board(), "2018-03-20 10:00")
    does(scene, "lan", "agreed", opinion=letter("2018-03-12"))
    does(scene, "lan", "awarded", decree=letter("2018-03-15"))
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _: scene.definition, entries, calendar=calendar()) == scene.cases[1]


def test_a_sound_definition_with_outside_parties_has_no_findings():
    assert findings_of(LAW) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("from: premier,", "numbered: true,"), "answer_not_recorded"),
        (("by: officer, to: premier, requires: [opinion]", "by: officer, to: premier"), "left_without_answer"),
        (
            ("by: officer, to: premier, requires: [opinion]", "by: officer, to: premier, requires: [decree]"),
            "left_without_answer",
        ),
        (("from: premier,", "from: primier,"), "unknown_external_near"),
        (("who: premier, due: 10 wd, escalate_to: head", "who: premier"), "silent_party"),
        (("who: premier, due: 10 wd, escalate_to: head", "who: premiere, due: 10 wd"), "unknown_people_near"),
        (("escalate_to: head}\n    outcome", "escalate_to: premier}\n    outcome"), "unknown_people"),
        (("    actions: {supply", "    edit: {officer: [opinion]}\n    actions: {supply"), "evidence_edited"),
        (("  premier: Thủ", "  nobody: Không ai | Nobody\n  premier: Thủ"), "unused"),
    ],
)
def test_what_cannot_be_answered_is_found(change, code):
    assert code in [finding.code for finding in findings_of(law(change))]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("by: officer, to: premier", "to: premier"), "by_whom"),
        (("board:   Ban TĐKT Trung ương | Central board", "board: Ban TĐKT"), "needs_both_languages"),
        (
            ("  head:    board_head at province", "  head: board_head at province\n  board: x at unit"),
            "name_given_twice",
        ),
        (("{is: document, from: premier", "{is: text, from: premier"), "key_for_other_types"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(change, code):
    assert code in [fault.code for fault in faults_of(law(change))]


def test_whoever_records_alone_and_hears_alone_of_lateness_can_strand_a_case():
    changes = [
        (
            "escalation: {0 wd: turn, 2 wd: escalate_to, then 10 wd: escalate_to}",
            "escalation: {0 wd: turn, then 2 wd: turn}",
        )
    ]
    changes += [
        (f"by: officer, to: {state}, requires: [decree]", f"by: head, to: {state}, requires: [decree]")
        for state in ENDS
    ]
    found = [finding for finding in findings_of(law(*changes)) if finding.code == "silent_party"]
    assert [(finding.facts["state"], finding.facts["who"]) for finding in found] == [("premier", "head")]


def test_drawing_and_telling_name_the_party_and_who_records_its_answers():
    definition = load(LAW)
    told = explain(definition, language="vi")
    assert "- Thủ tướng Chính phủ: do officer ghi nhận" in told
    assert "văn bản của Thủ tướng Chính phủ, có số, ngày, nơi gửi, ngày nhận" in told
    assert "Waits for: Prime Minister (external)" in draw(definition, language="en")


def test_nobody_can_hand_in_an_answer_where_it_is_not_asked_for():
    scene = with_the_board()
    answer = tries(scene, "lan", "wanting", wanting=letter("2018-03-01"), decree=letter("2018-03-01"))
    assert codes(answer) == ["not_asked_for"]
