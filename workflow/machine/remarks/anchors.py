"""Places in a case that remarks stand at: a field, a row of a table, a place in a document, or the case as a whole.

Rows have no ids: a row is found again by the digest of its content, nearest to where it stood. A place in a document
belongs to the file with that hash and to no other. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from workflow.canonical import canonical
from workflow.machine.definition import Definition
from workflow.values import EMPTY_MAPPING, Json

_DIGITS: Final = 4
_CORNERS: Final = 4
Standing = Literal["same", "moved", "changed", "gone", "earlier"]
"""What became of a place: it stands, it moved, its content changed, it is gone, or it is in an earlier file."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a case; without a field, the case as a whole.

    `row` is the digest of a row's content, `index` where it stood (from 0), `column` one cell of it. `document` is the
    SHA-256 of a file; `box` its corners on the page, left, top, right, bottom, from 0 to 1; `text` what stood in it.
    """

    field: str | None = None
    row: str | None = None
    index: int | None = None
    column: str | None = None
    document: str | None = None
    page: int | None = None
    box: tuple[float, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AnchorPlace:
    """Where an anchor is now. `index` is the row's present position, `held` what stands there now."""

    anchor: Anchor
    standing: Standing
    index: int | None = None
    held: Json = None


WHOLE_CASE: Final = Anchor()


def anchor_at(
    fields: Mapping[str, Json], name: str, *, index: int | None = None, column: str | None = None
) -> Anchor | None:
    """Return the anchor of a field or of a row of it as it stands; None for a row that is not there."""
    if index is None:
        return Anchor(name)
    rows = _rows(fields, name)
    if not 0 <= index < len(rows):
        return None
    return Anchor(name, digest(rows[index]), index, column)


def box_in(name: str, document: str, page: int, box: tuple[float, ...], text: str | None = None) -> Anchor | None:
    """Return the anchor of a box on a page of a file; None where the corners do not lie on the page in order."""
    inside = all(0 <= corner <= 1 for corner in box)
    if len(box) != _CORNERS or not inside or box[0] > box[2] or box[1] > box[3] or page < 1:
        return None
    return Anchor(name, document=document, page=page, box=tuple(round(corner, _DIGITS) for corner in box), text=text)


def digest(row: Json) -> str:
    """Return what a row is found again by."""
    return sha256(canonical(row)).hexdigest()


def place_of(anchor: Anchor, fields: Mapping[str, Json]) -> AnchorPlace:
    """Find where an anchor is now.

    A row: the same content nearest to where it stood, else whatever stands at that position, else it is gone.
    A document: its own file, else it stays in the earlier one, for a box never moves to a new file by position.
    """
    if anchor.field is None:
        return AnchorPlace(anchor, "same")
    held = fields.get(anchor.field)
    if anchor.document is not None:
        present = held.get("sha256") if isinstance(held, dict) else None
        return AnchorPlace(anchor, "same" if present == anchor.document else "earlier", held=anchor.text)
    if anchor.row is None or anchor.index is None:
        return AnchorPlace(anchor, "same", held=held)
    return _row_place(anchor, anchor.index, _rows(fields, anchor.field))


def value_at(anchor: Anchor, fields: Mapping[str, Json]) -> Json:
    """Return what stands at an anchor now: a value, a row, or the text in a box."""
    return place_of(anchor, fields).held


def page_with(text: str | None, pages: tuple[str, ...]) -> int | None:
    """Find the page of a later file, from 1, on which the text of a box stands; None: on no page, or on several."""
    wanted = " ".join((text or "").split())
    pages_found = [number for number, page in enumerate(pages, 1) if wanted and wanted in " ".join(page.split())]
    return pages_found[0] if len(pages_found) == 1 else None


def named_place(definition: Definition, place: str) -> Anchor:
    """Return the anchor of a place that somebody named by the label of a field; else the whole case."""
    named = place.strip().casefold()
    for name, field in definition.fields.items():
        if named in (field.label.vi.casefold(), field.label.en.casefold()):
            return Anchor(name)
    return WHOLE_CASE


def anchor_to_json(anchor: Anchor) -> dict[str, Any]:
    """Write an anchor with the parts that it has."""
    parts = {name: getattr(anchor, name) for name in Anchor.__dataclass_fields__}
    return {name: list(part) if name == "box" else part for name, part in parts.items() if part not in (None, ())}


def anchor_from_json(parts: Mapping[str, Any] = EMPTY_MAPPING) -> Anchor:
    """Read what `anchor_to_json` wrote."""
    return Anchor(**{**parts, "box": tuple(parts.get("box", ()))})


def _row_place(anchor: Anchor, stood_at: int, rows: list[Json]) -> AnchorPlace:
    same = [index for index, row in enumerate(rows) if digest(row) == anchor.row]
    if same:
        nearest = min(same, key=lambda index: abs(index - stood_at))
        standing: Standing = "same" if nearest == stood_at else "moved"
        return AnchorPlace(anchor, standing, nearest, rows[nearest])
    if stood_at < len(rows):
        return AnchorPlace(anchor, "changed", stood_at, rows[stood_at])
    return AnchorPlace(anchor, "gone")


def _rows(fields: Mapping[str, Json], name: str) -> list[Json]:
    rows = fields.get(name)
    return rows if isinstance(rows, list) else []
