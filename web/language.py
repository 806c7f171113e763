"""Which language the page speaks, and how it writes dates, numbers and the texts of definitions.

Vietnamese is the source language of the templates; English comes from the catalogue. The visitor's own setting wins,
then a cookie, then Vietnamese: browsers sent by default with English are common in Vietnam, so they are not asked.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Literal

from flask import Flask, g, request
from flask_babel import Babel, get_translations
from markupsafe import Markup

from web import door
from workflow.values import Json, Text

LANGUAGES = ("vi", "en")
COOKIE = "language"
_MARKS = re.compile(r":?\s*\((?:P|L)\)\s*")
_KEPT = 4_096
"""Messages kept of both languages; there are some thousand."""


def install(app: Flask) -> None:
    """Set up catalogues and the filters that templates use for dates, numbers and texts."""
    folder = Path(__file__).parent / "catalogues"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    Babel(app, default_locale="vi", locale_selector=language)
    # A page of fifty rows has hundreds of messages: the catalogue is looked up once a request, not for each of them.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        gettext=lambda message: _catalogue().gettext(message),
        ngettext=lambda singular, plural, count: _catalogue().ngettext(singular, plural, count),
        # Vietnamese has one word for singular and plural: the context of a message says which English one is meant.
        pgettext=lambda context, message: _catalogue().pgettext(context, message),
        newstyle=True,
    )
    app.add_template_global(word, "_")
    for written in (text, day, short_day, moment, clock_time, number, weekday, source, year):
        app.add_template_filter(written)
    app.add_template_global(language)


def word(message: str, /, **facts: object) -> Markup:
    """A message in the language of this request, with its facts escaped; messages without facts are cached."""
    return _message(language(), message) % facts if facts else _plain_message(language(), message)


@lru_cache(maxsize=_KEPT)
def _message(_language: str, message: str) -> Markup:
    return Markup(_catalogue().gettext(message))  # noqa: S704 - messages are ours


@lru_cache(maxsize=_KEPT)
def _plain_message(spoken: str, message: str) -> Markup:
    # Every message is a format string, so "%%" must become "%" in one without facts too.
    return _message(spoken, message) % {}


def language() -> Literal["vi", "en"]:
    """The language of this request: `vi` or `en`, looked up once, because a page has hundreds of messages."""
    return door.cached("spoken", _wanted)


def _wanted() -> Literal["vi", "en"]:
    visitor = g.get("visitor")
    wanted = visitor.language if visitor is not None else request.cookies.get(COOKIE, "vi")
    return "en" if wanted == "en" else "vi"


def _catalogue() -> NullTranslations:
    catalogue: NullTranslations = door.cached("catalogue", get_translations)
    return catalogue


def text(both: Text) -> str:
    """A definition's text in the visitor's language."""
    return both.en if language() == "en" else both.vi


def source(written: str) -> str:
    """Where a figure comes from, without the marks by which authors tell law (L) from proposal (P)."""
    bare = _MARKS.sub("", written).strip(" ;:,")
    return bare or str(word("đề xuất, chưa có văn bản quy định"))


def day(on: date | datetime | str | None) -> str:
    """A date as people here write it: 05/11/2017."""
    if not on:
        return ""
    if isinstance(on, datetime):
        return _local(on).strftime("%d/%m/%Y")
    return on.strftime("%d/%m/%Y") if isinstance(on, date) else _written_day(on)


def short_day(on: date | datetime) -> str:
    """A date without its year, where the year goes without saying: 05/11."""
    return (_local(on) if isinstance(on, datetime) else on).strftime("%d/%m")


def year(at: datetime) -> str:
    """The year of an instant in the installation's zone."""
    return _local(at).strftime("%Y")


def moment(at: datetime | None) -> str:
    """An instant in the installation's zone: 08:05, 05/11/2017."""
    return "" if at is None else _local(at).strftime("%H:%M, %d/%m/%Y")


def clock_time(at: datetime) -> str:
    """Hours and minutes in the installation's zone."""
    return _local(at).strftime("%H:%M")


def weekday(at: datetime) -> int:
    """Day of the week in the installation's zone, Monday being 0."""
    return _local(at).weekday()


def number(value: Json) -> str:
    """Thousands with a dot and decimals with a comma, in English the other way round."""
    try:
        plain = f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)
    return plain if language() == "en" else plain.translate(str.maketrans(",.", ".,"))


def _written_day(written: str) -> str:
    try:
        return date.fromisoformat(written).strftime("%d/%m/%Y")
    except ValueError:
        return written


def _local(at: datetime) -> datetime:
    return door.calendar().local(at)
