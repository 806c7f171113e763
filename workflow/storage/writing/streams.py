"""What an act writes, as streams of rows: the columns of each, from which both databases' statements are made.

Knows names and kinds of columns; `postgresql` and `sqlite` know the statements.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from workflow.storage.case_columns import CASE_COLUMNS, Column, Kind

Kinds = Mapping[str, Kind]

HISTORY_COLUMNS: Final = (
    Column("case_id", "bigint", "id"),
    Column("seq", "int", "version"),
    Column("at", "instant", "at"),
    Column("recorded_at", "instant", "recorded_at"),
    Column("action", "text", "action"),
    Column("was", "text", "was"),
    Column("state", "text", "state"),
    Column("person_id", "bigint", "person_id"),
    Column("on_behalf_id", "bigint", "on_behalf_id"),
    Column("capacity", "text", "capacity"),
    Column("body", "json", "body"),
    Column("hash", "text", "head"),
    Column("request_key", "text", "request_key"),
)
"""The columns of a row of history."""

ENTRY: Final[Kinds] = {column.value: column.kind for column in (*CASE_COLUMNS, *HISTORY_COLUMNS)}
"""The values of one entry: they fill the case's row and a row of history."""

CLOSED_ASSIGNMENT: Final[Kinds] = {"case_id": "bigint", "slot": "text", "at": "instant"}
ASSIGNMENT: Final[Kinds] = {
    "case_id": "bigint",
    "slot": "text",
    "role": "text",
    "unit_id": "bigint",
    "person_id": "bigint",
    "excluded": "text",
    "opened_at": "instant",
    "due_at": "instant",
    "urgent_at": "instant",
}
CASE_ID: Final[Kinds] = {"case_id": "bigint"}
NAME_OF_CASE: Final[Kinds] = {"case_id": "bigint", "name": "text"}
DEADLINE: Final[Kinds] = {"case_id": "bigint", "name": "text", "due_at": "instant", "rung": "int", "seq": "int"}
LISTED_FIELD: Final[Kinds] = {
    "case_id": "bigint",
    "name": "text",
    "text_value": "text",
    "number_value": "bigint",
    "date_value": "date",
}
SET_DEADLINE: Final = "due_at = excluded.due_at, rung = excluded.rung, seq = excluded.seq, rung_at = NULL"
"""A deadline that is set anew has not been rung yet."""
SET_LISTED_FIELD: Final = ", ".join(f"{name} = excluded.{name}" for name in LISTED_FIELD if name.endswith("_value"))
CASE_WORD: Final[Kinds] = {"case_id": "bigint", "word": "text", "marked": "text", "source": "text"}
NOTICES: Final[Kinds] = {"case_id": "bigint", "key": "text", "payload": "json", "held_for": "bigint"}
HOLD: Final = "undo"
"""The setting of a person that says for how many seconds letters are held; without it, `HOLD_SECONDS`."""
HOLD_SECONDS: Final = 10


def names(columns: Iterable[str], prefix: str = "") -> str:
    """Write names of columns, or of their values, between commas."""
    return ", ".join(f"{prefix}{name}" for name in columns)
