"""Statements kept prepared: named by their text, right on connections that others use as well."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import exc, make_url, text

from tests.servers.pooler import pooled
from workflow.storage.session import Database
from workflow.storage.statements import Prepared

TEXTS = [f"SELECT %(given)s::text || ' {number}'" for number in range(20)]
NAMING = (
    "import sys; from workflow.storage.statements.prepared import Prepared; "
    "print(*(Prepared(text).name for text in sys.argv[1:]))"
)
MODES = ("statements", "reading", "writing")


def names_of(texts: list[str]) -> list[str]:
    return [str(Prepared(each).name) for each in texts]


def ask(database: Database, mode: str, statement: Prepared, value: str) -> str:
    with getattr(database, mode)() as tx, tx.driver():
        ((answer,),) = statement.rows(tx, [value])
    return answer


@pytest.fixture
def database(postgresql_url: str) -> Iterator[Database]:
    opened = Database(postgresql_url)
    yield opened
    opened.close()


def test_another_process_gives_the_same_text_the_same_name_and_another_text_another():
    command = [sys.executable, "-c", NAMING, *reversed(TEXTS)]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert theirs == names_of(TEXTS)[::-1]
    assert len(set(theirs)) == len(TEXTS)


@pytest.mark.parametrize("mode", MODES)
def test_a_name_that_somebody_else_prepared_answers_right(database: Database, mode: str):
    statement = Prepared(TEXTS[0])
    with database.statements() as tx, tx.driver() as link:
        link.pgconn.prepare(statement.name, b"SELECT $1::text || ' 0'")
    database.clear_connections()
    assert [ask(database, mode, statement, "a") for _ in range(3)] == ["a 0"] * 3


def test_a_name_that_is_missing_is_prepared_anew(database: Database):
    statement = Prepared(TEXTS[0])
    assert ask(database, "statements", statement, "a") == "a 0"
    with database.statements() as tx, tx.driver() as link:
        link.execute("DEALLOCATE ALL")
    assert ask(database, "statements", statement, "b") == "b 0"


@pytest.mark.parametrize("mode", ["reading", "writing"])
def test_in_a_transaction_a_missing_name_is_an_error_once(database: Database, mode: str):
    statement = Prepared(TEXTS[0])
    assert ask(database, mode, statement, "a") == "a 0"
    with database.statements() as tx, tx.driver() as link:
        link.execute("DEALLOCATE ALL")
    database.clear_connections()
    with pytest.raises(exc.ProgrammingError, match="does not exist"):
        ask(database, mode, statement, "b")
    assert ask(database, mode, statement, "c") == "c 0"


def test_through_a_pooler_everybody_gets_the_answer_to_what_they_asked(postgresql_url: str):
    address = make_url(postgresql_url)
    wrong: list[object] = []
    with tempfile.TemporaryDirectory(prefix="trinh-q-") as folder:
        through = address.update_query_dict({"host": folder}).render_as_string()
        with pooled(Path(str(address.query["host"])), Path(folder)):
            clients = [Database(through) for _ in range(3)]

            def work(database: Database, texts: list[str]) -> None:
                statements = [Prepared(each) for each in texts]
                for turn in range(60):
                    number = turn % len(texts)
                    answer = ask(database, MODES[turn % 3], statements[number], str(turn))
                    if answer != f"{turn} {texts[number].rpartition(' ')[2].rstrip(chr(39))}":
                        wrong.append((turn, answer))
                    with database.reading() as tx:
                        plain = tx.connection.execute(text(f"SELECT {number} + :turn"), {"turn": turn})
                        wrong.extend(row for row in plain if row != (number + turn,))

            threads = [Thread(target=work, args=(each, TEXTS[place:])) for place, each in enumerate(clients)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
            with clients[0].statements() as tx, tx.driver() as link:
                kept = {name for _ in range(9) for name in link.execute("SELECT name FROM pg_prepared_statements")}
            for client in clients:
                client.close()
    assert (wrong, kept) == ([], set())
