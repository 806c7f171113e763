"""The web application put together: door, forgery check, language, headers, error pages and the pages' blueprints."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from web import (
    answers,
    choices,
    door,
    errors,
    forgery,
    forms,
    frame,
    headers,
    language,
    limits,
    own_desk,
    pages,
    picked_people,
)
from web.case import ask_form, asking, paper
from web.overview import boards, searches
from web.settings import WebSettings
from workflow.files import Blobs
from workflow.storage.session import Database


class Pages(Environment):
    """Jinja's environment, in which all templates share one set of globals: a partial is made once for all pages."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give a template the environment's globals themselves: a look-up in Jinja's chain of two maps takes longer."""
        return super().make_globals(d) if d else self.globals


class Number(IntegerConverter):
    """A number in an address; 404 for one that is larger than the record can hold."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, max=2**63 - 1)


def create_app(database: Database, *, blobs: Blobs, settings: WebSettings) -> Flask:
    """Build the application over one database and one folder of documents."""
    app = Flask(__name__)
    app.jinja_environment = Pages
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="trinh_said",
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    app.url_map.converters["int"] = Number
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    if settings.trusted_hops:
        hops = settings.trusted_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own way
    door.install(app, door.Services(database, blobs, settings))
    forgery.install(app)
    limits.install(app)
    rooms = (
        language, frame, forms, choices, own_desk, picked_people, searches, boards, ask_form, asking, paper, errors,
        answers,
    )  # fmt: skip
    for room in rooms:
        room.install(app)
    headers.install(app, settings)
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
