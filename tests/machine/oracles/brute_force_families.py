"""Brute force for definitions that act on each other's cases: a case of the listed kind, one of each that lists it.

Everything goes through the real rules on a stage; acts over links come about only by what the holders do. A holder that
is finished may be followed by another, and so may a listed case, which then stays. Two situations are one where all
cases stand alike, in what they can lead back to, what their asks came to, and whom their lists hold. Knows nothing of
the verifier.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tests.machine.oracles.filling import values_of
from tests.support.scenes import at, calendar
from workflow.machine.case import editable_by, places_of
from workflow.machine.definition import Action, Definition
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import COUNT, Act, Actor, Case, Json, Place, Plan

NOW = at("2017-10-20 09:00")
VOTERS = 3
LISTED = 2
"""So many cases of the listed kind at most, one after the other."""
Family = Mapping[str, Definition]
Fields = dict[str, Json]


@dataclass(slots=True)
class Together:
    """All situations with what follows them (and of which definition a holder is opened then), and ways taken."""

    follows: dict[object, list[tuple[object, str | None]]] = field(default_factory=dict)
    stages: dict[object, Scene] = field(default_factory=dict)
    fired: set[tuple[str, str, str]] = field(default_factory=set)

    def traps(self, family: Family, name: str) -> set[str]:
        """The states in which a case of a definition may be that never ends any more, without another of its kind.

        Where no further case can be listed, a holder waits for those of whom nothing is played here.
        """
        ending = {key for key, scene in self.stages.items() if _settled(family, _of(scene, name))}
        while True:
            more = {
                key
                for key, after in self.follows.items()
                if key not in ending and any(to in ending and opened != name for to, opened in after)
            }
            if not more:
                left = [scene for key, scene in self.stages.items() if key not in ending]
                cases = [
                    _of(scene, name) for scene in left if not family[name].members or _may_list_more(scene, family)
                ]
                return {case.state for case in cases if case is not None}
            ending |= more


def plays_together(family: Family) -> list[tuple[Family, Together]]:
    """Play a family once for each definition whose cases stand on its lists, with those that list them."""
    kinds = sorted(_listed(family))
    parts = [{name: law for name, law in family.items() if name == kind or kind in _lists(law)} for kind in kinds]
    return [(part, play_together(part)) for part in parts]


def play_together(family: Family) -> Together:
    """Play a family whose lists all hold cases of one definition."""
    (listed,) = _listed(family)
    found, queue = Together(), deque[Scene]()
    _note(found, queue, Scene(family[listed], calendar(), _cast(family), NOW, {"ends": "2020-12-31"}, family=family))
    while queue:
        scene = queue.popleft()
        key = _key(scene)
        for after, opened in _next(scene, family, found):
            found.follows[key].append((_key(after), opened))
            _note(found, queue, after)
    return found


def _note(found: Together, queue: deque[Scene], scene: Scene) -> None:
    key = _key(scene)
    if key not in found.stages:
        found.stages[key] = scene
        found.follows[key] = []
        queue.append(scene)


def _cast(family: Family) -> Cast:
    """Let somebody of their own stand behind each name of each definition, and several where votes are cast."""
    people: dict[str, tuple[Place, ...]] = {}
    for name, law in family.items():
        asked = {who for state in law.states.values() for ask in state.asks.values() for who in ask.parties}
        for who in law.people:
            place = next(places_of(law, who))
            people |= {f"{name}.{who}.{number}": (place,) for number in range(VOTERS if who in asked else 1)}
    return Cast(people)


def _may_list_more(scene: Scene, family: Family) -> bool:
    return all(len(_all_of(scene, name)) < LISTED for name in _listed(family))


def _listed(family: Family) -> set[str]:
    """Whose cases stand on the family's lists, of those that are played."""
    return {kind for law in family.values() for kind in _lists(law)} & {*family}


def _lists(law: Definition) -> set[str]:
    return {kind for members in law.members.values() for kind in members.of}


def _all_of(scene: Scene, name: str) -> list[Case]:
    return [case for case in scene.cases.values() if scene.definition_of(case).name == name]


def _of(scene: Scene, name: str) -> Case | None:
    """The latest case of a definition."""
    return next(reversed(_all_of(scene, name)), None)


def _settled(family: Family, case: Case | None) -> bool:
    laws = {law.hash: law for law in family.values()}
    return case is not None and laws[case.definition].states[case.state].is_settled


