"""The record of an earlier release under today's code: nothing of it changes, and it is decided as it was."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.records.decisions import decisions
from tests.records.frozen import KEY, KINDS, connected, read_packed, restore
from tests.support.words_of_cases import expected_words, kept_words
from trinh.definition_files import definitions_folder
from workflow import calendars
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.installation import shipping
from workflow.search import filling
from workflow.storage import migrating
from workflow.storage.session import Database

FOLDER = Path(__file__).parent / "edition_1"
ENDS = datetime(2017, 11, 24, 9, tzinfo=UTC)
CASES, ENTRIES, ADMIN_ACTS = 508, 3936, 1260
NAMES, TEXTS = 17, 24
"""How many definitions there are, and in how many versions cases pin them."""
HISTORY = "SELECT case_id, seq, body, hash FROM history ORDER BY case_id, seq"
ADMINISTRATION = "SELECT seq, body, hash FROM admin_act ORDER BY seq"


class Record(NamedTuple):
    """A frozen record, migrated; `before` are the rows of both chains as they were frozen."""

    url: str
    kind: str
    before: tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


@pytest.fixture(scope="module", params=KINDS)
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    if request.param == "sqlite":
        yield restored(f"sqlite:///{tmp_path_factory.mktemp('record') / 'trinh.sqlite3'}")
    else:
        with request.getfixturevalue("postgres").fresh_database(template="template1") as url:
            yield restored(url)


def restored(url: str) -> Record:
    restore(FOLDER, url)
    before = chains(url)
    migrating.migrate(url)
    return Record(url, url.partition(":")[0].partition("+")[0], before)


def chains(url: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with connected(url) as link:
        return link.execute(HISTORY).fetchall(), link.execute(ADMINISTRATION).fetchall()


@contextmanager
def opened(record: Record) -> Iterator[Database]:
    database = Database(record.url)
    try:
        yield database
    finally:
        database.close()


def test_the_bytes_of_both_chains_are_those_that_were_frozen(record: Record):
    after = chains(record.url)
    assert (len(after[0]), len(after[1])) == (ENTRIES, ADMIN_ACTS)
    assert after == record.before


def test_history_is_whole_up_to_the_checkpoint_that_was_signed_then(record: Record):
    exported = read_packed(FOLDER / f"{record.kind}.checkpoint.json.xz")
    with opened(record) as database, database.writing() as tx:
        assert list(audits.verify(tx)) == []
        assert list(audits.check_against(tx, exported, public_key=audits.public_key_of(KEY))) == []
        now, then = json.loads(audits.checkpoint(tx, KEY)), json.loads(exported)
    assert len(then["heads"]) == CASES
    assert (now["digest"], now["administration"]) == (then["digest"], then["administration"])


def test_every_case_is_what_its_history_says_when_all_of_it_is_decided_again(record: Record):
    texts = set()

    def definition_of(text_hash: str):
        texts.add(text_hash)
        return publishing.compiled(tx, text_hash)

    with opened(record) as database, database.reading() as tx:
        assert list(audits.refold(tx, definition_of=definition_of, calendar=calendars.calendar_of(tx))) == []
    assert len(texts) == TEXTS


def test_cases_of_then_are_found_by_their_words_once_these_are_filled_in(record: Record):
    with opened(record) as database:
        with database.writing() as tx:
            assert filling.fill_some(tx, most=100) == 100
        assert filling.fill(database) == CASES - 100
        with database.writing() as tx:
            assert filling.fill_some(tx, most=100) == 0
            assert len({case for case, *_ in kept_words(tx)}) == CASES
            assert kept_words(tx) == expected_words(tx)


def test_history_holds_every_kind_of_entry(record: Record):
    with connected(record.url) as link:
        rows = link.execute(
            "SELECT DISTINCT h.action, c.definition_name FROM history h JOIN case_file c ON c.id = h.case_id"
        ).fetchall()
        (behalf,) = link.execute("SELECT count(*) FROM history WHERE on_behalf_id IS NOT NULL").fetchone()
    actions = {action for action, _ in rows}
    assert {"open", "turn:claim", "turn:release", "turn:assign", "count:ballot", "answer:ballot", "due:turn"} <= actions
    assert {"due:remark", "due:hearing_of", "due:opinion_of", "answer:hearing_of", "reopen", "refuse"} <= actions
    assert (len(actions), len(rows), behalf) == (76, 183, 1)
    assert len({name for _, name in rows}) == NAMES


def test_people_may_do_to_each_open_case_what_they_might(record: Record):
    frozen = json.loads(read_packed(FOLDER / "decisions.json.xz"))
    with opened(record) as database, database.reading() as tx:
        today = decisions(tx, now=ENDS)
    assert (len(today), sum(map(len, today.values()))) == (229, 731)
    assert today == frozen


def test_what_ships_is_known_to_the_record(record: Record):
    with connected(record.url) as link:
        shipped_then = {f"{name}/v1.yaml" for (name,) in link.execute("SELECT name FROM definition_current").fetchall()}
    assert len(shipped_then) == NAMES
    with opened(record) as database, database.writing() as tx:
        shipment = shipping.ship(tx, definitions_folder(), now=ENDS)
    assert shipment.published == ()
    assert shipped_then <= {*shipment.known}
