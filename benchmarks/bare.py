"""A bare application beside ours: Flask, SQLAlchemy Core, templates compiled once, the same rows of the same tables.

It looks up who asks, reads what a page shows or writes what an act writes, and does nothing else: no rule, no language,
no frame. Statements are built once, values travel as SQLAlchemy sends them.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask import Flask, redirect, request
from jinja2 import Template
from sqlalchemy import Connection, bindparam, func, insert, select, text, update
from werkzeug.wrappers import Response

from workflow.storage.models import (
    AssignmentRow,
    CaseRow,
    DefinitionRow,
    Document,
    DocumentVersion,
    HistoryRow,
    Job,
    LinkRow,
    Notification,
    Person,
    SessionRow,
    Unit,
)
from workflow.storage.session import Database

ROWS: Final = 50
COOKIE: Final = "session"

_LIST = """<!doctype html><title>Cases</title><p>{{ who.full_name }} {{ unread }}</p><table>{% for row in rows %}
<tr><td><a href="/cases/{{ row.code }}">{{ row.code }}</a><td>{{ row.title }}<td>{{ row.name }}<td>{{ row.state }}
<td>{{ row.opened_at }}<td>{{ row.due_at }}</tr>{% endfor %}</table>"""
_CASE = """<!doctype html><title>{{ case.code }}</title><p>{{ who.full_name }} {{ unread }}</p>
<h1>{{ case.title or case.unit_name }}</h1><p>{{ case.state }} {{ case.due_at }}</p>
<form method="post" action="/cases/{{ case.code }}">
{% for name, value in fields.items() %}
<label>{{ name }}<input name="{{ name }}" value="{{ value }}"></label>{% endfor %}
<button>Send</button></form>
<ul>{% for turn in turns %}<li>{{ turn.role }} {{ turn.name }} {{ turn.opened_at }}</li>{% endfor %}</ul>
<ul>{% for link in links %}<li>{{ link.code }} {{ link.title }}</li>{% endfor %}</ul>
<ul>{% for paper in papers %}<li>{{ paper.field }} {{ paper.name }} {{ paper.number }}</li>{% endfor %}</ul>
<ol>{% for entry in entries %}<li>{{ entry.at }} {{ entry.action }} {{ entry.full_name }}
{% for name, value in entry.inputs.items() %}{{ name }}: {{ value }}{% endfor %}</li>{% endfor %}</ol>"""

WHO = (
    select(SessionRow.csrf, Person.id, Person.full_name)
    .join(Person, Person.id == SessionRow.person_id)
    .where(SessionRow.token_hash == bindparam("token_hash"))
)
UNREAD = select(func.count()).where(Notification.person_id == bindparam("person"), Notification.read_at.is_(None))
_CASES = select(
    CaseRow.code, CaseRow.title, Unit.name, CaseRow.state, CaseRow.opened_at, CaseRow.due_at, DefinitionRow.title_vi
)
TURNS = (
    _CASES.join(AssignmentRow, AssignmentRow.case_id == CaseRow.id)
    .join(Unit, Unit.id == CaseRow.unit_id)
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .where(AssignmentRow.closed_at.is_(None))
    .order_by(AssignmentRow.urgent_at, AssignmentRow.id)
    .limit(ROWS)
)
CASES = (
    _CASES.join(Unit, Unit.id == CaseRow.unit_id)
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .order_by(CaseRow.id.desc())
    .limit(ROWS)
)
CASE = (
    select(CaseRow, Unit.name.label("unit_name"), DefinitionRow.version.label("edition"))
    .join(Unit, Unit.id == CaseRow.unit_id)
    .join(DefinitionRow, DefinitionRow.hash == CaseRow.definition)
    .where(CaseRow.code == bindparam("code"))
)
SEATS = (
    select(AssignmentRow.role, Unit.name, AssignmentRow.opened_at)
    .join(Unit, Unit.id == AssignmentRow.unit_id)
    .where(AssignmentRow.case_id == bindparam("case"), AssignmentRow.closed_at.is_(None))
)
ENTRIES = (
    select(HistoryRow.at, HistoryRow.action, HistoryRow.body, Person.full_name)
    .outerjoin(Person, Person.id == HistoryRow.person_id)
    .where(HistoryRow.case_id == bindparam("case"))
    .order_by(HistoryRow.seq.desc())
)
LINKS = (
    select(CaseRow.code, CaseRow.title)
    .join(LinkRow, LinkRow.other_id == CaseRow.id)
    .where(LinkRow.case_id == bindparam("case"))
)
PAPERS = (
    select(Document.field, DocumentVersion.name, DocumentVersion.number)
    .join(Document, Document.id == DocumentVersion.document_id)
    .where(Document.case_id == bindparam("case"))
)
BEFORE = select(CaseRow.id, CaseRow.version, CaseRow.unit_id).where(CaseRow.code == bindparam("code"))
SWAP = (
    update(CaseRow)
    .where(CaseRow.id == bindparam("case"), CaseRow.version == bindparam("seen"))
    .values(
        state=bindparam("to"), version=CaseRow.version + 1, acted_version=CaseRow.version + 1,
        entered_at=bindparam("at"), last_at=bindparam("at"), due_at=bindparam("due"), fields=bindparam("typed"),
    )
)  # fmt: skip
CLOSE = (
    update(AssignmentRow)
    .where(AssignmentRow.case_id == bindparam("case"), AssignmentRow.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)
SET_DEADLINE = text(
    "INSERT INTO deadline (case_id, name, due_at, rung, seq) VALUES (:case, 'turn', :due, 0, :seq)"
    " ON CONFLICT (case_id, name) DO UPDATE SET due_at = excluded.due_at, rung = excluded.rung, seq = excluded.seq"
).bindparams(bindparam("due", type_=CaseRow.due_at.type))


def application(database: Database) -> Flask:
    """Make the bare application over a record; `COOKIE` holds the hash of a session's token."""
    app = Flask("bare")
    listed, shown = app.jinja_env.from_string(_LIST), app.jinja_env.from_string(_CASE)

    @app.get("/turns")
    def turns() -> str:
        return _page(listed, TURNS)

    @app.get("/cases")
    def cases() -> str:
        return _page(listed, CASES)

    def _page(template: Template, rows: Any) -> str:
        with database.engine.begin() as connection:
            who, unread = _visitor(connection)
            return template.render(who=who, unread=unread, rows=connection.execute(rows).all())

    @app.get("/cases/<code>")
    def case(code: str) -> str:
        with database.engine.begin() as connection:
            who, unread = _visitor(connection)
            row = connection.execute(CASE, {"code": code}).one()
            here = {"case": row.id}
            entries = [
                {**entry._asdict(), "inputs": json.loads(entry.body)["plan"]["inputs"]}
                for entry in connection.execute(ENTRIES, here)
            ]
            return shown.render(
                who=who, unread=unread, case=row, fields=json.loads(row.fields), entries=entries,
                turns=connection.execute(SEATS, here).all(), links=connection.execute(LINKS, here).all(),
                papers=connection.execute(PAPERS, here).all(),
            )  # fmt: skip

    @app.post("/cases/<code>")
    def act(code: str) -> Response:
        typed = request.form.to_dict()
        with database.engine.begin() as connection:
            who = connection.execute(WHO, {"token_hash": request.cookies[COOKIE]}).one()
            assert typed.pop("form_token") == who.csrf
            _write(connection, connection.execute(BEFORE, {"code": code}).one(), who, typed)
        return redirect(f"/cases/{code}", 303)

    return app


