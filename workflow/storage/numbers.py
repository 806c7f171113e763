"""Ids and numbers, taken before a decision so that history holds what the decision saw.

A number of a book is taken under the lock of its row, so that no number is left out or given twice; a transaction that
is rolled back gives its numbers back.
"""

from sqlalchemy import Sequence, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workflow.storage.models import Book, CaseRow
from workflow.storage.session import Tx

_ROW = {"name": bindparam("the_name"), "year": bindparam("the_year"), "last": 1}
_TAKE = {
    name: dialect.insert(Book)
    .values(**_ROW)
    .on_conflict_do_update(index_elements=[Book.name, Book.year], set_={"last": Book.last + 1})
    .returning(Book.last)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_GIVE_BACK = (
    update(Book)
    .where(Book.name == bindparam("the_name"), Book.year == bindparam("the_year"))
    .values(last=Book.last - 1)
)
_CASE_ID = {
    "postgresql": select(Sequence("case_file_id_seq").next_value()),
    "sqlite": select(func.coalesce(func.max(CaseRow.id), 0) + 1),
}


def next_case_id(tx: Tx, *, waiting: int = 0) -> int:
    """Take the id of a case that is about to be opened; `waiting` cases have an id and are not written yet."""
    case_id: int = tx.connection.execute(_CASE_ID[tx.dialect]).scalar_one()
    # SQLite has one writer and no sequence: the ids of cases that are not written yet are added to the highest one.
    return case_id + waiting if tx.dialect == "sqlite" else case_id


def next_number(tx: Tx, book: str, year: int) -> int:
    """Take the next number of a book in a year, from 1."""
    number: int = tx.connection.execute(_TAKE[tx.dialect], {"the_name": book, "the_year": year}).scalar_one()
    return number


def give_back(tx: Tx, book: str, year: int) -> None:
    """Give back the last number of a book that this transaction took: its row is locked, so nobody has a later one."""
    tx.connection.execute(_GIVE_BACK, {"the_name": book, "the_year": year})
