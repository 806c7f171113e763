"""What every page shows around its content: business time, counts, offices; and how deadlines and reasons are worded.

Makes functions known to templates. Counts come from verbs; how urgent a deadline looks is decided here.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote

from flask import Flask, g, request, url_for
from werkzeug.local import LocalProxy

from web import door, forgery
from web.language import language
from workflow.cases import assignments
from workflow.deadlines import notices
from workflow.definitions import wording
from workflow.installation import business_time
from workflow.machine.calendar import due_moments
from workflow.machine.definition import Definition
from workflow.machine.words import NO_CONTEXT, reasons, result_of
from workflow.organisation import access
from workflow.values import ANSWER, COUNT, DUE, Reason, Text

SOON = 2
"""Working days left from which a deadline is shown as near."""

_quoted = lru_cache(maxsize=1_024)(quote)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands in the header of a signed-in page."""

    demo: bool
    now: datetime
    turns: int
    unread: int
    is_admin: bool
    is_auditor: bool


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How a deadline stands: working days left (0: today), or by how many it is late."""

    days: int
    late_days: int | None
    urgency: Literal["late", "soon", "calm"]
    on: date


def install(app: Flask) -> None:
    """Make the frame and the functions of this module known to the templates."""
    app.add_template_global(left_until)
    app.add_template_global(say)
    app.add_template_global(act_label)
    app.add_template_global(reasons.action_label)
    app.add_template_filter(once)
    app.add_template_global(address, "url_for")
    app.add_template_filter(urgency)
    app.add_template_filter(case_path)
    app.add_template_global(result_of)
    app.add_template_filter(inner)
    app.add_template_global(forgery.token, "page_token")
    app.add_template_filter(initials)

    @app.context_processor
    def who() -> dict[str, object]:
        # The proxy counts only when a template asks; error pages do not, so they appear without the database.
        return {"visitor": g.get("visitor"), "frame": LocalProxy(_frame)}


def _frame() -> Frame:
    """Count what waits for the visitor, once, in the snapshot of the page."""
    return door.cached("frame", _counted)


def _counted() -> Frame:
    tx, now, person = door.reading(), door.now(), door.visitor().person_id
    offices = access.offices(tx, person, now=now)
    return Frame(
        demo=business_time.is_demo(tx),
        now=now,
        turns=assignments.count_my_turn(tx, person_id=person, now=now),
        unread=notices.count_unread(tx, person),
        is_admin=access.ADMIN in offices,
        is_auditor=access.AUDITOR in offices,
    )


def left_until(due_at: datetime) -> TimeLeft:
    """Say how a deadline stands on this page."""
    calendar = door.calendar()
    days = due_moments.remaining_wd(calendar, due_at, door.now())
    late = -days if days < 0 else None
    urgency: Literal["late", "soon", "calm"] = "late" if days < 0 else "soon" if days <= SOON else "calm"
    return TimeLeft(days, late, urgency, due_moments.due_on(calendar, due_at))


def once(macro: Callable[..., str], *given: Hashable) -> str:
    """A macro's output, made once a page for equal arguments: rows of a list share states and deadlines."""
    return _made(macro.name, macro, *given)  # type: ignore[attr-defined]  # Jinja's macros have one


def urgency(due_at: datetime | None) -> str:
    """How a deadline looks in a list; calm where there is none."""
    return _made("urgency", lambda due_at: left_until(due_at).urgency, due_at) if due_at else "calm"


def address(endpoint: str, **values: Any) -> str:
    """The address of a page. Addresses without values are kept: every page links to the same dozen of them."""
    return url_for(endpoint, **values) if values else _fixed_address(request.script_root, endpoint)


@lru_cache(maxsize=1_024)
def _fixed_address(_root: str, endpoint: str) -> str:
    return url_for(endpoint)


def case_path(code: str) -> str:
    """The address of a case's page. Made from one address a page: in a list only the code differs."""
    return door.cached("case_path", lambda: url_for("cases.page", code="~").removesuffix("~")) + _quoted(code)


def _made(name: str, make: Callable[..., str], *given: Hashable) -> str:
    """What `make` answers, kept for the page by name and arguments."""
    made: dict[Hashable, str] = door.cached("made", dict)
    key = (name, given)
    if key not in made:
        made[key] = make(*given)
    return made[key]


def say(reason: Reason, definition: Definition | None = None) -> str:
    """The sentence of a reason, in the visitor's language; a case's reasons know their labels from its definition."""
    context = NO_CONTEXT
    if definition and reason.code in reasons.GUARDED:
        context = wording.context_of(door.reading(), definition)
    return wording.sentence(reason, language=language(), definition=definition, context=context)


def inner(reason: Reason) -> Reason:
    """The reason inside a reason that names its line, for showing it at that line."""
    why = reason.facts.get("why")
    return Reason(why, reason.facts, reason.field) if isinstance(why, str) else reason


def act_label(definition: Definition, action: str, was: str) -> Text | None:
    """The definition's label of an act done in a state; None for the engine's own acts, which templates word."""
    if action.startswith((ANSWER, COUNT, DUE)):
        name = action.partition(":")[2]
        return next((state.asks[name].label for state in definition.states.values() if name in state.asks), None)
    return reasons.action_label(definition, action, was=was)


def initials(full_name: str) -> str:
    """First letters of the family name and of the given name, which comes last."""
    words = full_name.split()
    return (words[0][0] + words[-1][0]).upper() if words else "?"
