"""Letters leave: once where all goes well, again only under the same Message-ID, never lost."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.servers.belongings import free_port
from tests.support import errand_cases
from tests.support.small_record import CLERK
from workers.effects import effects
from workers.letters.posting import MailServer, Post
from workers.ringing import Ringing
from workflow.deadlines import jobs, notices


@pytest.fixture
def post(smtp_sink):
    return Post("https://trinh.example", server=MailServer(smtp_sink.host, smtp_sink.port))


@pytest.fixture
def letter_job(database):
    """The job of the letter to the officer whose turn an errand is."""
    errand_cases.act(database, errand_cases.open_errand(database), "send", by=CLERK)
    ring_all(database, Ringing(database, effects(Post("https://trinh.example"))), kind="tell")
    [job_id] = due(database, "letter")
    return job_id


def due(database, kind):
    return errand_cases.column(database, f"SELECT id FROM job WHERE kind = '{kind}' AND state = 'due' ORDER BY id")


def ring_all(database, ring, *, kind):
    for job_id in due(database, kind):
        ring(job_id)


def row(database, query):
    with database.reading() as tx:
        return dict(tx.connection.execute(text(query)).mappings().one())


def try_again(database):
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET due_at = made_at WHERE state = 'due'"))


def test_a_letter_is_sent_once_and_kept_as_it_was_sent(database, letter_job, post, smtp_sink):
    ring = Ringing(database, effects(post))
    ring(letter_job)
    ring(letter_job)
    [message] = smtp_sink.letters
    kept = row(database, "SELECT * FROM letter")
    assert (message["Subject"], message["Message-ID"]) == (kept["subject"], kept["message_id"])
    assert kept["message_id"].endswith("@trinh.example>")
    assert (kept["transmissions"], due(database, "letter")) == (1, [])
    assert kept["sent_at"] is not None


def test_without_a_mail_server_it_stays_in_the_outbox(database, letter_job):
    Ringing(database, effects(Post("https://trinh.example")))(letter_job)
    kept = row(database, "SELECT * FROM letter")
    assert (kept["transmissions"], kept["sent_at"], due(database, "letter")) == (0, None, [])
    with database.reading() as tx:
        [letter] = notices.letters(tx)
    assert letter.address == errand_cases.EMAILS[letter.person_id]


def test_somebody_without_an_address_gets_a_letter_in_the_outbox_only(database, letter_job, post, smtp_sink):
    with database.writing() as tx:
        tx.connection.execute(text("DELETE FROM person_contact"))
    Ringing(database, effects(post))(letter_job)
    assert smtp_sink.letters == []
    assert row(database, "SELECT address, transmissions FROM letter") == {"address": "", "transmissions": 0}


@pytest.mark.parametrize("mood", ["busy", "refusing"])
def test_a_letter_turned_away_is_tried_again(database, letter_job, post, smtp_sink, mood):
    ring = Ringing(database, effects(post))
    smtp_sink.mood = mood
    ring(letter_job)
    assert due(database, "letter") == [letter_job]
    smtp_sink.mood = "accepting"
    try_again(database)
    ring(letter_job)
    assert len(smtp_sink.letters) == 1
    assert row(database, "SELECT transmissions FROM letter") == {"transmissions": 2}


def test_a_hand_over_that_broke_off_is_repeated_under_the_same_message_id(database, letter_job, post, smtp_sink):
    ring = Ringing(database, effects(post))
    smtp_sink.mood = "breaking off"
    ring(letter_job)
    smtp_sink.mood = "accepting"
    try_again(database)
    ring(letter_job)
    first, second = smtp_sink.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()
    assert row(database, "SELECT transmissions FROM letter") == {"transmissions": 2}


def test_a_mail_server_that_is_down_costs_nothing_but_time(database, letter_job, post):
    down = replace(post, server=replace(post.server, port=free_port()))
    Ringing(database, effects(down))(letter_job)
    assert due(database, "letter") == [letter_job]
    assert row(database, "SELECT sent_at FROM letter") == {"sent_at": None}


def test_a_letter_keeps_the_words_of_its_first_writing(database, letter_job, post, smtp_sink):
    ring = Ringing(database, effects(post))
    smtp_sink.mood = "busy"
    ring(letter_job)
    before = row(database, "SELECT subject, body_text FROM letter")
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE unit SET name = 'Đổi tên'"))
    smtp_sink.mood = "accepting"
    try_again(database)
    ring(letter_job)
    assert smtp_sink.letters[0]["Subject"] == before["subject"]
    assert "Đổi tên" not in smtp_sink.letters[0].get_body(("plain",)).get_content()


def test_a_tell_job_that_is_done_twice_writes_nobody_twice(database, letter_job):
    with database.writing() as tx:
        tx.connection.execute(text("UPDATE job SET state = 'due', done_at = NULL WHERE kind = 'tell'"))
    ring_all(database, Ringing(database, effects(Post("https://trinh.example"))), kind="tell")
    assert errand_cases.column(database, "SELECT count(*) FROM notification") == [1]
    assert due(database, "letter") == [letter_job]


def test_letters_are_tried_over_a_weekend_morning_before_they_are_parked():
    assert jobs.policy_of("letter").tries > jobs.policy_of("tell").tries


def test_a_server_without_starttls_gets_no_plain_letter_instead(database, letter_job, post, smtp_sink):
    strict = replace(post, server=replace(post.server, security="starttls"))
    Ringing(database, effects(strict))(letter_job)
    assert smtp_sink.letters == []
    [error] = errand_cases.column(database, f"SELECT last_error FROM job WHERE id = {letter_job}")
    assert error.startswith("SMTPNotSupportedError")