def _key(scene: Scene) -> object:
    cases = []
    for case in scene.cases.values():
        asks = tuple((name, repr(ask.paper), ask.closed, len(ask.answers)) for name, ask in sorted(case.asks.items()))
        cases.append((case.definition, case.state, case.back, asks, tuple(sorted(case.fields))))
    numbers = {case.id: case.definition for case in scene.cases.values()}
    return tuple(cases), tuple(sorted((numbers[one], link, other) for one, link, other in scene.links))


def _copy(scene: Scene, without: Case | None = None) -> Scene:
    """Return a stage of its own, with what is over forgotten."""
    kept = {number: case for number, case in scene.cases.items() if case is not without}
    links = [link for link in scene.links if link[0] in kept and link[2] in kept]
    return replace(scene, cases=kept, links=links, deadlines={}, letters=[], entries=[], ballots=[])


def _next(scene: Scene, family: Family, found: Together) -> Iterator[tuple[Scene, str | None]]:
    for name, law in family.items():
        case = _of(scene, name)
        if case is None or (_settled(family, case) and (law.members or len(_all_of(scene, name)) < LISTED)):
            yield from (
                (after, name if law.members else None) for after in _opened(scene, law, case if law.members else None)
            )
        if case is not None:
            yield from ((after, None) for after in _acted(scene, law, case, found))


def _opened(scene: Scene, law: Definition, before: Case | None) -> Iterator[Scene]:
    for start in law.starts:
        after = _copy(scene, before)
        # A case that was forgotten leaves its number to the next.
        number = before.id if before else max(after.cases, default=0) + 1
        opener = after.cast.actor(f"{law.name}.{start.by}.0") if start.by in law.people else Actor(None)
        opened = Scene(after.definition, after.calendar, after.cast, NOW, after.movement, family=after.family)
        answer = opened.open(opener, {}, definition=law.name)
        if isinstance(answer, Plan):
            case = answer.case._replace(id=number, code=f"{law.name}-{number}")
            after.cases = dict(sorted({**after.cases, number: case}.items()))
            yield after


def _acted(scene: Scene, law: Definition, case: Case, found: Together) -> Iterator[Scene]:
    state = law.states[case.state]
    for action in state.actions.values():
        for who in dict.fromkeys(way.by for way in action.alternatives):
            if who in law.people:
                for inputs in _inputs(scene, law, case, action, who):
                    yield from _done(scene, case, Act(action.name, inputs), f"{law.name}.{who}.0", found)
    for ask in state.asks.values():
        for answer in ask.answers if ask.paper and state.turn and ask.name in case.asks else ():
            counted: Fields = {each.name: VOTERS if each is answer else 0 for each in ask.answers}
            line: Fields = {"issued": VOTERS, "collected": VOTERS, "valid": VOTERS, "invalid": 0, **counted}
            said: Json = dict.fromkeys(case.asks[ask.name].lines, line) if ask.about else line
            who = f"{law.name}.{state.turn.who}.0" if state.turn else ""
            yield from _done(scene, case, Act(COUNT + ask.name, {"count": said}), who, found)


def _done(scene: Scene, case: Case, act: Act, who: str, found: Together) -> Iterator[Scene]:
    after = _copy(scene)
    answer = after.act(case.id, act, after.cast.actor(who))
    if isinstance(answer, Plan):
        for entry, plan in after.entries:
            found.fired.add((after.definition_of(plan.case).name, plan.was, entry.act.action))
        yield after


def _inputs(scene: Scene, law: Definition, case: Case, action: Action, who: str) -> Iterator[Fields]:
    gives = {name for way in action.alternatives if way.by == who for name in way.requires}
    names = {*editable_by(law, law.states[case.state], who), *gives} - law.members.keys()
    given: Fields = {name: _value(law, name) for name in sorted(names)}
    lists = [name for name in law.members if name in law.states[case.state].edit.get(who, ())]
    choices: list[Fields] = [
        {name: option} for name in sorted(gives & law.fields.keys()) for option in law.fields[name].of if lists
    ]
    for more in choices or [{}]:
        yield given | more
        for name in lists:
            codes = [each.code for kind in law.members[name].of for each in _all_of(scene, kind)]
            for chosen in ([], codes, codes[-1:], codes[:1]):
                yield given | more | {name: list(chosen)}


def _value(law: Definition, name: str) -> Json:
    if name == "notice_end":
        return "2017-11-20"
    return values_of(law)[name][-1]
