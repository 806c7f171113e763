"""The remarks on the page of a case: what is pinned where, what is being written, which reasons were used before.

A place is named in addresses and forms as `targets`, `targets.1` (the second row), `targets.1.target` (a cell of it) or
`plan@<sha256>` (a file) or `plan@<sha256>:<page>:<left>,<top>,<right>,<bottom>` (a box on a page of it); nothing is the
case as a whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from flask import request

from web import forms
from web.forms import line_of, number_in
from workflow import remarks
from workflow.cases import CaseView
from workflow.errors import Invalid
from workflow.machine.definition import Field
from workflow.machine.remarks import WHOLE_CASE, Anchor, Remark, anchor_at, box_in, place_of
from workflow.remarks import CaseRemarks, RemarkView, discussing, drafting
from workflow.storage.session import Tx
from workflow.values import Json

AT: Final = "at"
"""The name under which the place of a defect comes with an address or a form."""
ABOUT: Final = "about"
"""The name under which the place of a comment comes with an address or a form."""
_BOX_PARTS = 3
_LONGEST_QUOTE = 500
_WHOLE_PAGE: Final = "0,0,1,1"
_DIGEST: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class RemarkPart:
    """The remarks of a case as its page shows them to one person."""

    tx: Tx
    view: CaseView
    person_id: int
    now: datetime

    @cached_property
    def all(self) -> CaseRemarks:
        return remarks.of_view(self.tx, self.view, person_id=self.person_id, now=self.now)

    @property
    def composing(self) -> str | None:
        """The place for which a defect is being written; None where none is."""
        return request.args.get(AT, request.form.get(AT)) if self.all.may_request else None

    @cached_property
    def about(self) -> str:
        """The place for which a comment is being written; `""` is the case as a whole."""
        return request.args.get(ABOUT, request.form.get(ABOUT, ""))

    @cached_property
    def discussed(self) -> RemarkView | None:
        """The comment that is being written, to name its place; None where that is no part of what is seen."""
        try:
            anchor = place_from(self.about, self.view.case.fields)
        except Invalid:
            return None
        if anchor.field not in self.view.sight.fields:
            return None
        comment = Remark(0, "comment", "draft", self.person_id, "", anchor)
        return RemarkView(comment, place_of(anchor, self.view.case.fields), author="", made_at=self.now)

    def place_to_discuss(self, field: str) -> str:
        """The place that a comment on a field gets: of a document its present file."""
        held = self.view.case.fields.get(field)
        document = held.get("sha256") if isinstance(held, dict) else None
        return f"{field}@{document}" if document else field

    @property
    def again(self) -> RemarkView | None:
        """The defect that is asked for once more."""
        wanted = request.args.get("again", request.form.get("again", ""))
        return next((view for view in self.all.defects if str(view.remark.id) == wanted), None)

    @property
    def edited(self) -> RemarkView | None:
        """The draft that is being written anew."""
        wanted = request.args.get("edit", "")
        return next((view for view in self.all.drafts if str(view.remark.id) == wanted), None)

    @property
    def is_apart(self) -> bool:
        """Whether a defect is being written that belongs to no field shown below."""
        return self.edited is not None or self.again is not None or self.composing == ""

    @cached_property
    def snippets(self) -> list[str]:
        """Reasons that this person has given before at the place for which a defect is being written."""
        field = (self.composing or "").split(".")[0].split("@")[0]
        name = self.view.definition.name
        return drafting.snippets(self.tx, person_id=self.person_id, definition_name=name, field=field) if field else []

    @cached_property
    def people(self) -> Mapping[int, str]:
        """Who may be named in a comment, once somebody wants to name anybody: each of them is looked up."""
        if "mention" not in request.args:
            return {}
        return discussing.mentionable(self.tx, self.view, person_id=self.person_id, now=self.now)

    def is_composing(self, field: str) -> bool:
        """Whether a defect is being written at a field, a row of it or a place in its file."""
        composing = self.composing or ""
        return composing == field or composing.startswith((f"{field}.", f"{field}@"))

    def at(self, field: str) -> tuple[RemarkView, ...]:
        return self.all.at(field)

    def at_row(self, field: str, index: int) -> tuple[RemarkView, ...]:
        """Return what is pinned at the row that stands at a position now."""
        return tuple(
            view for view in self.all.at(field) if view.remark.anchor.row is not None and view.place.index == index
        )

    def comments_at_row(self, field: str, index: int) -> tuple[RemarkView, ...]:
        """Return the comments at the row that stands at a position now."""
        return tuple(
            view
            for view in self.all.comments_at(field)
            if view.remark.anchor.row is not None and view.place.index == index
        )

    def comments_off_rows(self, field: str) -> tuple[RemarkView, ...]:
        """Return the comments at a field itself, and at rows of it that are gone."""
        return tuple(
            view for view in self.all.comments_at(field) if view.remark.anchor.row is None or view.place.index is None
        )

    def token_of(self, view: RemarkView) -> str | None:
        """The file that a remark is about, for its address; None where it is about none, or is seen no more."""
        anchor = view.remark.anchor
        versions = (
            version for paper in self.view.documents if paper.field == anchor.field for version in paper.versions
        )
        return next((version.token for version in versions if version.sha256 == anchor.document), None)

    def marked_in(self, document: str) -> tuple[RemarkView, ...]:
        """The remarks that stand on a page of a file; of comments those that are not resolved."""
        comments = (view for view in self.all.comments if view.remark.state != "fixed")
        return tuple(
            view
            for view in (*self.all.pinned, *comments)
            if view.remark.anchor.document == document and view.remark.anchor.page is not None
        )

    def field_of(self, view: RemarkView) -> Field | None:
        """The field that a remark is about."""
        return self.view.definition.fields.get(view.remark.anchor.field or "")

    @property
    def new_comments(self) -> int:
        return sum(view.is_new for view in self.all.comments)


def place_from(at: str, fields: Mapping[str, Json], *, name: str = AT) -> Anchor:
    """Read a place as addresses and forms name it under `name`; raises `Invalid` for one that is not there."""
    if not at:
        return WHOLE_CASE
    field, marked, box = at.partition("@")
    anchor = _box_from(field, box) if marked else _row_from(at, fields)
    if anchor is None:
        raise Invalid("remark_place_unknown", field=name)
    return anchor


def place_on_page() -> str:
    """Read the place of a mark from its form: the file, the page, and on it a box or everything."""
    box = forms.line_of("box") or _WHOLE_PAGE
    return f"{forms.line_of('file')}:{forms.line_of('page')}:{box}"


def _row_from(at: str, fields: Mapping[str, Json]) -> Anchor | None:
    field, _, rest = at.partition(".")
    row, _, column = rest.partition(".")
    if not row:
        return anchor_at(fields, field)
    index = number_in(row)
    return None if index is None else anchor_at(fields, field, index=index, column=column or None)


def _box_from(field: str, described: str) -> Anchor | None:
    if _DIGEST.fullmatch(described):
        return Anchor(field, document=described)
    parts = described.split(":")
    page = number_in(parts[1]) if len(parts) == _BOX_PARTS else None
    if page is None:
        return None
    try:
        corners = tuple(float(corner) for corner in parts[2].split(","))
    except ValueError:
        return None
    return box_in(field, parts[0], page, corners, line_of("box_text")[:_LONGEST_QUOTE] or None)
