"""Lists of cases on the page of a case: what stands on each, what could be put there, and what was ticked in the form.

A list is a set of boxes to tick: whatever is ticked stands on it after the act. Decides nothing.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask import request

from web import door
from web.forms import EDITED, line_of
from workflow.cases import CaseView, MemberView, members
from workflow.desk import AnnexLine, annexes
from workflow.values import Json, Text

FIND = "find."
"""Prefix of the inputs in which one looks for cases to put on a list."""
_CODE = re.compile(r"[A-Z]{1,8}-[0-9]{4}-[0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list as the page shows it, called by its label or by the kinds of its cases.

    Where it is `editable`, with the cases `offered` for it besides those on it. Where the visitor decides on the case,
    `annex` says of each by its code what it is about and how it was voted on.
    """

    name: str
    kind: Text
    members: tuple[MemberView, ...]
    editable: bool = False
    offered: tuple[MemberView, ...] = ()
    more: bool = False
    words: str = ""
    annex: Mapping[str, AnnexLine] = field(default_factory=dict)


def parts(view: CaseView, pending: Mapping[str, Json]) -> Iterator[ListPart]:
    """Make the parts of a page; `pending` are lists as the draft or the form just sent has them."""
    tx = door.reading()
    editable = {name for offer in view.offers if offer.refusal is None for name in offer.lists}
    for name, law in view.definition.members.items():
        standing, kind = view.lists[name], law.label or members.kind_of(tx, law)
        if name not in editable:
            yield ListPart(name, kind, standing, annex=_annex(view, name))
            continue
        words = "" if _codes_in(name) else line_of(FIND + name)
        offered = members.offered(tx, view.case, law, person_id=door.visitor().person_id, now=door.now(), words=words)
        chosen = _chosen(standing, offered.members, pending.get(name))
        codes = {member.code for member in chosen}
        others = tuple(member for member in offered.members if member.code not in codes)
        yield ListPart(name, kind, chosen, editable=True, offered=others, more=offered.more, words=words)


def _annex(view: CaseView, name: str) -> Mapping[str, AnnexLine]:
    """Tell whose turn it is what stands on a list; a list that is voted on here is told with the vote."""
    if not view.is_my_turn or name in {poll.ask.about for poll in view.polls}:
        return {}
    codes = [member.code for member in view.lists[name]]
    mine = view.case.code
    return annexes.annex(door.reading(), codes, but=mine, person_id=door.visitor().person_id, now=door.now())


def sent(names: Collection[str]) -> dict[str, Json]:
    """Read the lists that the form has: what is ticked, and codes that were typed to be added."""
    return {name: [*_ticked(name)] for name in names if f"{EDITED}{name}.sent" in request.form}


def filled(list_parts: Iterable[ListPart]) -> dict[str, Json]:
    """The list whose button "all" was pressed, with every case that is on it or offered for it."""
    wanted = request.form.get("pick", "")
    return {
        part.name: [member.code for member in (*part.members, *part.offered)]
        for part in list_parts
        if part.name == wanted
    }


def _ticked(name: str) -> dict[str, None]:
    return dict.fromkeys((*request.form.getlist(EDITED + name), *_codes_in(name)))


def _codes_in(name: str) -> tuple[str, ...]:
    """The codes typed in the search input of a list; none where it holds anything but codes."""
    words = re.split(r"[\s,;]+", line_of(FIND + name).upper())
    return tuple(words) if all(_CODE.fullmatch(word) for word in words) else ()


def _chosen(standing: tuple[MemberView, ...], offered: tuple[MemberView, ...], pending: Json) -> tuple[MemberView, ...]:
    """The cases on the list, in the order in which they were put there; an unknown one shows only its code."""
    if not isinstance(pending, list):
        return standing
    known = {member.code: member for member in (*offered, *standing)}
    codes = [str(code) for code in pending]
    unknown = [code for code in codes if code not in known]
    if unknown:
        visitor = door.visitor().person_id
        known |= members.coded(door.reading(), unknown, person_id=visitor, now=door.now())
    return tuple(known.get(code) or MemberView(code, "", "", Text("", ""), None) for code in codes)
