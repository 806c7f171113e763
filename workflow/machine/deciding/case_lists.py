"""Lists of cases that an act changes: which cases it would have on them, and which of those may be put there.

An act that names a list says which cases stand on it afterwards, by their codes; all others leave it. Knows the list's
conditions and the facts, no right: which lists the actor may edit comes in.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from workflow.machine.calendar import Calendar
from workflow.machine.case import Question, linked_by, linked_definition, linked_row
from workflow.machine.definition import Definition, Members
from workflow.values import EMPTY_MAPPING, Act, Json, Linked, Reason

MOST_CASES = 500


class Lists(NamedTuple):
    """The lists an act names, as they stand with it; who comes and who goes; and what is wrong with the rest."""

    after: Mapping[str, tuple[Linked, ...]] = EMPTY_MAPPING
    links_added: tuple[tuple[str, int], ...] = ()
    links_removed: tuple[tuple[str, int], ...] = ()
    faults: tuple[Reason, ...] = ()

    @property
    def inputs(self) -> dict[str, Json]:
        """Return what the act said, for history."""
        return {name: [linked.case.code for linked in cases] for name, cases in self.after.items()}


def codes_in(definition: Definition, act: Act) -> frozenset[str]:
    """List the codes of the cases that an act would have on lists, as far as they can be read."""
    named = (_codes(act.inputs[name]) for name in definition.members if name in act.inputs)
    return frozenset(chain.from_iterable(codes or () for codes in named))


def without_lists(definition: Definition, inputs: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return the inputs that are fields of the form."""
    if not definition.members:
        return inputs
    return {name: value for name, value in inputs.items() if name not in definition.members}


def take_lists(question: Question, *, allowed: Iterable[str], fills: Iterable[str] = ()) -> Lists:
    """Read the lists that an act names and say which cases cannot be put there; those it `fills` take all that fit."""
    names, filled = frozenset(allowed), frozenset(fills)
    taken = Lists()
    for members in question.definition.members.values():
        if members.name not in question.act.inputs:
            if members.name in filled:
                taken = _with(taken, *_list(question, members, _fitting(question, members)))
            continue
        codes = _codes(question.act.inputs[members.name])
        if members.name not in names or codes is None:
            code = "not_asked_for" if members.name not in names else "not_cases"
            taken = _with(taken, faults=(Reason(code, {"field": members.name}, members.name),))
            continue
        taken = _with(taken, *_list(question, members, codes))
    return taken


def may_be_put(
    members: Members,
    linked: Linked,
    definitions: Mapping[str, Definition],
    *,
    unit: int,
    below: frozenset[int],
    today: date,
    calendar: Calendar,
) -> bool:
    """Tell whether a case may be put on a list: of the kind and in the state asked for, with all that is read of it.

    `unit` is that of the list, `below` has those below it.
    """
    case, definition = linked.case, linked_definition(definitions, linked)
    if definition.name not in members.of or case.state != members.at:
        return False
    if members.within and case.unit not in ({unit} if members.within == "unit" else below):
        return False
    for name, kind in members.reads.items():
        field_ = definition.fields.get(name)
        if field_ is None or field_.type != kind or case.fields.get(name) is None:
            return False
    facts = {**linked_row(linked, members.reads, definitions), "today": today}
    return members.where is None or members.where.holds(facts, calendar)


def _list(
    question: Question, members: Members, codes: tuple[str, ...]
) -> tuple[dict[str, tuple[Linked, ...]], list[int], list[int], list[Reason]]:
    name = members.name
    standing = {linked.case.code: linked for linked in linked_by(question.facts, name)}
    cases: list[Linked] = []
    faults: list[Reason] = []
    for code in codes:
        linked = standing.get(code) or question.facts.cases.get(code)
        if linked is None or (code not in standing and not _fits(question, members, linked)):
            faults.append(Reason("cannot_be_put", {"case": code}, name))
            continue
        cases.append(linked)
    links_added = [linked.case.id for linked in cases if linked.case.code not in standing]
    links_removed = [linked.case.id for code, linked in standing.items() if code not in codes]
    return {name: tuple(cases)}, links_added, links_removed, faults


def _with(
    taken: Lists,
    after: Mapping[str, tuple[Linked, ...]] | None = None,
    links_added: Iterable[int] = (),
    links_removed: Iterable[int] = (),
    faults: Iterable[Reason] = (),
) -> Lists:
    (name, *_) = after or ("",)
    return Lists(
        {**taken.after, **(after or {})},
        (*taken.links_added, *((name, case) for case in links_added)),
        (*taken.links_removed, *((name, case) for case in links_removed)),
        (*taken.faults, *faults),
    )


def _fits(question: Question, members: Members, linked: Linked) -> bool:
    today = question.calendar.local(question.now).date()
    return linked.case.id != question.case.id and may_be_put(
        members,
        linked,
        question.definitions,
        unit=question.case.unit,
        below=question.facts.below,
        today=today,
        calendar=question.calendar,
    )


def _fitting(question: Question, members: Members) -> tuple[str, ...]:
    """List by their codes the cases that stand on a list and all others that may be put there."""
    standing = [linked.case.code for linked in linked_by(question.facts, members.name)]
    fitting = [code for code, linked in question.facts.cases.items() if _fits(question, members, linked)]
    return tuple(dict.fromkeys([*standing, *fitting]))


def _codes(value: Json) -> tuple[str, ...] | None:
    """Read a list of codes, each once; None where it is something else or too long."""
    if not isinstance(value, list) or len(value) > MOST_CASES:
        return None
    codes = tuple(code for code in value if isinstance(code, str))
    return codes if len(codes) == len(value) == len(set(codes)) else None
