"""One play in both worlds at once: a scene, and a record in which the same people sit at the same desks.

Whatever happens on the scene is asked of the record too; both must give the same answer and stand alike afterwards. The
scene takes numbers from books and gives them back, as the record does, so codes are the same in both.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.random_plays import NAMES, STRAYS, Play
from tests.verbs.record_side import Record, comparable
from tests.verbs.seating import unit_named_in
from workflow.cases.record_world import code_prefix
from workflow.machine.case import places_of
from workflow.machine.deciding import Beginning, Offer
from workflow.machine.deciding.replay import entry_to_json
from workflow.machine.definition import LINK, Definition, Field
from workflow.machine.walks.simulation import UNIT, Scene
from workflow.values import DUE, SYSTEM, Act, Actor, Case, Facts, Json, Needs, Plan, Refusal

SEEN = 0.3


@dataclass(slots=True)
class BothWorlds(Scene):
    """A scene that asks the record the same; `done` counts what happened, `books` are the last numbers given out."""

    record: Record = None  # type: ignore[assignment] # the fields before it have defaults
    books: Counter[tuple[str, int]] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    def open(
        self,
        actor: Actor,
        fields: Mapping[str, Json] | None = None,
        *,
        definition: str | None = None,
        unit: int = UNIT,
    ) -> Plan | Refusal:
        """Open a case in both worlds."""
        before = len(self.entries)
        answer = Scene.open(self, actor, fields, definition=definition, unit=unit)
        name = self._named(definition).name
        other = self.record.open(name, fields or {}, actor, self)
        self.done["opened" if isinstance(answer, Plan) else "not opened"] += 1
        self._compare_answers(f"open {name}", answer, other, self._since(before))
        return answer

    def act(self, case_id: int, act: Act, actor: Actor) -> Plan | Refusal:
        """Act in both worlds."""
        case, before = self.cases[case_id], len(self.entries)
        act = replace(act, inputs=self._handed_over(case, act.inputs))
        answer = Scene.act(self, case_id, act, actor)
        other = self.record.act(case, act, actor, self)
        self._count(act, answer)
        where = f"{case.code} {act.action} by {actor.person}"
        self._compare_answers(where, answer, other, {case_id: case.version + 1} | self._since(before))
        return answer

    def _count(self, act: Act, answer: Plan | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.done["refused"] += 1
            self.done["opening refused"] += answer.reasons[:1] != () and answer.reasons[0].code == "cannot_open"
            return
        self.done["fired" if act.action.startswith(DUE) else "accepted"] += 1
        self.done["moves"] += len(answer.moves)
        self.done["openings"] += len(answer.openings) + sum(len(move.openings) for move in answer.moves)

    def _since(self, before: int) -> dict[int, int]:
        """Return the cases that something happened to since there were so many entries, with the first of it."""
        versions: dict[int, int] = {}
        for _, plan in self.entries[before:]:
            versions.setdefault(plan.case.id, plan.case.version)
        return versions

    def _compare_answers(
        self, where: str, mine: Plan | Refusal, other: Refusal | None, since: Mapping[int, int]
    ) -> None:
        assert (mine if isinstance(mine, Refusal) else None) == other, (where, mine, other)
        self.compare(where, since)

    def compare_all(self) -> None:
        """Compare everything that both worlds hold."""
        self.compare("all", dict.fromkeys(self.cases, 1))

    def compare(self, where: str, since: Mapping[int, int]) -> None:
        """Compare what both worlds hold of these cases, of each its entries from one on."""
        if since:
            differences = list(_differences(self.standing(since), self.record.standing(since)))
            assert not differences, (where, differences[:5])

    def standing(self, since: Mapping[int, int]) -> dict[str, Any]:
        """Everything that the scene keeps of these cases, as the record says it."""
        own = [(entry, plan) for entry, plan in self.entries if plan.case.id in since]
        new = [(entry, plan) for entry, plan in own if plan.case.version >= since[plan.case.id]]
        return {
            "count": [(len(self.entries),)],
            "cases": {number: self.cases[number] for number in since},
            "history": {
                (plan.case.id, plan.case.version): comparable(json.dumps(entry_to_json(entry, plan)))
                for entry, plan in new
            },
            "turns": sorted(_turns(plan for _, plan in own)),
            "deadlines": sorted(
                (number, name, deadline.due_at, deadline.step)
                for (number, name), deadline in self.deadlines.items()
                if number in since
            ),
            "links": sorted(self.links),
            "places": sorted((number, *place.limit, place.number) for number, place in self.places),
            "ballots": sorted((number, *ballot) for number, ballot in self.ballots),
            "notices": {f"tell:{plan.case.id}:{plan.case.version}": _notices(plan) for _, plan in new if plan.notices},
            "books": sorted((*book, last) for book, last in self.books.items() if last),
        }

    def _handed_over(self, case: Case, inputs: Mapping[str, Json]) -> dict[str, Json]:
        """Take papers that lie in the record."""
        papers = [name for name, known in self.definition_of(case).fields.items() if known.type == "document"]
        given = {name: value for name, value in inputs.items() if name in papers and isinstance(value, dict)}
        lying = {name: {**value, **self.record.papers.hand_over(case.id, name)} for name, value in given.items()}
        return {**inputs, **lying}

    def _begin(self, definition: Definition, fields: Mapping[str, Json], **more: Any) -> Beginning:
        beginning = Scene._begin(self, definition, fields, **more)
        book = (code_prefix(definition), self.calendar.local_date(self.now).year)
        self.books[book] += 1
        return beginning._replace(code=f"{book[0]}-{book[1]}-{self.books[book]:04d}", book=book)

    def give_back(self, beginning: Beginning) -> None:
        """Give the number back to its book."""
        assert beginning.book is not None
        self.books[beginning.book] -= 1

    def _facts(self, case: Case, wanted: Needs, act: Act) -> Facts:
        """Find nobody at a unit that no field names yet, as the record does."""
        facts = Scene._facts(self, case, wanted, act)
        unnamed = {
            place: ()
            for place in facts.seats
            if place.relation.startswith("field:") and place.relation.removeprefix("field:") not in case.fields
        }
        return facts._replace(seats={**facts.seats, **unnamed})


class PlayInBoth(Play):
    """A play in which fields name units that are there, mostly those open cases who may, and some pages are old."""

    def opens(self) -> None:
        """Let somebody open a case who stands where its definition says, at times anybody."""
        laws = [law for law in self.scene.family.values() if any(start.by != LINK for start in law.starts)]
        law = self.chance.choice(laws)
        by = self.chance.choice([start.by for start in law.starts if start.by != LINK])
        cast, places = self.scene.cast, {*places_of(law, by)} if by in law.people else set()
        openers = [
            name for name in NAMES if places & {*cast.places[name]} or (places and self.chance.random() < STRAYS)
        ]
        opener = cast.actor(self.chance.choice(openers)) if openers else SYSTEM
        given = {name: self.value(known) for name, known in law.fields.items() if self.chance.random() < STRAYS}
        self.scene.open(opener, given, definition=law.name)

    def filled(self, law: Definition, case: Case, actor: Actor, offer: Offer) -> Act:
        """Fill in the form of an act, at times on a page that says which version it shows."""
        act = super().filled(law, case, actor, offer)
        version = self.chance.choice((case.version, case.version, case.version - 1))
        return replace(act, seen=max(version, 1)) if self.chance.random() < SEEN else act

    def value(self, wanted: Field) -> Json:
        """Draw something that a field may hold."""
        return unit_named_in(wanted.name) if wanted.type == "unit" else super().value(wanted)


def _turns(plans: Iterator[Plan]) -> Iterator[tuple[Any, ...]]:
    turns = {}
    for plan in plans:
        for slot in plan.closes:
            turns.pop((plan.case.id, slot), None)
        turns |= {(plan.case.id, turn.slot): turn for turn in plan.opens}
    for (case_id, slot), turn in turns.items():
        excluded = "".join(f",{person}" for person in sorted(turn.excluded))
        yield case_id, slot, *turn.desk, turn.person or 0, f"{excluded}," if excluded else ""


def _notices(plan: Plan) -> Any:
    notices = [
        {
            "notice": notice.kind,
            "desks": [[*desk] for desk in notice.desks],
            "people": list(notice.people),
            "facts": dict(notice.facts),
            "excluded": sorted(notice.excluded),
        }
        for notice in plan.notices
    ]
    return json.loads(json.dumps(notices))


def _differences(mine: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Go through the innermost values that differ: where, here, there."""
    if isinstance(mine, dict) and isinstance(other, dict):
        for key in {**mine, **other}:
            yield from _differences(mine.get(key, ...), other.get(key, ...), f"{path}/{key}")
    elif isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other):
        for number, (here, there) in enumerate(zip(mine, other, strict=True)):
            yield from _differences(here, there, f"{path}/{number}")
    elif mine != other:
        yield path, mine, other
