"""Results that count some members by themselves: veto, weights, casting votes; scores; the early end of all of them."""

from collections import Counter
from itertools import permutations, product

import pytest

from tests.support.scenes import actor, at, calendar, codes, does, refused
from workflow.machine.case.codec import case_from_json, case_to_json
from workflow.machine.checking import check
from workflow.machine.checking.search.vote_outcomes import results_of
from workflow.machine.deciding.replay import entry_from_json, entry_to_json, fold
from workflow.machine.definition import DefinitionFaults
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.storage.case_columns import case_columns
from workflow.values import Place, Plan

LAW = """
definition: motion
title: Biểu quyết | Motion
basis: test
people:
  clerk:   unit_clerk at unit
  chair:   council_chair at unit
  council: council_member at unit
start: {by: clerk, to: draft}
states:
  draft: {label: Nháp | Draft, turn: {who: clerk}, actions: {put: {label: Trình | Put, to: asked}}}
  asked:
    label: Biểu quyết | Asked
    turn: {who: clerk}
    ask:
      vote:
        of: [chair, council]
        answers: ANSWERS
        result: {carried: RULE, lost: else}
    actions:
      end: {by: system, label: Xong | End, to: done, when: vote.closed && vote.carried}
      drop: {by: system, label: Bỏ | Drop, to: dropped, when: vote.closed && vote.lost}
  done: {label: Thông qua | Carried, outcome: good}
  dropped: {label: Không thông qua | Lost, outcome: bad}
"""
YES_NO = "{yes: Có | Yes, no: Không | No}"
CHAIR, COUNCIL = Place("council_chair", "unit"), Place("council_member", "unit")


def law(rule, answers=YES_NO):
    return load(LAW.replace("RULE", rule).replace("ANSWERS", answers))


def motion(definition, chairs, members, *, both=()):
    """A motion before so many chairs and members; who is in `both` holds both desks."""
    people = {"hoa": (Place("unit_clerk", "unit"),)}
    people |= {f"c{n}": (CHAIR, COUNCIL) if n in both else (CHAIR,) for n in range(chairs)}
    people |= {f"m{n}": (COUNCIL,) for n in range(members)}
    scene = Scene(definition, calendar(), Cast(people), at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "put")
    return scene


def came_to(scene, order):
    """Let people answer in order; say what came of it and after how many answers nothing could change it."""
    for count, (who, answer) in enumerate(order, 1):
        does(scene, who, "answer:vote", answer=answer)
        if scene.cases[1].asks["vote"].closed:
            scene.advance(scene.now)
            return scene.cases[1].state, count
    raise AssertionError("everybody answered and the ask is open")


def ended(rule, order, answers=("yes", "no")):
    """The same by trying out every way to go on, each member by each."""
    for count in range(1, len(order) + 1):
        waiting = [who for who, _ in order[count:]]
        results = {
            rule([*order[:count], *zip(waiting, rest, strict=True)]) for rest in product(answers, repeat=len(waiting))
        }
        if len(results) == 1:
            return "done" if results.pop() else "dropped", count
    raise AssertionError("all have answered")


def counted(votes, answer, prefix=""):
    return sum(1 for who, said in votes if said == answer and who.startswith(prefix))


RULES = {
    "yes * 2 > members && chair.no == 0": lambda v: counted(v, "yes") * 2 > len(v) and counted(v, "no", "c") == 0,
    "yes + 2 * chair.yes >= no + 2 * chair.no": lambda v: (
        counted(v, "yes") + 2 * counted(v, "yes", "c") >= counted(v, "no") + 2 * counted(v, "no", "c")
    ),
    "council.yes * 3 >= council.members * 2 || (yes == no && chair.yes > 0)": lambda v: (
        counted(v, "yes", "m") * 3 >= sum(1 for who, _ in v if who.startswith("m")) * 2
        or (counted(v, "yes") == counted(v, "no") and counted(v, "yes", "c") > 0)
    ),
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("chairs", "members"), [(1, 3), pytest.param(2, 3, marks=pytest.mark.long)])
def test_every_vote_in_every_order_ends_as_brute_force_says(rule, chairs, members):
    definition = law(rule)
    who = [*(f"c{n}" for n in range(chairs)), *(f"m{n}" for n in range(members))]
    assert who
    # Members under one name are alike: an order is a sequence of names with answers.
    for said in product(("yes", "no"), repeat=len(who)):
        for order in {
            tuple((name[0], answer) for name, answer in p) for p in permutations(zip(who, said, strict=True))
        }:
            seen = Counter()
            votes = [(f"{name}{seen.update(name) or seen[name] - 1}", answer) for name, answer in order]
            assert came_to(motion(definition, chairs, members), votes) == ended(RULES[rule], votes)


