"""Votes on each case of a list: secret ones in a box, open ones by name, counts of papers, own interest, early end."""

import json
from itertools import combinations_with_replacement, permutations

import pytest

from tests.support.council import VOTERS, codes_of, convened, council, nominee
from tests.support.scenes import actor, at, calendar, codes, does, paper, refused, tries
from tests.support.vote_definition import MOTION
from workflow.machine.case.codec import case_from_json, case_to_json
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import SEALED, Place, Plan

COUNTED = {"issued": 5, "collected": 5, "valid": 4, "invalid": 1, "agree": 4, "disagree": 0}


def voting(*, awards=("bang_khen", "cstd_tinh"), person=None):
    scene = council()
    lines = [nominee(scene, award=award, person=person if not place else None) for place, award in enumerate(awards)]
    return scene, convened(scene, *lines), [str(code) for code in codes_of(*lines)]


def votes(scene, case, lines, **against):
    """Let everybody vote; `against` says who disagrees with whom."""
    for who in VOTERS:
        answer = {line: "disagree" if line in against.get(who, ()) else "agree" for line in lines}
        does(scene, who, "answer:ballot", case=case, answer=answer)


def test_each_case_comes_to_its_own_result_by_the_figure_for_its_award():
    scene, case, lines = voting()
    votes(scene, case, lines, an=lines)
    plan = does(scene, "secretary", "close", case=case, minutes=paper())
    # Four of five are 80 percent: enough for a certificate, not for an emulation fighter's 90.
    assert [(move.case.code, move.action) for move in plan.moves] == [(lines[0], "pass"), (lines[1], "fail")]


def test_no_entry_of_history_holds_a_choice():
    scene, case, lines = voting()
    votes(scene, case, lines, an=lines)
    for entry, plan in scene.entries:
        if plan.action == "answer:ballot":
            written = json.dumps(entry_to_json(entry, plan))
            assert "agree" not in written
            assert entry.act.inputs == plan.inputs == {}
    assert set(scene.cases[case].asks["ballot"].answers.values()) == {SEALED}


def test_the_totals_enter_history_once_with_the_act_that_closes():
    scene, case, lines = voting()
    votes(scene, case, lines, an=lines)
    does(scene, "secretary", "close", case=case, minutes=paper())
    holding = [plan.action for entry, plan in scene.entries if entry.facts.boxes]
    (boxes,) = [entry.facts.boxes for entry, _ in scene.entries if entry.facts.boxes]
    assert holding == ["close"]
    assert boxes == {"ballot": {line: {"agree": 4, "disagree": 1} for line in lines}}


def test_history_folds_to_the_case_though_it_lacks_the_choices():
    scene, case, lines = voting()
    votes(scene, case, lines)
    does(scene, "secretary", "close", case=case, minutes=paper())
    laws = {definition.hash: definition for definition in scene.family.values()}
    assert len(scene.cases) > 1
    for number, found in scene.cases.items():
        entries = [
            entry_from_json(json.loads(json.dumps(entry_to_json(entry, plan))))
            for entry, plan in scene.entries
            if entry.identity.id == number
        ]
        assert fold(laws.__getitem__, entries, calendar=calendar()) == found


def test_nobody_can_say_to_have_voted_without_a_choice():
    scene, case, _ = voting()
    assert codes(refused(scene, "an", "answer:ballot", case=case)) == ["missing"]
    assert codes(refused(scene, "an", "answer:ballot", case=case, sealed=True)) == ["missing", "not_asked_for"]


def test_whom_a_case_is_about_has_no_say_on_it_nor_through_a_substitute():
    scene, case, lines = voting(person="an")
    assert codes(refused(scene, "an", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))) == [
        "line_missing"
    ]
    assert codes(refused(scene, "kien", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))) == [
        "line_missing"
    ]
    does(scene, "kien", "answer:ballot", case=case, answer={lines[1]: "agree"})
    assert len([ballot for _, ballot in scene.ballots]) == 1


@pytest.mark.parametrize("answer", ["agree", {"nominee-1": "agree"}, {"nominee-1": "agree", "nominee-2": "maybe"}, {}])
def test_every_line_needs_one_of_the_answers(answer):
    scene, case, _ = voting()
    refusal = refused(scene, "an", "answer:ballot", case=case, answer=answer)
    assert codes(refusal)[0] in ("not_a_choice", "line_missing")
    assert scene.ballots == []


def test_words_cannot_be_put_beside_a_secret_choice():
    scene, case, lines = voting()
    answer = dict.fromkeys(lines, "agree")
    assert codes(refused(scene, "an", "answer:ballot", case=case, answer=answer, comment="Tôi đồng ý")) == [
        "not_asked_for"
    ]


def test_nobody_votes_twice():
    scene, case, lines = voting()
    does(scene, "an", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))
    assert codes(refused(scene, "an", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))) == [
        "already_answered"
    ]


