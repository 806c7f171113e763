"""The remarks of a case as one person reads them: what is to be corrected, drafts, comments, what is new.

Whoever does not see a field does not see what was remarked on it; a draft is seen by its author alone, the word that a
defect was corrected by all who may correct it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflow import calendars, cases
from workflow.cases import HIDDEN, CaseView, Sight, sight_of
from workflow.machine.deciding import Offer
from workflow.machine.remarks import DEFECTS, AnchorPlace, Remark, place_of
from workflow.organisation import access
from workflow.storage.queries import remark_rows
from workflow.storage.queries.remark_rows import ReadingRow, RemarkAt
from workflow.storage.session import Tx
from workflow.values import Actor, Case


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark as a page shows it.

    `number` is that of its pin, or a comment's among comments (0: none); `fix` the word that it was corrected.
    """

    remark: Remark
    place: AnchorPlace
    author: str
    made_at: datetime
    number: int = 0
    settler: str | None = None
    fix: "RemarkView | None" = None
    mentions: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    is_own: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class CaseRemarks:
    """What one person reads of the remarks of a case, and may do about them.

    `defects` are those of earlier acts that still count, `drafts` the person's own that no act has sent. `names` are
    the defects of which the present act takes the word that they were corrected.
    """

    defects: tuple[RemarkView, ...] = ()
    drafts: tuple[RemarkView, ...] = ()
    comments: tuple[RemarkView, ...] = ()
    seen_version: int = 0
    may_request: bool = False
    may_correct: bool = False
    may_comment: bool = False

    @property
    def pinned(self) -> tuple[RemarkView, ...]:
        """Everything that bears a number, in its order."""
        return (*self.defects, *self.drafts)

    @property
    def uncorrected(self) -> tuple[RemarkView, ...]:
        """The open defects that nobody has said to be corrected."""
        return tuple(view for view in self.defects if view.remark.state == "open" and view.fix is None)

    def at(self, field: str) -> tuple[RemarkView, ...]:
        """Return what is pinned at a field or a row of it."""
        return tuple(view for view in self.pinned if view.remark.anchor.field == field)

    def comments_at(self, field: str) -> tuple[RemarkView, ...]:
        """Return the comments at a field, a row of it or a place in its file that are not resolved."""
        return tuple(
            view for view in self.comments if view.remark.anchor.field == field and view.remark.state != "fixed"
        )


def of_view(tx: Tx, view: CaseView, *, person_id: int, now: datetime) -> CaseRemarks:
    """Read the remarks of a case that was loaded for somebody; nothing for whoever sees only what is public."""
    if not view.sight.known:
        return CaseRemarks()
    rows = remark_rows.of_case(tx, view.case.id)
    is_discussed = any(row.kind == "comment" for row in rows)
    readings = remark_rows.readings(tx, view.case.id) if is_discussed else []
    named = remark_rows.mentions(tx, view.case.id) if is_discussed else {}
    own = next((reading for reading in readings if reading.person_id == person_id), None)
    may_request, may_correct = requests(view.offers), corrects(view.offers)
    reader = _Reader(view.case, view.sight, view.actor, person_id, may_correct=may_correct)
    shown = [
        _view_of(row, reader, named.get(row.id, ()), seen=own.seen_remark if own else 0)
        for row in rows
        if reader.sees(cases.remark_of(row))
    ]
    defects = _numbered(_defects(shown, view.case))
    drafts = [one for one in shown if one.remark.kind == "defect" and one.remark.state == "draft"]
    comments = [one for one in shown if one.remark.kind == "comment"]
    told = readings if view.sight.whole else [reading for reading in readings if reading.person_id == person_id]
    return CaseRemarks(
        defects=defects,
        drafts=_numbered(drafts, after=len(defects)),
        comments=_numbered(
            [replace(one, seen_by=_seen_by(tx, view.case, one.remark, told, now=now)) for one in comments]
        ),
        seen_version=own.seen_version if own else 0,
        may_request=may_request,
        may_correct=may_correct,
        may_comment=True,
    )


def requests(offers: Collection[Offer]) -> bool:
    """Whether somebody may do an act that hands in defects."""
    return any(offer.refusal is None and DEFECTS in offer.requires and DEFECTS not in offer.edits for offer in offers)


def corrects(offers: Collection[Offer]) -> bool:
    """Whether somebody may change fields along with an act."""
    return any(offer.refusal is None and offer.edits for offer in offers)


def may_read(tx: Tx, case: Case, remark: Remark, person_id: int, *, now: datetime) -> bool:
    """Whether somebody reads a comment: they may know of the case, see its place, and belong to its unit."""
    sight = sight_of(tx, case, person_id, now=now)
    if sight is None or not sight.known:
        return False
    actor = access.standing_on(tx, person_id, on_date=calendars.local_date(tx, now))
    return _Reader(case, sight, actor, person_id, may_correct=False).sees(remark)


def _seen_by(
    tx: Tx, case: Case, comment: Remark, readings: Collection[ReadingRow], *, now: datetime
) -> tuple[str, ...]:
    """Name the others who have read as far as a comment, of one that not everybody reads those who do."""
    reached = [reading for reading in readings if reading.seen_remark >= comment.id]
    others = [reading for reading in reached if reading.person_id != comment.author]
    is_for_all = comment.unit is None and comment.anchor.field is None
    return tuple(
        reading.full_name for reading in others if is_for_all or may_read(tx, case, comment, reading.person_id, now=now)
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    case: Case
    sight: Sight
    actor: Actor
    person: int
    may_correct: bool

    def sees(self, remark: Remark) -> bool:
        """Whether this person reads a remark."""
        if remark.state == "draft" and remark.author != self.person:
            return remark.kind == "fix" and self.may_correct
        if remark.unit is not None and remark.author != self.person:
            return any(desk.unit == remark.unit for desk in self.actor.desks)
        return remark.anchor.field is None or remark.anchor.field in self.sight.fields


def _view_of(row: RemarkAt, reader: _Reader, mentions: tuple[str, ...], *, seen: int) -> RemarkView:
    remark = cases.remark_of(row)
    is_own = remark.author == reader.person
    named = reader.sight.whole or is_own
    return RemarkView(
        remark,
        place_of(remark.anchor, reader.case.fields),
        author=row.author if named else HIDDEN,
        made_at=row.changed_at if remark.state == "draft" else row.made_at,
        settler=row.settler if reader.sight.whole or row.settled_by == reader.person else None,
        mentions=mentions,
        is_own=is_own,
        is_new=not is_own and remark.id > seen,
    )


def _defects(shown: list[RemarkView], case: Case) -> list[RemarkView]:
    """Return the defects that still count, each with the word that it was corrected."""
    fixes: Mapping[int | None, RemarkView] = {
        one.remark.answer_to: one for one in shown if one.remark.kind == "fix" and one.remark.state != "dropped"
    }
    return [
        replace(one, fix=fixes.get(one.remark.id))
        for one in shown
        if one.remark.kind == "defect" and _counts(one.remark, case)
    ]


def _counts(defect: Remark, case: Case) -> bool:
    """Whether a defect belongs to the present round: open, corrected, or accepted since the last act of a person."""
    if defect.state == "accepted":
        return (defect.settled_at_version or 0) >= case.acted_version
    return defect.state in ("open", "fixed")


def _numbered(views: list[RemarkView], *, after: int = 0) -> tuple[RemarkView, ...]:
    return tuple(replace(view, number=number) for number, view in enumerate(views, after + 1))
