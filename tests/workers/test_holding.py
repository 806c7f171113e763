"""Letters of an act that can be taken back are held: nobody hears of what was taken back in time, later all do."""

import pytest
from sqlalchemy import text

from tests.support import errand_cases
from tests.support.small_record import CLERK, OFFICER
from tests.support.waiting import eventually
from workers.letters.posting import MailServer, Post
from workers.process import Workers
from workflow.values import UNDO


@pytest.fixture
def post(smtp_sink):
    return Post("https://trinh.example", server=MailServer(smtp_sink.host, smtp_sink.port))


def hold_for(database, seconds):
    with database.writing() as tx:
        tx.connection.execute(text(f"UPDATE person_setting SET value = '{seconds}' WHERE name = 'undo'"))


def let_holds_pass(database):
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET hold_until = made_at WHERE state = 'due'"))


def jobs_at_rest(database):
    return errand_cases.column(database, "SELECT count(*) FROM job WHERE state <> 'done'") == [0]


def subjects(smtp_sink):
    return sorted((letter["To"], letter["Subject"].partition(": ")[2]) for letter in smtp_sink.letters)


def test_inside_the_hold_nothing_is_sent_and_nothing_stays_unread(database, post, smtp_sink):
    hold_for(database, 120)
    code = errand_cases.open_errand(database)
    with Workers(database, post=post):
        errand_cases.act(database, code, "send", by=CLERK)
        errand_cases.act(database, code, UNDO, by=CLERK)
        eventually(lambda: errand_cases.column(database, "SELECT count(*) FROM job WHERE state <> 'done'") == [1])
        let_holds_pass(database)
        eventually(lambda: jobs_at_rest(database))
    assert smtp_sink.letters == []
    assert errand_cases.column(database, "SELECT count(*) FROM notification") == [0]


def test_later_whoever_was_told_gets_one_correcting_letter(database, post, smtp_sink):
    hold_for(database, 0)
    code = errand_cases.open_errand(database)
    with Workers(database, post=post):
        errand_cases.act(database, code, "send", by=CLERK)
        eventually(lambda: len(smtp_sink.letters) == 1 and jobs_at_rest(database))
        errand_cases.act(database, code, UNDO, by=CLERK)
        eventually(lambda: len(smtp_sink.letters) == 2 and jobs_at_rest(database))
    [(first_to, _), (second_to, _)] = subjects(smtp_sink)
    assert first_to == second_to
    assert errand_cases.EMAILS[OFFICER] in first_to
    assert [subject for _, subject in subjects(smtp_sink) if "hoàn tác" in subject] == ["đã hoàn tác “Gửi”"]
    unread = "SELECT notice FROM notification WHERE read_at IS NULL"
    assert errand_cases.column(database, unread) == ["undone"]


def test_letters_leave_when_nobody_took_the_act_back(database, post, smtp_sink):
    hold_for(database, 1)
    code = errand_cases.open_errand(database)
    with Workers(database, post=post):
        errand_cases.act(database, code, "send", by=CLERK)
        assert smtp_sink.letters == []
        eventually(lambda: len(smtp_sink.letters) == 1, within=20)


def test_what_cannot_be_taken_back_is_told_at_once(database, post, smtp_sink):
    hold_for(database, 120)
    code = errand_cases.open_errand(database)
    errand_cases.move_clock(database, "2017-11-15 09:00")
    with Workers(database, post=post):
        eventually(lambda: len(smtp_sink.letters) >= 1)
    assert code