def _visitor(connection: Connection) -> tuple[Any, int]:
    who = connection.execute(WHO, {"token_hash": request.cookies[COOKIE]}).one()
    return who, connection.execute(UNREAD, {"person": who.id}).scalar_one()


def _write(connection: Connection, case: Any, who: Any, typed: dict[str, str]) -> None:
    """Write the six rows that an act of ours writes: case, entry, turn closed and opened, deadline, letter."""
    at, key = datetime.now(UTC), typed.pop("request_key")
    due, seq, fields = at + timedelta(days=3), case.version + 1, json.dumps(typed)
    body = json.dumps({"plan": {"inputs": typed, "tells": []}, "facts": {}, "case": {"definition": ""}})
    words = {"case": case.id, "seen": case.version, "to": "signing", "at": at, "due": due, "typed": fields}
    assert connection.execute(SWAP, words).rowcount == 1
    connection.execute(
        insert(HistoryRow),
        {
            "case_id": case.id, "seq": seq, "at": at, "recorded_at": at, "action": "send", "was": "draft",
            "state": "signing", "person_id": who.id, "body": body, "hash": key, "request_key": key,
        },
    )  # fmt: skip
    connection.execute(CLOSE, {"case": case.id, "at": at})
    connection.execute(
        insert(AssignmentRow),
        {
            "case_id": case.id, "slot": "turn", "role": "unit_head", "unit_id": case.unit_id, "person_id": None,
            "excluded": "", "opened_at": at, "due_at": due, "urgent_at": due,
        },
    )  # fmt: skip
    connection.execute(SET_DEADLINE, {"case": case.id, "due": due, "seq": seq})
    connection.execute(
        insert(Job),
        {
            "kind": "bench", "key": key, "payload": body, "state": "done", "made_at": at, "due_at": at, "tries": 0,
        },
    )  # fmt: skip
