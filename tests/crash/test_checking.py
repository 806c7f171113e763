"""The checker finds what it is there for: each kind of loss or doubling, seeded by hand."""

import shutil
from email.message import EmailMessage

import pytest
from sqlalchemy import text

from tests.crash.checking import broken
from tests.servers.smtp import SmtpSink
from tests.support import errand_cases
from tests.support.small_record import CLERK
from tests.support.waiting import eventually
from workers.letters.posting import MailServer, Post
from workers.process import Workers
from workflow.storage.session import Database

KEY = "send"


@pytest.fixture(scope="module")
def finished(sqlite_template, tmp_path_factory):
    """An errand sent, reminded of, and everything about it done: a closed database and the letters received."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("finished") / "trinh.sqlite3")
    database = Database(f"sqlite:///{path}")
    errand_cases.build(database)
    code = errand_cases.open_errand(database)
    with SmtpSink() as sink, Workers(database, post=Post("https://x", server=MailServer(sink.host, sink.port))):
        errand_cases.move_clock(database, "2017-11-15 09:00")
        eventually(lambda: len(errand_cases.history(database, code)) == 2)
        errand_cases.act(database, code, "send", by=CLERK, key=KEY)
        eventually(
            lambda: errand_cases.column(database, "SELECT count(*) FROM letter WHERE sent_at IS NOT NULL") == [2]
        )
        eventually(lambda: errand_cases.column(database, "SELECT DISTINCT state FROM job") == ["done"])
    # The last connection to close takes the write-ahead log into the file.
    database.close()
    return path, sink.letters


@pytest.fixture
def done(finished):
    return finished[1]


@pytest.fixture
def database(finished, tmp_path):
    opened = Database(f"sqlite:///{shutil.copy(finished[0], tmp_path / 'trinh.sqlite3')}")
    yield opened
    opened.close()


def test_a_run_without_faults_breaks_nothing(database, done):
    assert broken(database, acknowledged=[KEY], letters=done) == []


@pytest.mark.parametrize(
    ("damage", "promise"),
    [
        ("UPDATE job SET state = 'due' WHERE kind = 'letter'", "I8"),
        ("UPDATE job SET state = 'parked' WHERE kind = 'deadline'", "I8"),
        ("DELETE FROM job WHERE kind = 'tell'", "I6"),
        ("DELETE FROM job WHERE kind = 'deadline'", "I7"),
        ("DELETE FROM letter", "I6"),
        ("UPDATE letter SET sent_at = NULL", "I6"),
        ("UPDATE letter SET transmissions = 0", "I6"),
        ("UPDATE letter SET message_id = 'other' || id", "I6"),
        ("UPDATE deadline SET due_at = (SELECT min(opened_at) FROM case_file)", "I7"),
        ("UPDATE case_file SET head = 'x'", "I3, I4"),
        ("UPDATE case_file SET state = 'draft'", "I"),
    ],
)
def test_damage_to_the_record_is_found(database, done, damage, promise):
    with database.writing() as tx:
        tx.connection.execute(text(damage))
    found = broken(database, acknowledged=[KEY], letters=done)
    assert any(fault.startswith(promise) for fault in found), found


def test_an_act_that_was_answered_and_is_not_there_is_found(database, done):
    assert broken(database, acknowledged=[KEY, "lost"], letters=done) == [
        "I1: act lost was answered and stands 0 times in history"
    ]


def test_letters_lost_and_letters_from_nowhere_are_found(database, done):
    stranger = EmailMessage()
    stranger["Message-ID"] = "<stranger@example.org>"
    assert any("was lost" in fault for fault in broken(database, acknowledged=[], letters=done[1:]))
    assert any("nobody wrote" in fault for fault in broken(database, acknowledged=[], letters=[*done, stranger]))
    assert any("2 times" in fault for fault in broken(database, acknowledged=[], letters=[*done, done[0]]))
