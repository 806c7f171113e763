"""The receipt of a case as its page shows it: what is printed, and the picture that leads to where it is looked up."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import segno
from flask import url_for

from web import door
from web.case.page import CasePage
from workflow import tracking
from workflow.tracking import Receipt

QUIET_ZONE = 2
"""Modules left white around the picture."""


@dataclass(frozen=True)
class ReceiptPage:
    """A case with its receipt; None where the case has not been handed in."""

    page: CasePage

    @cached_property
    def receipt(self) -> Receipt | None:
        secret = door.services().settings.secret_key
        return tracking.receipt(door.reading(), self.page.view, secret=secret, now=door.now())

    @cached_property
    def picture(self) -> "QrPicture":
        """The QR code of the address at which the case is looked up, the code filled in and the PIN not."""
        return qr_picture(url_for("lookup.form", code=self.page.case.code, _external=True))


@dataclass(frozen=True, slots=True)
class QrPicture:
    """A QR code as the path of an SVG: so many modules wide, quiet zone included."""

    width: int
    path: str


def qr_picture(text: str) -> QrPicture:
    """Draw a QR code of a text; a run of dark modules is one rectangle."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=QUIET_ZONE))
    path = []
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                path.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrPicture(len(rows), "".join(path))
