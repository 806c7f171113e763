"""How a Case lies in the columns of its row, and comes back as the same Case.

Knows the JSON inside the columns and no statement. Used by `applying` and the reads; nobody else opens that JSON.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Row

from workflow.storage.models import CaseRow
from workflow.values import Case, Done, Json, Line, OpenAsk

COLUMNS = (
    CaseRow.id, CaseRow.code, CaseRow.definition, CaseRow.params, CaseRow.unit_id, CaseRow.movement_id,
    CaseRow.state, CaseRow.outcome, CaseRow.version, CaseRow.acted_version, CaseRow.opened_at, CaseRow.entered_at,
    CaseRow.due_at, CaseRow.fields, CaseRow.done, CaseRow.asks, CaseRow.clocks, CaseRow.back, CaseRow.head,
)  # fmt: skip
"""What `read_case` wants of a row, in any order and among others."""

TEXT_LIMIT = 500
"""What an index column holds of a text; the case itself keeps all of it."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_case(row: Row[*tuple[Any, ...]]) -> Case:
    """Return the Case that a row with the `COLUMNS` holds."""
    return Case(
        id=row.id,
        code=row.code,
        definition=row.definition,
        params=orjson.loads(row.params),
        unit=row.unit_id,
        movement=row.movement_id,
        state=row.state,
        version=row.version,
        acted_version=row.acted_version,
        opened_at=row.opened_at,
        entered_at=row.entered_at,
        fields=orjson.loads(row.fields),
        done={name: _read_done(entry) for name, entry in orjson.loads(row.done).items()},
        asks={name: _read_ask(entry) for name, entry in orjson.loads(row.asks).items()},
        clocks=orjson.loads(row.clocks),
        back=row.back,
        outcome=row.outcome,
        due_at=row.due_at,
        head=row.head,
    )


def case_columns(case: Case) -> dict[str, Any]:
    """Return the row of a case but `head`, `title` and `search_key`, which its entry brings; instants stay instants."""
    return {
        "id": case.id,
        "code": case.code,
        "definition": case.definition,
        "params": dump(case.params),
        "unit_id": case.unit,
        "movement_id": case.movement,
        "state": case.state,
        "outcome": case.outcome,
        "version": case.version,
        "acted_version": case.acted_version,
        "opened_at": case.opened_at,
        "entered_at": case.entered_at,
        "due_at": case.due_at,
        "fields": dump(case.fields),
        "done": dump({name: _done_json(it) for name, it in case.done.items()}),
        "asks": dump({name: _ask_json(ask) for name, ask in case.asks.items()}),
        "clocks": dump(case.clocks),
        "back": case.back,
    }


def listed_columns(value: Json) -> dict[str, Any]:
    """Return the typed index columns of a listed field: a number, a text, a date as well where the text is one.

    Of a value with parts (a nominee) its name is listed.
    """
    columns: dict[str, Any] = {"text_value": None, "number_value": None, "date_value": None}
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int):
        columns["number_value"] = int(value)
    elif isinstance(value, str):
        columns["text_value"] = value[:TEXT_LIMIT]
        columns["date_value"] = _find_date(value)
    return columns


def dump(value: Mapping[str, Any] | list[Any]) -> bytes:
    """Write JSON without a space too many, in UTF-8."""
    return orjson.dumps(value)


def _find_date(text: str) -> str | None:
    if not DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _read_done(entry: Mapping[str, Any]) -> Done:
    return Done(entry["times"], frozenset(entry["people"]), entry.get("fallen", False), entry.get("kept", {}))


def _done_json(done: Done) -> dict[str, Any]:
    return {
        "people": sorted(done.people),
        "times": done.times,
        **({"fallen": True} if done.fallen else {}),
        **({"kept": dict(done.kept)} if done.kept else {}),
    }


def _read_ask(entry: Mapping[str, Any]) -> OpenAsk:
    return OpenAsk(
        members=tuple(entry["members"]),
        answers=_read_answers(entry["answers"]),
        opened_version=entry["opened_version"],
        lines={
            code: Line(tuple(line["barred"]), _read_answers(line["answers"]))
            for code, line in entry.get("lines", {}).items()
        },
        paper=entry.get("paper", {}),
        closed=entry.get("closed", False),
        parties={name: tuple(members) for name, members in entry.get("parties", {}).items()},
        certain=entry.get("certain", {}),
    )


def _read_answers(answers: Mapping[str, str]) -> dict[int, str]:
    return {int(person): answer for person, answer in answers.items()}


def _ask_json(ask: OpenAsk) -> dict[str, Any]:
    lines = {code: {"barred": list(it.barred), "answers": _answers(it.answers)} for code, it in ask.lines.items()}
    return {
        "members": list(ask.members),
        "answers": _answers(ask.answers),
        "opened_version": ask.opened_version,
        **({"lines": lines} if lines else {}),
        **({"paper": {line: dict(counted) for line, counted in ask.paper.items()}} if ask.paper else {}),
        **({"closed": True} if ask.closed else {}),
        **({"parties": {name: list(members) for name, members in ask.parties.items()}} if ask.parties else {}),
        **({"certain": dict(ask.certain)} if ask.certain else {}),
    }


def _answers(answers: Mapping[int, str]) -> dict[str, str]:
    return {str(person): answer for person, answer in answers.items()}