@pytest.mark.parametrize("rule", RULES)
def test_eight_voters_come_to_one_outcome_wherever_the_chair_votes(rule):
    definition = law(rule)
    for said in sorted(set(permutations(("yes", "yes", "yes", "yes", "no", "no", "no")))):
        for place, answer in ((0, "no"), (3, "yes"), (7, "yes")):
            votes = [(f"m{n}", choice) for n, choice in enumerate(said)]
            votes.insert(place, ("c0", answer))
            assert came_to(motion(definition, 1, 7), votes) == ended(RULES[rule], votes)


def test_who_stands_under_two_names_is_one_member_and_counts_under_both():
    scene = motion(law("yes >= 2 && chair.yes == 1 && council.yes == 2"), 1, 1, both=(0,))
    assert scene.cases[1].asks["vote"].parties == {"chair": (2,), "council": (2, 3)}
    assert came_to(scene, [("m0", "yes"), ("c0", "yes")]) == ("done", 2)


def test_what_counts_by_name_is_kept_in_history_and_storage():
    scene = motion(law("chair.no == 0"), 1, 2)
    does(scene, "m0", "answer:vote", answer="no")
    case = scene.cases[1]
    assert case_from_json(case_to_json(case)) == case
    assert b'"parties":{"chair":[2]}' in case_columns(case)["asks"]
    entries = [entry_from_json(entry_to_json(entry, plan)) for entry, plan in scene.entries]
    assert fold(lambda _hash: scene.definition, entries, calendar=calendar()) == case


def test_a_plain_result_remembers_no_names():
    assert motion(law("yes > no"), 1, 2).cases[1].asks["vote"].parties == {}


SCORED = {
    "sum >= 2 * members && least > 0": lambda v: sum(s for _, s in v) >= 2 * len(v) and min(s for _, s in v) > 0,
    "most - least <= 1 && chair.sum > 1": lambda v: (
        max(s for _, s in v) - min(s for _, s in v) <= 1 and sum(s for who, s in v if who.startswith("c")) > 1
    ),
}


@pytest.mark.parametrize("rule", SCORED)
def test_scores_come_to_what_brute_force_says_and_end_when_it_says(rule):
    definition = law(rule, "0..3")
    for said in product(range(4), repeat=4):
        votes = [*zip(("m0", "c0", "m1", "m2"), said, strict=True)]
        assert came_to(motion(definition, 1, 3), votes) == ended(SCORED[rule], votes, range(4))


@pytest.mark.parametrize("answer", ["11", -1, 4, "", None, 1.5, True])
def test_only_scores_that_may_be_given_are_taken(answer):
    assert codes(refused(motion(law("sum > 3", "0..3"), 1, 1), "c0", "answer:vote", answer=answer))[0] in (
        "not_a_choice",
        "missing",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LAW.replace("RULE", "chair.yes > 0").replace("ANSWERS", f"{YES_NO}\n        secret: true"), "not_by_name"),
        (LAW.replace("RULE", "chair.yes > 0").replace("ANSWERS", f"{YES_NO}\n        paper: true"), "not_by_name"),
        (LAW.replace("RULE", "sum > 0").replace("ANSWERS", "0..10\n        paper: true"), "scores_on_paper"),
        (LAW.replace("RULE", "sum > 0").replace("ANSWERS", "10..0"), "not_answers"),
        (LAW.replace("RULE", "sum > 0").replace("ANSWERS", "0..1000"), "not_answers"),
        (LAW.replace("RULE", "clerk.yes > 0").replace("ANSWERS", YES_NO), "unknown_name"),
        (
            LAW.replace("RULE", "chair.yes > 0")
            .replace("ANSWERS", YES_NO)
            .replace("start:", "fields: {chair: {is: text, label: Ghế | Chair}}\nstart:"),
            "name_given_twice",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_at_its_place(text, code):
    with pytest.raises(DefinitionFaults) as caught:
        load(text)
    assert code in [fault.code for fault in caught.value.faults]


def test_the_verifier_tries_votes_by_name():
    sound = load(LAW.replace("RULE", "chair.yes > 0 && yes > 1").replace("ANSWERS", YES_NO))
    results = results_of(sound, "asked", "vote")
    assert results is not None
    assert results.final == {"carried", "lost"}
    never = law("chair.yes > yes")
    assert results_of(never, "asked", "vote") is None
    assert "guard_never" in {finding.code for finding in check(law("chair.yes < 0"))}


def test_a_result_is_what_was_certain_and_not_what_the_counts_say_so_far():
    scene = motion(law("council.yes * 3 >= council.members * 2 || (yes == no && chair.yes > 0)"), 1, 3)
    assert came_to(scene, [("m0", "yes"), ("c0", "yes")]) == ("done", 2)
    assert scene.entries[-2][1].case.asks["vote"].certain == {"": "carried"}