def test_a_vote_held_again_has_a_box_of_its_own():
    scene, case, lines = voting()
    votes(scene, case, lines)
    does(scene, "secretary", "adjourn", case=case, comment="Chưa đủ tài liệu để biểu quyết.")
    does(scene, "secretary", "convene", case=case, mode="meeting", day="2018-03-28")
    votes(scene, case, lines, **dict.fromkeys(VOTERS, lines))
    plan = does(scene, "secretary", "close", case=case, minutes=paper())
    assert {move.action for move in plan.moves} == {"fail"}


def test_too_few_votes_cannot_be_counted():
    scene, case, lines = voting()
    does(scene, "an", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))
    refusal = refused(scene, "secretary", "close", case=case, minutes=paper())
    assert codes(refusal) == ["unmet"]


def test_papers_can_be_counted_instead():
    scene, case, lines = voting()
    plan = does(scene, "secretary", "count:ballot", case=case, count=dict.fromkeys(lines, COUNTED))
    assert plan.stops >= {"ballot"}
    assert len(plan.closes) == len(VOTERS)
    closed = does(scene, "secretary", "close", case=case, minutes=paper())
    assert [move.action for move in closed.moves] == ["pass", "fail"]
    standing = scene.entries[-3][1].case
    assert case_from_json(json.loads(json.dumps(case_to_json(standing)))) == standing


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        ({"issued": 6}, [("too_many_issued", "issued")]),
        ({"collected": 6}, [("too_many_collected", "collected"), ("not_all_sorted", "valid")]),
        ({"valid": 5}, [("not_all_sorted", "valid"), ("not_all_said", "agree")]),
        ({"agree": 3}, [("not_all_said", "agree")]),
        ({"agree": -1, "disagree": 5}, [("not_a_count", "agree")]),
        ({"agree": True}, [("not_a_count", "agree")]),
        ({"spoilt": 1}, [("not_a_count", "spoilt")]),
    ],
)
def test_a_count_of_papers_must_add_up(wrong, faults):
    scene, case, lines = voting()
    count = dict.fromkeys(lines, COUNTED) | {lines[1]: COUNTED | wrong}
    refusal = refused(scene, "secretary", "count:ballot", case=case, count=count)
    assert {(reason.code, reason.facts["case"]) for reason in refusal.reasons} == {("does_not_add_up", lines[1])}
    assert [(reason.facts["why"], reason.facts["cell"]) for reason in refusal.reasons] == faults


def test_papers_and_votes_do_not_mix_and_only_the_turn_counts():
    scene, case, lines = voting()
    count = dict.fromkeys(lines, COUNTED)
    assert codes(refused(scene, "an", "count:ballot", case=case, count=count)) == ["no_right"]
    assert codes(refused(scene, "secretary", "count:ballot", case=case)) == ["not_counted"]
    does(scene, "an", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))
    assert codes(refused(scene, "secretary", "count:ballot", case=case, count=count)) == ["already_voting"]


def test_once_papers_are_counted_nobody_votes():
    scene, case, lines = voting()
    does(scene, "secretary", "count:ballot", case=case, count=dict.fromkeys(lines, COUNTED))
    assert codes(refused(scene, "an", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))) == [
        "ask_closed"
    ]


def test_what_a_secret_vote_says_is_not_told_before_it_is_counted():
    scene, case, lines = voting()
    votes(scene, case, lines)
    shown = json.dumps([str(offer) for offer in scene.offers(case, actor(scene, "secretary"))])
    assert "passed" not in shown


def motion(rule, members):
    people = {"hoa": (Place("unit_clerk", "unit"),)} | {f"m{n}": (Place("unit_head", "unit"),) for n in range(members)}
    scene = Scene(load(MOTION.replace("RULE", rule)), calendar(), Cast(people), at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "put")
    return scene


def outcome_of(rule, members, order, said):
    """Play one order; say what came of it, and after how many answers nothing could change it."""
    scene = motion(rule, members)
    for count, member in enumerate(order, 1):
        does(scene, f"m{member}", "answer:vote", answer=said[member])
        if scene.cases[1].asks["vote"].closed:
            scene.advance(scene.now)
            return scene.cases[1].state, count
    raise AssertionError("everybody answered and the ask is open")


def ended(rule, members, order, said):
    """The same by trying out every way to go on."""
    for count in range(1, members + 1):
        answered = [said[member] for member in order[:count]]
        results = {
            rule(answered.count("yes") + rest.count("yes"), answered.count("no") + rest.count("no"), members)
            for rest in combinations_with_replacement(("yes", "no", "pass"), members - count)
        }
        if len(results) == 1:
            return "done" if results.pop() else "dropped", count
    raise AssertionError("all have answered")


RULES = {
    "yes * 2 > members": lambda yes, _, members: yes * 2 > members,
    "yes > no": lambda yes, no, _: yes > no,
    "no == 0 && yes >= 2": lambda yes, no, _: no == 0 and yes >= 2,
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "said", [("yes", "yes", "no", "yes"), ("no", "pass", "no", "yes"), ("pass", "yes", "yes", "no")]
)
def test_a_vote_ends_when_nothing_can_change_it_whatever_the_order(rule, said):
    for order in permutations(range(4)):
        assert outcome_of(rule, 4, order, said) == ended(RULES[rule], 4, order, said)


