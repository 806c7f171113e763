"""Cases: opening one, and every act on one, by a person, a deadline or a linked case.

Loads the case and its facts, asks the machine, applies the answer in the caller's transaction. No rule stands here.
Called by the doors with the person who asks and with `now`, and by `escalations` for the system.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from workflow import access, calendars, facts, histories, papers, params, publishing
from workflow.errors import CaseNotFound
from workflow.machine.calendars import Calendar
from workflow.machine.deciding import decide, moving, not_opened, opening
from workflow.machine.definition import Definition
from workflow.machine.listing import codes_in
from workflow.machine.moving import copied, openings_of
from workflow.machine.seeing import open_fields
from workflow.storage import applying, numbers
from workflow.storage.queries import cases as records
from workflow.storage.queries.cases import ForAct
from workflow.storage.queries.organisation import Surroundings
from workflow.storage.session import Tx
from workflow.values import OPEN, SYSTEM, Act, Actor, Case, Facts, Json, Linked, Opening, Plan, Refusal
from workflow.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act did: the case as it stands and the cases it opened. `repeated`: the same request came before."""

    case: Case
    plan: Plan | None
    opened: tuple[Case, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who acts, when, under which calendar; `request_key` marks a request that may be sent twice.

    `around` are the people around the one case that was loaded with them.
    """

    actor: Actor
    now: datetime
    calendar: Calendar
    request_key: str | None = None
    around: Surroundings | None = None

    @property
    def today(self) -> date:
        return self.calendar.local(self.now).date()


How = Callable[[Tx, Case, Act, Circumstances], Acted | Refusal]
"""A way to decide and apply one act on a case that is loaded."""


def open_case(
    tx: Tx,
    name: str,
    *,
    unit_id: int,
    person_id: int | None,
    now: datetime,
    fields: Mapping[str, Json] | None = None,
    movement_id: int | None = None,
    milestone: str | None = None,
    request_key: str | None = None,
) -> Acted | Refusal:
    """Open a case of the definition in force, for a unit; `person_id` None is the movement that opens it.

    `milestone` is that of the movement for which the unit owes the case.

    Raises `DefinitionNotFound` for a name without a published version.
    """
    earlier = records.by_request(tx, request_key) if request_key else None
    if earlier is not None:
        return Acted(earlier, None, repeated=True)
    actor = access.standing(tx, person_id, now=now) if person_id is not None else SYSTEM
    at_hand = Circumstances(actor, now, calendars.calendar_of(tx), request_key)
    definition = publishing.current(tx, name)
    return _open(tx, definition, at_hand, unit=unit_id, movement=movement_id, milestone=milestone, fields=fields or {})


def act(
    tx: Tx, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Do to a case what a person asks for, or say why not. Doors that do nothing else call `single_acts.act`.

    Raises `CaseNotFound` for a code that does not exist or that this person may not know of.
    """
    return approached(tx, code, asked, act_on, person_id=person_id, now=now, request_key=request_key)


def approached(
    tx: Tx, code: str, asked: Act, how: How, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Load a case and who asks, and do it as `how` does; whom it would tell too much hears that there is no case."""
    found = records.load_for_act(tx, code, request_key=request_key)
    if found is None:
        raise CaseNotFound(code)
    if found.repeated:
        return Acted(found.case, None, repeated=True)
    at_hand = circumstances(tx, found, person_id=person_id, now=now, request_key=request_key)
    answer = how(tx, found.case, asked, at_hand)
    # Whoever may act may know of the case: only a refusal asks whether this one would give a stranger something away.
    if isinstance(answer, Refusal) and not access.may_see(tx, found.case, person_id, now=now):
        raise CaseNotFound(code)
    return answer


def circumstances(
    tx: Tx, found: ForAct, *, person_id: int, now: datetime, request_key: str | None = None
) -> Circumstances:
    """Say how a person stands before a case that was just loaded."""
    calendar = calendars.at_revision(tx, found.calendar_revision)
    actor = found.around.actor(person_id, on_date=calendar.local_date(now))
    return Circumstances(actor, now, calendar, request_key, found.around)


def act_on(tx: Tx, case: Case, asked: Act, at_hand: Circumstances) -> Acted | Refusal:
    """Decide and apply one act on a case that is loaded and locked."""
    definition = publishing.compiled(tx, case.definition)
    found = facts.for_act(tx, definition, case, asked, on_date=at_hand.today, around=at_hand.around)
    if found.facts.cases:
        found = _known_to(tx, at_hand, found, codes_in(definition, asked))
    answer = decided(tx, definition, case, asked, found=found, at_hand=at_hand)
    if isinstance(answer, Refusal):
        return answer
    mover = moving(at_hand.actor, case, on_behalf=answer.on_behalf)
    by_link = replace(at_hand, actor=mover, request_key=None, around=None)
    # First the cases to open: if one refuses, nothing has been written yet.
    before = {other.case.id: other.case for other in _around(found)} | {case.id: case}
    opened = [
        _open_linked(tx, before[origin.id], wanted, replace(by_link, actor=replace(mover, link=origin.code)))
        for origin, wanted in openings_of(answer)
    ]
    refusals = [each for each in opened if isinstance(each, Refusal)]
    if refusals:
        return refusals[0]
    _apply(tx, definition, case, answer, asked=asked, known=found.facts, at_hand=at_hand)
    _apply_moves(tx, answer, found, by_link)
    return Acted(answer.case, answer, tuple(each.case for each in opened if isinstance(each, Acted)))


def decided(
    tx: Tx, definition: Definition, case: Case, asked: Act, *, found: facts.Found, at_hand: Circumstances
) -> Plan | Refusal:
    """Decide one act on a case from the facts found; writes nothing."""
    answer = decide(
        definition,
        case,
        asked,
        actor=at_hand.actor,
        facts=found.facts,
        now=at_hand.now,
        calendar=at_hand.calendar,
        definitions=found.definitions,
    )
    if isinstance(answer, Refusal):
        return answer
    foreign = papers.find_foreign(tx, definition, case, answer.inputs)
    return Refusal("refused", foreign) if foreign else answer


def _known_to(tx: Tx, at_hand: Circumstances, found: facts.Found, named: frozenset[str]) -> facts.Found:
    """Leave out the cases named that the actor may not know of: naming one must be like naming none at all."""
    person = at_hand.actor.person
    known = {
        code: linked
        for code, linked in found.facts.cases.items()
        if code not in named or (person is not None and access.may_see(tx, linked.case, person, now=at_hand.now))
    }
    return replace(found, facts=replace(found.facts, cases=known))


def _around(found: facts.Found) -> Iterator[Linked]:
    """Go through the cases that an act may move: those at links, and those that it puts there."""
    yield from found.facts.cases.values()
    for others in found.facts.links.values():
        yield from others


def _apply_moves(tx: Tx, plan: Plan, found: facts.Found, by_link: Circumstances) -> None:
    """Apply the Plans of linked cases in id order, each with an entry of its own that says which case moved it."""
    linked = {other.case.id: other for other in _around(found)}
    for move in sorted(plan.moves, key=lambda move: move.case.id):
        other = linked[move.case.id]
        definition = found.definitions[other.case.definition]
        _apply(tx, definition, other.case, move, asked=Act(move.action), known=other.facts, at_hand=by_link)


def _open_linked(tx: Tx, origin: Case, wanted: Opening, by_link: Circumstances) -> Acted | Refusal:
    """Open the one case that an act asks for; where its own definition refuses, so does the whole act."""
    definition = publishing.current(tx, wanted.definition)
    answer = _open(
        tx,
        definition,
        by_link,
        unit=origin.unit,
        movement=origin.movement,
        fields=copied(definition, wanted),
        at=wanted.state,
        linked={wanted.link: (origin,)},
    )
    if isinstance(answer, Refusal):
        return not_opened(wanted, answer)
    applying.link(tx, answer.case.id, wanted.link, origin.id)
    return answer


def _open(
    tx: Tx,
    definition: Definition,
    at_hand: Circumstances,
    *,
    unit: int,
    movement: int | None,
    fields: Mapping[str, Json],
    milestone: str | None = None,
    at: str | None = None,
    linked: Mapping[str, tuple[Case, ...]] = MappingProxyType({}),
) -> Acted | Refusal:
    known = facts.for_opening(
        tx,
        definition,
        unit=unit,
        movement=movement,
        milestone=milestone,
        fields=fields,
        at=at,
        on_date=at_hand.today,
        linked=linked,
    )
    # Ids and numbers are taken before the decision: history holds what the decision saw.
    year = at_hand.today.year
    prefix = code_prefix(definition)
    answer = opening(
        definition,
        case_id=numbers.next_case_id(tx),
        code=f"{prefix}-{year}-{numbers.next_number(tx, prefix, year):04d}",
        unit=unit,
        movement=movement,
        fields=fields,
        actor=at_hand.actor,
        facts=known,
        now=at_hand.now,
        calendar=at_hand.calendar,
        at=at,
        params=params.pins(tx, definition, movement_id=movement, on_date=at_hand.today),
        definitions=_laws_of(tx, known),
    )
    if isinstance(answer, Refusal):
        return answer
    _apply(tx, definition, None, answer, asked=Act(OPEN, fields), known=known, at_hand=at_hand, at=at)
    return Acted(answer.case, answer)


def _laws_of(tx: Tx, known: Facts) -> dict[str, Definition]:
    hashes = {other.case.definition for others in known.links.values() for other in others}
    return {text_hash: publishing.compiled(tx, text_hash) for text_hash in hashes}


def _apply(
    tx: Tx,
    definition: Definition,
    before: Case | None,
    plan: Plan,
    *,
    asked: Act,
    known: Facts,
    at_hand: Circumstances,
    at: str | None = None,
) -> None:
    applying.apply_all(tx, [writing(definition, before, plan, asked=asked, known=known, at_hand=at_hand, at=at)])


def writing(
    definition: Definition,
    before: Case | None,
    plan: Plan,
    *,
    asked: Act,
    known: Facts,
    at_hand: Circumstances,
    at: str | None = None,
) -> applying.Writing:
    """Make of a Plan what is written: its entry, and what lists show of the case from now on."""
    entry = histories.entry(
        before,
        asked,
        plan,
        actor=at_hand.actor,
        facts=known,
        now=at_hand.now,
        at=at,
        calendar=at_hand.calendar.revision,
    )
    title = title_of(definition, plan.case)
    return applying.Writing(
        plan,
        entry,
        definition_name=definition.name,
        title=title,
        search_key=f"{fold(f'{plan.case.code} {title}')} {_folded_kind(definition.title.vi)}",
        request_key=at_hand.request_key,
    )


_folded_kind = lru_cache(maxsize=256)(fold)
"""What the cases of a kind are found by in common, worked out once."""


def title_of(definition: Definition, case: Case) -> str:
    """Say what tells one case of a kind from another: the heading field, unless its state closes that to some.

    A numbered paper is called by its number and day, as people do.
    """
    heading = definition.heading
    value = case.fields.get(heading) if heading and heading in open_fields(definition, case.state) else None
    if isinstance(value, dict):
        value = f"{value['symbol']}, {_day(value['dated'])}" if "symbol" in value else value.get("name")
    elif definition.heading and definition.fields[definition.heading].type == "date":
        value = _day(value)
    return str(value) if value is not None else ""


def _day(value: Json) -> str | None:
    """A day as it stands on paper in both languages, 05/11/2017."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(value, str) else None


def code_prefix(definition: Definition) -> str:
    """Take the initials of the title's first two words: Kế hoạch gives KH, Đề nghị gives DN."""
    words = fold(definition.title.vi).split()
    return "".join(word[0] for word in words[:2]).upper()
