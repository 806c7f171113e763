"""How much a request may carry, by route: bytes, inputs, characters of one input; refused before it is read.

Knows sizes, not meanings: what a field of a case may hold is the engine's to say, beside the field.
"""

from dataclasses import dataclass
from typing import Final

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge, UnprocessableEntity

from web.forgery import SAFE

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
LONGEST_ADDRESS: Final = 4 * KILOBYTE
LONGEST_SEARCH: Final = 200
"""Characters of the words that somebody looks for."""
_ADDRESSES: Final = frozenset({"next"})
"""Inputs that carry an address of ours."""
_SEARCHES: Final = ("words", "text")
_READ_AT_ONCE: Final = 512 * KILOBYTE
"""Werkzeug reads a form with files in parts of 64 kB: its own limit for texts only has to lie above those."""
_WITHOUT_FILES: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class RequestLimit:
    """What one request may carry: bytes of its body, inputs, characters of an input (None: the engine says).

    `inputs` also bounds what comes beside files, where `files` is the larger number of bytes that those may have.
    """

    body: int
    inputs: int
    text: int | None
    files: int = 0

    @property
    def most(self) -> int:
        """The most bytes of a body."""
        return self.body + self.files


STRANGER: Final = RequestLimit(8 * KILOBYTE, 20, 256)
FORM: Final = RequestLimit(64 * KILOBYTE, 200, 5_000)
SELECTION: Final = RequestLimit(512 * KILOBYTE, 2_000, 20_000)
CASE: Final = RequestLimit(512 * KILOBYTE, 2_000, None, files=25 * MEGABYTE)
DEFINITION: Final = RequestLimit(320 * KILOBYTE, 10, 256 * KILOBYTE)
IMPORT: Final = RequestLimit(8 * KILOBYTE, 10, 500, files=5 * MEGABYTE)

BY_ROUTE: Final = {
    "signing_in.enter": STRANGER,
    "signing_in.enter_again": STRANGER,
    "signing_in.speak": STRANGER,
    "lookup.find": STRANGER,
    "one_time_links.ask": STRANGER,
    "one_time_links.spend": STRANGER,
    "cases.act": CASE,
    "cases.save": CASE,
    "cases.reshape": CASE,
    "my_unit.open_case": CASE,
    "my_unit.reshape": CASE,
    # Buttons that stand in the form of a case send that along.
    "remarks.draft": CASE,
    "remarks.correct": CASE,
    "remarks.uncorrect": CASE,
    "remarks.reopen": CASE,
    "desk.selected": SELECTION,
    "desk.act_on_selected": SELECTION,
    "desk.undo_selected": SELECTION,
    "desk.snooze_selected": SELECTION,
    "definitions.save": DEFINITION,
    "definitions.publish": DEFINITION,
    "definitions.discard": DEFINITION,
    "units.take_in": IMPORT,
    "movements.take_in": IMPORT,
}
"""Routes that may carry something else than an ordinary form."""


class TooMuch(RequestEntityTooLarge):
    """More bytes or more inputs than this route takes; `is_file`: what is too large can only be a file."""

    def __init__(self, limit: RequestLimit, *, is_file: bool = False) -> None:
        super().__init__()
        self.facts = {
            "kilobytes": limit.body // KILOBYTE,
            "inputs": limit.inputs,
            "megabytes": limit.files // MEGABYTE if is_file else 0,
        }


class TextTooLong(UnprocessableEntity):
    """An input of more characters than any text of this route has."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.facts = {"longest": most}


def install(app: Flask) -> None:
    """Let no text pass that is too long, once it is known that the form came from our own page."""

    @app.before_request
    def refuse_long_texts() -> None:
        for name, words in request.args.items(multi=True):
            if name.endswith(_SEARCHES) and len(words) > LONGEST_SEARCH:
                raise TextTooLong(LONGEST_SEARCH)
        limit = of_route()
        if request.method in SAFE or limit.text is None:
            return
        for name, text in request.form.items(multi=True):
            most = LONGEST_ADDRESS if name in _ADDRESSES else limit.text
            if len(text) > most:
                raise TextTooLong(most)


def of_route() -> RequestLimit:
    """The limit of this request's route."""
    return BY_ROUTE.get(request.endpoint or "", FORM)


def check_length(limit: RequestLimit) -> None:
    """Refuse by what a request says of itself, before a byte of its body is read; bound what may be read of it."""
    if len(request.full_path) > LONGEST_ADDRESS:
        raise RequestURITooLarge
    most = limit.body if request.mimetype == _WITHOUT_FILES else limit.most
    if request.content_length is not None and request.content_length > most:
        raise TooMuch(limit, is_file=limit.files > 0 and request.content_length > limit.most)
    request.max_content_length = most
    request.max_form_parts = limit.inputs
    request.max_form_memory_size = max(limit.body, _READ_AT_ONCE)


def parse(limit: RequestLimit) -> None:
    """Read the form within a limit. Inputs are counted in the bytes that came: taking a million apart takes seconds."""
    try:
        if request.mimetype == _WITHOUT_FILES and request.get_data().count(b"&") >= limit.inputs:
            raise TooMuch(limit)
        inputs = request.form
    except RequestEntityTooLarge as error:
        raise TooMuch(limit) from error
    if sum(len(text) for _, text in inputs.items(multi=True)) > limit.body:
        raise TooMuch(limit)
