"""Replaying the log of another system through a definition: which of its steps the rules would have refused, and why.

Every event is tried at its own time, by its own person; an event that is refused changes nothing, and the case goes on
from where it stands.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflow import calendars, cases
from workflow.cases import Acted
from workflow.catalogue import Language
from workflow.definitions import publishing, wording
from workflow.exchange import Event, event_logs
from workflow.library.engine import Engine, know_role, let_pass
from workflow.machine.case import field_of
from workflow.machine.definition import Definition
from workflow.machine.words import NO_CONTEXT, NamingContext, sentence
from workflow.organisation import GrantForm, PersonForm, grants, people, units
from workflow.storage.queries.organisation import people as known_people
from workflow.storage.session import Tx
from workflow.values import OPEN, Act, Json, Refusal

_WHOLE = ("integer", "money", "percent", "unit")
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class ReplayVerdict:
    """What the rules say to one event: `refusal` None means that it was done; `state` is where the case stands then."""

    event: Event
    refusal: Refusal | None
    state: str


@dataclass(frozen=True, slots=True)
class Replay:
    """The verdicts on a whole log, in order of time; `context` is what sentences call its facts."""

    definition: Definition
    verdicts: tuple[ReplayVerdict, ...]
    context: NamingContext = NO_CONTEXT

    @property
    def refused(self) -> tuple[ReplayVerdict, ...]:
        """The events that the rules would not have let happen."""
        return tuple(verdict for verdict in self.verdicts if verdict.refusal)

    @property
    def percent(self) -> int:
        """How many of a hundred events were in order, rounded down."""
        return 100 * (len(self.verdicts) - len(self.refused)) // len(self.verdicts) if self.verdicts else 100

    def sentences(self, language: Language) -> Iterator[str]:
        """Say each refused event with its row and the reasons."""
        for verdict in self.refused:
            event, refusal = verdict.event, verdict.refusal
            said = [
                sentence(reason, language=language, definition=self.definition, context=self.context)
                for reason in (refusal.reasons if refusal else ())
            ]
            yield f"{event.number}: {event.case} {event.action} ({event.person}): {' '.join(said)}"


def replay(engine: Engine, definition: str, log: bytes, *, unit: str, name: str = "log.csv") -> Replay:
    """Play a log (CSV or Excel) as cases of a unit under a published definition, in one transaction.

    People of the log are added, with the roles it names from their first event on. Raises `FaultyFile` for a log that
    cannot be read.
    """
    events = event_logs.read(log, name=name)
    with engine.database.writing() as tx:
        law = publishing.current(tx, definition)
        _introduce(tx, events, unit=unit)
        play = _Play(tx, law, units.find_code(tx, unit).id)
        return Replay(law, tuple(map(play.verdict, events)), wording.context_of(tx, law))


def _introduce(tx: Tx, events: Sequence[Event], *, unit: str) -> None:
    granted: set[tuple[str, str, str]] = set()
    for event in events:
        if known_people.find_username(tx, event.person) is None:
            people.add(tx, PersonForm(event.person, event.person), person_id=None, now=event.at)
        held = (event.person, event.role, event.place or unit)
        if event.role and held not in granted:
            granted.add(held)
            place = units.find_code(tx, event.place or unit)
            know_role(tx, event.role, place.kind)
            holder = people.find_username(tx, event.person).id
            form = GrantForm(holder, event.role, place.id, calendars.local_date(tx, event.at))
            grants.grant(tx, form, person_id=None, now=event.at)


@dataclass(slots=True)
class _Play:
    tx: Tx
    law: Definition
    unit: int
    codes: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def verdict(self, event: Event) -> ReplayVerdict:
        let_pass(self.tx, event.at)
        answer = self.answer(event)
        if isinstance(answer, Acted):
            self.codes[event.case], self.states[event.case] = answer.case.code, answer.case.state
        return ReplayVerdict(event, answer if isinstance(answer, Refusal) else None, self.states.get(event.case, ""))

    def answer(self, event: Event) -> Acted | Refusal:
        """Do what the event says; a log that does not say how a case came about opens it with its first event."""
        person = people.find_username(self.tx, event.person).id
        values = {name: self.value(name, text) for name, text in event.values.items()}
        if event.case not in self.codes:
            given = values if event.action == OPEN else {}
            opened = cases.open_case(
                self.tx, self.law.name, unit_id=self.unit, person_id=person, now=event.at, fields=given
            )
            if event.action == OPEN or isinstance(opened, Refusal):
                return opened
            self.codes[event.case], self.states[event.case] = opened.case.code, opened.case.state
        code = self.codes[event.case]
        return cases.act_in(self.tx, code, Act(event.action, values), person_id=person, now=event.at)

    def value(self, name: str, text: str) -> Json:
        """Read a cell as the definition's field wants it; what does not fit is left for the rules to refuse."""
        known = field_of(self.law, name)
        kind = known.type if known else "text"
        if kind in _WHOLE and text.lstrip("-").isdecimal():
            return int(text)
        if kind == "flag":
            return _FLAGS.get(text, text)
        if text[0] in "[{":
            return _parsed(text)
        return text


def _parsed(text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except ValueError:
        return text
    return value
