"""The words of a letter: fills the templates of its notice in the language of the person it goes to.

Knows how an instant is told to people (the day that still counts, the hour where there is one); every sentence stands
in the templates, `<notice>/<part>.<language>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workflow.accounts import AccountLetter
from workflow.deadlines import NotificationView
from workflow.machine.calendar import Calendar, due_on

PARTS: Final = ("subject", "text", "html")
LANGUAGES: Final = ("vi", "en")
FOLDER: Final = Path(__file__).parent


class Moment(NamedTuple):
    """An instant as people say it: `at` is None where the whole day counts."""

    on: date
    at: time | None


@dataclass(frozen=True, slots=True)
class Worded:
    """A letter's words, ready to be kept."""

    subject: str
    text: str
    html: str


def _is_html(name: str | None) -> bool:
    return bool(name) and ("/html." in f"/{name}" or "_html." in f"{name}")


_templates: Final = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=_is_html,  # noqa: S701 - the template's name says whether it is HTML or plain text
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)


def word(notice: NotificationView, *, base_url: str, calendar: Calendar) -> Worded:
    """Fill the three templates of a notice."""
    row = notice.row
    language = row.language if row.language in LANGUAGES else LANGUAGES[0]
    vietnamese = language == "vi"
    words = {
        **{name: notice.facts.get(name) for name in ("days_left", "days_late", "tone", "ask")},
        "person": row.full_name,
        "position": row.title_vi if vietnamese else row.title_en,
        "code": row.case_code,
        "title": row.case_title,
        "definition": row.definition_vi if vietnamese else row.definition_en,
        "unit": row.unit_name,
        "actor": row.actor_name,
        "state": getattr(notice.state, language),
        "action": getattr(notice.action, language),
        "reminder_title": getattr(notice.reminder.title, language) if notice.reminder else "",
        "reminder": getattr(notice.reminder.body, language) if notice.reminder else "",
        "due": deadline(notice.due_at, calendar) if notice.due_at else None,
        "done": moment(row.at, calendar),
        "link": f"{base_url.rstrip('/')}/cases/{row.case_code}",
    }
    return _filled(row.notice, language, words)


def word_account(letter: AccountLetter, *, link: str, calendar: Calendar) -> Worded:
    """Fill the three templates of a letter about an account."""
    recipient = letter.recipient
    language = recipient.language if recipient.language in LANGUAGES else LANGUAGES[0]
    until = letter.facts.get("until")
    words = {
        **{name: letter.facts.get(name) for name in ("change", "author", "role_vi", "role_en", "unit")},
        "person": recipient.full_name,
        "position": recipient.title_vi if language == "vi" else recipient.title_en,
        "username": recipient.username,
        "own": letter.facts.get("by") == recipient.id,
        "until": date.fromisoformat(until).strftime("%d/%m/%Y") if isinstance(until, str) else None,
        "done": moment(letter.at, calendar),
        "link": link,
    }
    return _filled(letter.name, language, words)


def _filled(folder: str, language: str, words: Mapping[str, object]) -> Worded:
    subject, text, html = (_templates.get_template(f"{folder}/{part}.{language}").render(words) for part in PARTS)
    return Worded(" ".join(subject.split()), text.strip() + "\n", html.strip() + "\n")


def deadline(due: datetime, calendar: Calendar) -> Moment:
    """Say the last day that counts, and the hour where the deadline does not end at midnight."""
    local = calendar.local(due)
    return Moment(due_on(calendar, due), None if local.time() == time() else local.time())


def moment(instant: datetime, calendar: Calendar) -> Moment:
    """Say an instant by the clock on the wall."""
    local = calendar.local(instant)
    return Moment(local.date(), local.time())
