"""Error pages: one template with a sentence for each status.

The pages ask the database nothing, so they appear even when it cannot be reached.
"""

from typing import Final

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    SecurityError,
)

from web.limits import MEGABYTE, TextTooLong, TooMuch

log = structlog.get_logger()
MOST_TAKEN_IN: Final = 100 * MEGABYTE
"""As much as the servers let through; what is larger they cut off. From strangers far less is read."""
WITH_SENTENCE = frozenset({400, 403, 404, 405, 409, 413, 414, 422, 429, 500, 503})


def install(app: Flask) -> None:
    """Answer every HTTP error, and every failure of ours, with a page that says what can be done."""

    @app.errorhandler(SecurityError)
    def unknown_host(_: SecurityError) -> Response:
        # No page: its links would carry the foreign host that the request names.
        return make_response("", BadRequest.code)

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        status = error.code or 500
        return page(status if status in WITH_SENTENCE else 400 if status < InternalServerError.code else 500)

    @app.errorhandler(TooMuch)
    def refuse_large(error: TooMuch) -> Response:
        _take_in()
        return page(TooMuch.code, sent=-(-(request.content_length or 0) // MEGABYTE), **error.facts)

    @app.errorhandler(TextTooLong)
    def refuse_long(error: TextTooLong) -> Response:
        return page(TextTooLong.code, **error.facts)

    @app.errorhandler(InternalServerError)
    def fail(error: InternalServerError) -> Response:
        log.error("request failed", path=request.path, error=repr(error.original_exception))
        return page(500)


def page(status: int, **facts: object) -> Response:
    """The error page of a status."""
    return make_response(render_template("base/error.html", status=status, **facts), status)


def _take_in() -> None:
    """Read what is still being sent and drop it: a browser that is cut off while it sends shows no page of ours."""
    coming = request.environ["wsgi.input"]
    left = min(request.content_length or 0, MOST_TAKEN_IN if g.get("visitor") else MEGABYTE)
    while left > 0 and (part := coming.read(min(left, MEGABYTE))):
        left -= len(part)