@pytest.mark.parametrize("said", [("yes",) * 5 + ("no",) * 3, ("yes",) * 4 + ("no",) * 4])
def test_eight_voters_come_to_one_outcome_in_every_order(said):
    assert len(said) == 8
    for answers in sorted(set(permutations(said))):
        found = outcome_of("yes * 2 > members", 8, range(8), answers)
        assert found == ended(RULES["yes * 2 > members"], 8, range(8), answers)


def test_whoever_is_not_needed_any_more_is_not_waited_for():
    scene = motion("yes * 2 > members", 3)
    does(scene, "m0", "answer:vote", answer="yes")
    plan = does(scene, "m1", "answer:vote", answer="yes")
    assert "vote:4" in plan.closes
    assert codes(tries(scene, "m2", "answer:vote", answer="no")) == ["ask_closed"]


def test_a_secret_vote_waits_for_everybody():
    scene, case, lines = voting()
    for who in VOTERS[:4]:
        does(scene, who, "answer:ballot", case=case, answer=dict.fromkeys(lines, "disagree"))
        assert not scene.cases[case].asks["ballot"].closed
    does(scene, VOTERS[4], "answer:ballot", case=case, answer=dict.fromkeys(lines, "disagree"))
    assert scene.cases[case].asks["ballot"].closed


REVIEW = """
definition: release
title: Phát hành | Release
basis: test
people:
  clerk:  unit_clerk at unit
  leader: unit_head at unit
  tester: chair above unit
start: {by: clerk, to: draft}
states:
  draft: {label: Nháp | Draft, turn: {who: clerk}, actions: {put: {label: Trình | Put, to: review}}}
  review:
    label: Rà soát | Review
    turn: {who: clerk}
    ask:
      check: {of: [leader, tester], in: order, answers: {fine: Đạt | Fine, poor: Chưa đạt | Poor}, due: 3 wd,
              result: {bad: poor > 0, good: fine == members, open: else}}
    actions:
      release: {label: Phát hành | Release, to: released, when: check.good}
      reopen:  {label: Làm lại | Reopen, to: draft}
  released: {label: Đã phát hành | Released, outcome: good}
"""
REVIEWERS = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "tester": (Place("chair", "above unit"),),
        "leader": (Place("unit_head", "unit"),),
        "second": (Place("unit_head", "unit"),),
    }
)


def reviewing():
    scene = Scene(load(REVIEW), calendar(), REVIEWERS, at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    return scene, does(scene, "hoa", "put")


def asked(plan):
    return [opened.person for opened in plan.opens if opened.slot.startswith("check:")]


def test_reviewers_in_order_are_asked_one_after_the_other():
    scene, plan = reviewing()
    ids = [REVIEWERS.id_of(name) for name in ("leader", "second", "tester")]
    assert asked(plan) == ids[:1]
    assert codes(refused(scene, "tester", "answer:check", answer="fine")) == ["not_yet_asked"]
    for name, following in (("leader", ids[1:2]), ("second", ids[2:]), ("tester", [])):
        plan = does(scene, name, "answer:check", answer="fine")
        assert asked(plan) == following
        assert [notice.people for notice in plan.notices] == [tuple(following)] * bool(following)
    assert does(scene, "hoa", "release").case.outcome == "good"


def test_the_one_who_is_asked_later_has_the_same_due_day():
    scene, plan = reviewing()
    scene.advance(at("2018-03-02 09:00"))
    later = does(scene, "leader", "answer:check", answer="fine")
    assert {opened.due_at for opened in later.opens} == {opened.due_at for opened in plan.opens if opened.person}


def test_an_order_ends_when_nothing_can_change_the_result():
    scene, _ = reviewing()
    plan = does(scene, "leader", "answer:check", answer="poor")
    assert asked(plan) == []
    assert scene.cases[1].asks["check"].closed
    assert codes(refused(scene, "second", "answer:check", answer="fine")) == ["ask_closed"]


def test_leaving_the_state_annuls_an_order_and_it_begins_anew():
    scene, _ = reviewing()
    does(scene, "leader", "answer:check", answer="fine")
    does(scene, "hoa", "reopen")
    assert asked(does(scene, "hoa", "put")) == [REVIEWERS.id_of("leader")]


def test_a_substitute_has_no_say_on_the_case_about_himself():
    scene, case, lines = voting(person="kien")
    assert codes(refused(scene, "kien", "answer:ballot", case=case, answer=dict.fromkeys(lines, "agree"))) == [
        "line_missing"
    ]
    does(scene, "kien", "answer:ballot", case=case, answer={lines[1]: "agree"})


def test_the_system_never_acts_on_a_secret_count():
    text = MOTION.replace("RULE", "yes * 2 > members").replace(
        "        result:", "        secret: true\n        result:"
    )
    scene = Scene(load(text), calendar(), REVIEWERS, at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "put")
    for name in ("leader", "second"):
        does(scene, name, "answer:vote", answer="no")
    scene.advance(at("2018-03-02 08:00"))
    assert (scene.cases[1].state, scene.cases[1].asks["vote"].closed) == ("asked", True)
