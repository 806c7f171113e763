"""What holds in whole plays of everything that ships, whoever acts for whom: shown on plays drawn at random.

Each play goes through facts of exactly the declared needs: reading one that was not declared would end it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pytest

from tests.machine.oracles.playing import DEEP, DRAWN, MOVES, PROCEDURES, SHIPPED, not_folding, plays
from tests.machine.oracles.watching import Watched
from tests.support.random_plays import Play
from workflow.machine.case import ADMIN
from workflow.machine.definition import Definition
from workflow.values import Case, Plan


def wrongs(play: Play) -> list[str]:
    """Everything that no play may show."""
    return [*_together(play), *_interested(play), *not_folding(play)]


def _together(play: Play) -> Iterator[str]:
    """Acts that must stand apart, done by one person or for one."""
    for case in play.scene.cases.values():
        for group in play.scene.definition_of(case).separate:
            for one in group:
                for other in group:
                    if one < other and one in case.done and other in case.done:
                        both = case.done[one].people & case.done[other].people
                        yield from (f"{case.code}: {one} and {other} by {who}" for who in both)


def _interested(play: Play) -> Iterator[str]:
    """Decisions on a case by the one it is about, or for them; through a list as well as on the case itself."""
    before: dict[int, Case] = {}
    for entry, plan in play.scene.entries:
        case = before.get(plan.case.id)
        if case is not None and _decides(play.scene.definition_of(case), case, plan):
            acting = {entry.actor.person, entry.actor.behalf, plan.on_behalf}
            yield from (f"{case.code}: {plan.action} on their own case by {who}" for who in acting & _about(case))
        before[plan.case.id] = plan.case


def _decides(law: Definition, case: Case, plan: Plan) -> bool:
    """Tell deciding from preparing: whoever opens such cases, or edits this one in their turn, prepares it."""
    state = law.states[case.state]
    if plan.action not in state.actions or plan.alternative is None:
        return plan.action.startswith("answer:")
    by = state.actions[plan.action].alternatives[plan.alternative].by
    turn = state.turn.who if state.turn else None
    return by != turn or not (law.opened_by(by) or by in state.edit)


def _about(case: Case) -> set[int]:
    values = [row for value in case.fields.values() for row in (value if isinstance(value, list) else [value])]
    named = [value for row in values if isinstance(row, dict) for value in (row, *row.values())]
    return {value["person"] for value in named if isinstance(value, dict) and "kind" in value and "person" in value}


def test_everything_that_ships_is_played():
    assert {name for names in PROCEDURES for name in names} == {*SHIPPED}


def test_in_no_play_does_anybody_pass_duties_apart_or_their_own_interest_and_history_folds():
    assert [wrong for play in plays(2) for wrong in wrongs(play)] == []


def unread(count: int, *, times: int, often: int) -> dict[str, set[object]]:
    """Facts that were asked for wherever an act was done so often, and never read, in all that ships.

    Of what is drawn, an alternative that reads them may be one that nobody can ever take.
    """
    Watched.asked.clear()
    Watched.read.clear()
    done: Counter[tuple[Definition, str, str]] = Counter()
    for play in plays(count, times=times, stage=Watched):
        for entry, plan in play.scene.entries:
            if entry.actor.link is None:
                done[play.scene.definition_of(plan.case), plan.was, entry.act.action] += 1
    found = {
        f"{law.name}.{state}.{action}": {fact for fact in facts if _is_plain(fact) and not _stands_in(law, fact)}
        for (law, state, action), facts in Watched.unread().items()
        if done[law, state, action] >= often and law.name != DRAWN
    }
    return {where: facts for where, facts in found.items() if facts}


def _is_plain(fact: object) -> bool:
    """Leave out who hears where a step finds nobody else, and who stood at a unit until the act named another."""
    kind, place = fact if isinstance(fact, tuple) else (fact, None)
    return kind != "seats" or (place != ADMIN and not place.relation.startswith("field:"))


def _stands_in(law: Definition, fact: object) -> bool:
    """Leave out the places of stand-ins: they are read where nobody nearer is found, which is rare."""
    people = law.people
    behind = {people[party.fallback].place for party in people.values() if party.fallback in people}
    return isinstance(fact, tuple) and fact[1] in behind


def test_nothing_is_asked_for_that_is_never_read():
    assert unread(3, times=MOVES, often=20) == {}


@pytest.mark.long
def test_nothing_is_asked_for_anywhere_that_is_never_read():
    assert unread(20, times=200, often=60) == {}


@pytest.mark.long
def test_in_thousands_of_acts_on_all_that_ships_nothing_of_it_happens():
    done: Mapping[str, set[str]] = defaultdict(set)
    for play in plays(5, times=DEEP):
        assert wrongs(play) == []
        for _, plan in play.scene.entries:
            done[play.scene.definition_of(plan.case).name].add(f"{plan.was}.{plan.action}")
    ways = {
        (name, f"{state.name}.{action}")
        for name, law in SHIPPED.items()
        for state in law.states.values()
        for action in state.actions
    }
    never = {(name, way) for name, way in ways if way not in done[name]}
    assert len(never) * 5 <= len(ways), never
