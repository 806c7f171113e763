"""Whole plays drawn at random: few people on many desks, who act for each other, do one thing after another.

Everything goes through the scene, which hands the machine facts of exactly the declared needs. Knows what may be
handed in, no rule: who may do what the machine says, and whether it said right is for those who look at the play.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.support.scenes import MOVEMENT, at, calendar, paper
from workflow.machine.case import places_of
from workflow.machine.deciding import Offer
from workflow.machine.definition import Definition, Field
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import ANSWER, ASSIGN, CLAIM, COUNT, RELEASE, SYSTEM, Act, Actor, Capacity, Case, Json, Place, Plan

NAMES = ("an", "binh", "cuc", "dung", "em", "phuong", "giang")
CAPACITIES: tuple[Capacity, ...] = ("KT", "TL", "TUQ")
DATES = {**MOVEMENT, "milestone": "2018-06-11"}
BEGINS = at("2017-11-08 08:00")
WORDS = (
    "Đã xem xét đầy đủ hồ sơ và các ý kiến kèm theo.",
    "Mười năm liền hoàn thành tốt nhiệm vụ được giao, dân tin yêu.",
)
UNITS = (1, 7)
MOST_OPEN = 12
MUCH = 10**10
LOOKS = 3
AGREES = 8
TRIES = 6
NAPS = (*(1, 1, 3, 12) * 10, 400)
"""So many days nothing is done: a few at most, and rarely as long as a movement takes to end."""
SLEEPS, STRAYS, EDITS, LEAVES, KNOWN, EMPTY, ENDED = 0.1, 0.05, 0.4, 0.05, 0.2, 0.02, 0.1
LEAVING = frozenset(
    {"withdraw", "discard", "cancel", "reject", "dismiss", "recheck", "hold", "reopen", "return", "lower", "object"}
)
"""What people rarely do here, for it ends a case before others have anything to decide."""


def places_in(family: Mapping[str, Definition]) -> tuple[Place, ...]:
    """List every place at which anybody of a family may stand."""
    laws = family.values()
    return tuple(dict.fromkeys(place for law in laws for name in law.people for place in places_of(law, name)))


def cast_for(family: Mapping[str, Definition], chance: random.Random) -> Cast:
    """Draw a cast: somebody at nearly every place, most people at several, and substitutes for some."""
    many = chance.choice(((1, 1, 2, 3), (2, 3, 4), (3, 4, 5)))
    held: dict[str, list[Place]] = {name: [] for name in NAMES}
    for place in places_in(family):
        if chance.random() < EMPTY:
            continue
        for name in chance.sample(NAMES, chance.choice(many)):
            held[name].append(place)
    acting = {
        name: tuple((chance.choice(NAMES), chance.choice(CAPACITIES)) for _ in range(chance.randrange(3)))
        for name in NAMES
    }
    substitutes = {name: tuple(pair for pair in pairs if pair[0] != name) for name, pairs in acting.items()}
    return Cast({name: tuple(places) for name, places in held.items()}, substitutes)


@dataclass
class Play:
    """A stage with its cases, and how often each act was tried in each state."""

    scene: Scene
    chance: random.Random
    seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def moves(self, times: int) -> None:
        """Let so many things happen."""
        for _ in range(times):
            open_ones = self.open_ones()
            if len(open_ones) < MOST_OPEN and self.chance.random() < 1 / (1 + len(open_ones)):
                self.opens()
            elif self.scene.cases:
                self.acts()
            if self.chance.random() < SLEEPS:
                self.scene.advance(self.scene.now + timedelta(days=self.chance.choice(NAPS)))

    def open_ones(self) -> list[Case]:
        """List the cases that have not come to an end."""
        laws = self.scene.definition_of
        return [case for case in self.scene.cases.values() if laws(case).states[case.state].outcome is None]

    def opens(self) -> None:
        """Let somebody open a case of any definition."""
        scene = self.scene
        laws = {scene.definition.name: scene.definition, **scene.family}
        listed = [
            kind for law in laws.values() for members in law.members.values() for kind in members.of if kind in laws
        ]
        name = self.chance.choice([*laws, *listed])
        law = laws[name]
        given = {key: self.value(each) for key, each in law.fields.items() if self.chance.random() < 0.5}
        openers = [SYSTEM, *(scene.cast.actor(who) for who in NAMES)]
        for opener in self.chance.sample(openers, len(openers)):
            for fields in (given, {}):
                if isinstance(scene.open(opener, fields, definition=name), Plan):
                    return

    def acts(self) -> None:
        """Let somebody do something to a case: one that is offered, at times anything at all.

        Whoever is refused what was offered fills in the form anew a few times.
        """
        found = None if self.chance.random() < STRAYS else self.offered()
        if found is None:
            case, actor, act = self.stray()
            self.scene.act(case.id, act, actor)
            self.seen[case.definition, case.state, act.action] += 1
            return
        case, actor, offer = found
        for _ in range(TRIES):
            act = self.filled(self.scene.definition_of(case), case, actor, offer)
            if isinstance(self.scene.act(case.id, act, actor), Plan):
                break
        self.seen[case.definition, case.state, offer.action] += 1

    def stray(self) -> tuple[Case, Actor, Act]:
        """Choose an act without asking whether it is possible."""
        case = self.chance.choice(list(self.scene.cases.values()))
        actions = [name for state in self.scene.definition_of(case).states.values() for name in state.actions]
        claims: list[tuple[str, Mapping[str, Json]]] = [(CLAIM, {}), (RELEASE, {}), (ASSIGN, {"person": self.person()})]
        action, inputs = self.chance.choice([*claims, *((name, {"comment": WORDS[0]}) for name in actions)])
        return case, self.scene.cast.actor(self.chance.choice(NAMES)), Act(action, inputs)

    def offered(self) -> tuple[Case, Actor, Offer] | None:
        """Choose among what is offered on some cases that which was done least; None where nothing is."""
        found: list[tuple[Case, Actor, Offer]] = []
        cases = self.open_ones() if self.chance.random() > ENDED else list(self.scene.cases.values())
        for case in self.chance.sample(cases, min(LOOKS, len(cases))):
            for actor in map(self.scene.cast.actor, self.chance.sample(NAMES, len(NAMES))):
                offers = [offer for offer in self.scene.offers(case.id, actor) if offer.refusal is None]
                kept = [offer for offer in offers if offer.action not in LEAVING or self.chance.random() < LEAVES]
                found += [(case, actor, offer) for offer in kept]
                if kept:
                    break
        if not found:
            return None
        return min(
            found, key=lambda each: (self.seen[each[0].definition, each[0].state, each[2].action], self.chance.random())
        )

    def filled(self, law: Definition, case: Case, actor: Actor, offer: Offer) -> Act:
        """Fill in the form of an act."""
        if offer.action.startswith(ANSWER):
            return Act(offer.action, {"answer": self.answer(law, case, offer.action.removeprefix(ANSWER), actor)})
        if offer.action.startswith(COUNT):
            return Act(offer.action, {"count": self.count(law, case, offer.action.removeprefix(COUNT))})
        edits = [name for name in offer.edits if self.chance.random() < EDITS]
        inputs = {name: self.given(law, name) for name in dict.fromkeys((*offer.requires, *edits))}
        lists = [name for name in offer.lists if self.chance.random() > STRAYS]
        return Act(offer.action, inputs | {name: self.codes(law, name) for name in lists})

    def answer(self, law: Definition, case: Case, ask: str, actor: Actor) -> Json:
        """Answer a question, on each line on which one has a say."""
        first, *rest = [each.name for each in law.states[case.state].asks[ask].answers]
        said = [*[first] * AGREES, first, *rest]
        lines = case.asks[ask].lines
        if not lines:
            return self.chance.choice(said)
        mine = [code for code, line in lines.items() if actor.person not in line.barred]
        return {code: self.chance.choice(said) for code in mine}

    def count(self, law: Definition, case: Case, name: str) -> Json:
        """Count papers: everybody who may votes, validly, one way or the other."""
        ask, standing = law.states[case.state].asks[name], case.asks[name]

        def line(members: int) -> dict[str, Json]:
            first = self.chance.choice((members, members, self.chance.randint(0, members)))
            rest = [0] * (len(ask.answers) - 2)
            split = dict(zip((each.name for each in ask.answers), [first, members - first, *rest], strict=True))
            return {"issued": members, "collected": members, "valid": members, "invalid": 0, **split}

        if not ask.about:
            return line(len(standing.members))
        return {code: line(len(set(standing.members) - set(found.barred))) for code, found in standing.lines.items()}

    def codes(self, law: Definition, name: str) -> Json:
        """Choose cases that could be put on a list."""
        wanted = law.members[name]
        fit = [
            case.code
            for case in self.scene.cases.values()
            if case.state == wanted.at and self.scene.definition_of(case).name in wanted.of
        ]
        return list(self.chance.sample(fit, self.chance.randint(min(1, len(fit)), len(fit))))

    def given(self, law: Definition, name: str) -> Json:
        return self.value(law.fields[name]) if name in law.fields else WORDS[0]

    def person(self) -> int:
        return self.chance.randint(1, len(NAMES))

    def value(self, wanted: Field) -> Json:
        """Draw something that a field may hold."""
        if wanted.type in ("integer", "money", "percent"):
            least = wanted.min or 0
            return self.chance.randint(least, wanted.max or self.chance.choice((least + 12, least + 12, MUCH)))
        return DRAWN[wanted.type](self, wanted)

    def day(self, _wanted: Field) -> Json:
        today = date(2017, 11, 8) + (self.scene.now - BEGINS)
        return (today + timedelta(days=self.chance.choice((-3, 1, 20, 45)))).isoformat()

    def nominee(self, _wanted: Field) -> Json:
        known: dict[str, Json] = {"person": self.person()} if self.chance.random() < KNOWN else {}
        return {"kind": "person", "name": "Phạm Văn An", **known}

    def document(self, wanted: Field) -> Json:
        outside: dict[str, Json] = {"sender": "Huyện ủy", "received": "2017-11-08"}
        return paper() | (outside if wanted.origin else {})

    def table(self, wanted: Field) -> Json:
        rows = range(max(wanted.min or 1, 1))
        return [{name: self.value(column) for name, column in wanted.columns.items()} for _ in rows]


DRAWN: Mapping[str, Callable[[Play, Field], Json]] = {
    "text": lambda play, _: play.chance.choice(WORDS),
    "long_text": lambda play, _: play.chance.choice(WORDS),
    "decimal": lambda play, _: f"{play.chance.randint(0, 9)}.5",
    "flag": lambda play, _: play.chance.random() < 1 / 2,
    "choice": lambda play, wanted: play.chance.choice(list(wanted.of)),
    "unit": lambda play, _: play.chance.choice(UNITS),
    "person": lambda play, _: {"name": "Nguyễn Thị Hoa", "person": play.person()},
    "date": Play.day,
    "nominee": Play.nominee,
    "document": Play.document,
    "table": Play.table,
}


def wander(family: Mapping[str, Definition], seed: str, *, times: int = 60, stage: type[Scene] = Scene) -> Play:
    """Play so many moves of a family of definitions on one stage."""
    chance = random.Random(seed)
    first, *others = family
    scene = stage(
        family[first],
        calendar(),
        cast_for(family, chance),
        BEGINS,
        DATES,
        family={name: family[name] for name in others},
    )
    play = Play(scene, chance)
    play.moves(times)
    return play
