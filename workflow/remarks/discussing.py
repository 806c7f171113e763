"""Comments: what people say to each other about a case, outside its history. They settle nothing.

Somebody may be named in a comment only if they may read it. A comment for one's own unit is read by people with a desk
there. Whoever is named is notified, once a comment. Whoever reads a comment may say that it is resolved, and take that
back.
"""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from workflow import calendars, cases
from workflow.cases import CaseView, sight_of
from workflow.errors import CaseNotFound, Invalid, NotFound
from workflow.machine.remarks import WHOLE_CASE, Anchor, Remark, RemarkState, value_at
from workflow.organisation import access
from workflow.remarks.case_remarks import may_read, of_view
from workflow.remarks.drafting import written
from workflow.remarks.places import require_place
from workflow.storage.queries import notices, remark_rows
from workflow.storage.queries.cases import case_pages
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.values import Case

MOST_MENTIONS: Final = 20
"""So many people may be named in one comment."""


def comment(
    tx: Tx,
    code: str,
    *,
    text: str,
    anchor: Anchor = WHOLE_CASE,
    mentions: Collection[int] = (),
    for_unit: bool = False,
    person_id: int,
    now: datetime,
) -> int:
    """Say something about a case to all who read it, or to people of one's own unit; return the remark's id.

    Raises `CaseNotFound` for whoever may not know of the case, `Invalid` for a place or a person that cannot be named.
    """
    loaded = records.load_for_act(tx, code)
    sight = sight_of(tx, loaded.case, person_id, now=now) if loaded else None
    if loaded is None or sight is None or not sight.known:
        raise CaseNotFound(code)
    case = loaded.case
    require_place(tx, case, anchor, sight.fields)
    if len(mentions) > MOST_MENTIONS:
        raise Invalid("mentions_too_many", field="mentions", most=MOST_MENTIONS)
    unit = _unit_of(tx, person_id, now=now) if for_unit else None
    said = Remark(
        0, "comment", "open", person_id, written(text), anchor, value_at(anchor, case.fields), case.version, unit
    )
    if not all(may_read(tx, case, said, named, now=now) for named in mentions):
        raise Invalid("mention_may_not_see", field="mentions")
    remark_id = cases.add_remark(tx, case.id, said)
    remark_rows.mention(tx, remark_id, mentions)
    _notify(tx, case, remark_id, {*mentions} - {person_id}, author=person_id)
    remark_rows.read(tx, case.id, person_id, version=case.version, remark=remark_id)
    return remark_id


def resolve(tx: Tx, code: str, comment_id: int, *, person_id: int, now: datetime) -> None:
    """Say that what a comment asked is resolved; raises `NotFound` for one that this person does not read."""
    _change(tx, code, comment_id, "fixed", person_id=person_id, now=now)


def reopen(tx: Tx, code: str, comment_id: int, *, person_id: int, now: datetime) -> None:
    """Take back that a comment is resolved."""
    _change(tx, code, comment_id, "open", person_id=person_id, now=now)


def mentionable(tx: Tx, view: CaseView, *, person_id: int, now: datetime) -> dict[int, str]:
    """Return who may be named in a comment on a case: people who had to do with it and may know of it."""
    if not view.sight.whole:
        return {}
    people = {entry.person_id for entry in view.entries if entry.person_id is not None} | {*view.names}
    names = case_pages.names(tx, people - {person_id})
    known = ((person, sight_of(tx, view.case, person, now=now)) for person in names)
    return {person: names[person] for person, sight in known if sight is not None and sight.known}


def _notify(tx: Tx, case: Case, remark_id: int, people: Collection[int], *, author: int) -> None:
    """Notify the people whom a comment names, in the application alone."""
    if not people:
        return
    said_by = case_pages.names(tx, {author})[author]
    facts = json.dumps(
        {"action": notices.MENTION, "state": case.state, "remark": remark_id, "author": said_by}, ensure_ascii=False
    )
    about = {"case_id": case.id, "seq": case.version, "notice": notices.MENTION, "facts": facts}
    notices.add(
        tx, [{"key": f"{notices.MENTION}:{remark_id}:{person}", "person_id": person, **about} for person in people]
    )


def _change(tx: Tx, code: str, comment_id: int, state: RemarkState, *, person_id: int, now: datetime) -> None:
    comments = of_view(tx, cases.view(tx, code, person_id=person_id, now=now), person_id=person_id, now=now).comments
    comment = next((view.remark for view in comments if view.remark.id == comment_id), None)
    if comment is None or comment.state == "draft":
        raise NotFound("remark_missing")
    # No act settles a comment, so none that is taken back opens it again: there is no version.
    cases.change_remark(tx, replace(comment, state=state, settled_by=person_id if state == "fixed" else None))


def _unit_of(tx: Tx, person_id: int, *, now: datetime) -> int:
    standing = access.standing_on(tx, person_id, on_date=calendars.local_date(tx, now))
    units = sorted({desk.unit for desk in standing.desks})
    if not units:
        raise Invalid("no_unit_to_tell", field="for_unit")
    return units[0]
