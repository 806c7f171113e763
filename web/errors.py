"""Error pages: one template with a sentence for each status.

The pages ask the database nothing, so they appear even when it cannot be reached.
"""

import structlog
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, SecurityError

log = structlog.get_logger()
WITH_SENTENCE = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})


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

    @app.errorhandler(InternalServerError)
    def fail(error: InternalServerError) -> Response:
        log.error("request failed", path=request.path, error=repr(error.original_exception))
        return page(500)


def page(status: int) -> Response:
    """The error page of a status."""
    return make_response(render_template("base/error.html", status=status), status)
