"""Signing in: sessions, throttles, and what a wrong attempt tells (nothing)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median

import pytest
from sqlalchemy import update

from tests.support.small_province import NOW, Stage
from workflow.accounts import choosing_passwords, passwords, signing_in
from workflow.accounts.signing_in import NewSession, Refused
from workflow.errors import Invalid
from workflow.organisation import people
from workflow.storage.models import SessionRow, Throttle
from workflow.storage.session import Database

PASSWORD = "thông hiểu 2017"
AT = {"address": "10.0.0.1", "agent": "Firefox"}


@pytest.fixture
def clerk(database: Database, province: Stage) -> int:
    person = province.people["cucphuong.clerk"]
    with database.writing() as tx:
        hashed = passwords.hashed(PASSWORD, username="cucphuong.clerk")
        people.set_password(tx, person, hashed, now=NOW)
    return person


def _sign_in(
    database: Database, password: str = PASSWORD, *, username: str = "cucphuong.clerk", address: str = "10.0.0.1"
):
    return signing_in.sign_in(database, username, password, address=address)


def _wait_out(database: Database) -> None:
    with database.writing() as tx:
        tx.connection.execute(update(Throttle).values(until=None))


def test_the_right_password_gives_a_session(database: Database, clerk: int):
    begun = _sign_in(database)
    assert isinstance(begun, NewSession)
    with database.reading() as tx:
        found = signing_in.session(tx, begun.token)
    assert found is not None
    assert (found.person_id, found.csrf) == (clerk, begun.csrf)


@pytest.mark.usefixtures("clerk")
def test_the_user_name_may_be_typed_in_capitals(database: Database):
    assert isinstance(_sign_in(database, username=" CucPhuong.Clerk "), NewSession)


@pytest.mark.usefixtures("clerk")
def test_the_token_itself_is_not_kept(database: Database):
    begun = _sign_in(database)
    with database.reading() as tx:
        (row,) = tx.connection.execute(SessionRow.__table__.select()).all()
    assert begun.token not in map(str, row)


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("username", "password"), [("cucphuong.clerk", "sai"), ("nobody", PASSWORD), ("stranger", PASSWORD), ("", "")]
)
def test_a_wrong_attempt_tells_nothing(database: Database, username: str, password: str):
    assert _sign_in(database, password, username=username) == Refused(None)


def test_somebody_deactivated_cannot_sign_in_and_is_signed_out(database: Database, clerk: int):
    begun = _sign_in(database)
    with database.writing() as tx:
        people.deactivate(tx, clerk, person_id=None, now=NOW)
        assert signing_in.session(tx, begun.token) is None
    assert _sign_in(database) == Refused(None)


@pytest.mark.usefixtures("clerk")
def test_attempts_are_delayed_longer_and_longer(database: Database):
    delays = []
    for _ in range(4):
        for _ in range(signing_in.FREE_FAILURES if not delays else 1):
            _sign_in(database, "sai")
        silenced = _sign_in(database)
        assert isinstance(silenced, Refused)
        assert silenced.until is not None
        with database.reading() as tx:
            delays.append(silenced.until - tx.machine_now())
        _wait_out(database)
    assert delays == sorted(delays)
    assert delays[-1] > 4 * delays[0]


@pytest.mark.usefixtures("clerk")
def test_success_forgives_the_account(database: Database):
    for _ in range(signing_in.FREE_FAILURES - 1):
        _sign_in(database, "sai")
    assert isinstance(_sign_in(database), NewSession)
    for _ in range(signing_in.FREE_FAILURES - 1):
        assert _sign_in(database, "sai") == Refused(None)


@pytest.mark.usefixtures("clerk")
def test_guesses_from_elsewhere_do_not_lock_out_who_was_here_before(database: Database):
    assert isinstance(_sign_in(database), NewSession)
    for _ in range(signing_in.FREE_FAILURES + 1):
        _sign_in(database, "sai", address="203.0.113.9")
    assert isinstance(_sign_in(database, address="203.0.113.9"), Refused)
    assert isinstance(_sign_in(database), NewSession)


@pytest.mark.usefixtures("clerk")
def test_a_guesser_does_not_lock_out_the_office_behind_the_same_address(database: Database):
    for number in range(4 * signing_in.FREE_FAILURES_OF_ACCOUNT):
        signing_in.sign_in(database, f"nobody{number}", "sai", address="10.0.0.1")
        _sign_in(database, "sai", address="10.0.0.1")
    assert isinstance(_sign_in(database, address="10.0.0.1"), Refused)
    with database.writing() as tx:
        assert not isinstance(signing_in._begin(tx, "colleague", address="10.0.0.1"), Refused)


@pytest.mark.usefixtures("clerk")
def test_an_account_that_is_guessed_at_from_everywhere_is_silenced_where_nobody_was_before(database: Database):
    assert isinstance(_sign_in(database), NewSession)
    for number in range(signing_in.FREE_FAILURES_OF_ACCOUNT):
        assert _sign_in(database, "sai", address=f"203.0.113.{number}") == Refused(None)
    refused = _sign_in(database, address="203.0.113.200")
    assert isinstance(refused, Refused)
    assert refused.until is not None
    assert isinstance(_sign_in(database), NewSession)


@pytest.mark.usefixtures("clerk")
def test_attempts_at_the_same_moment_are_all_counted(database: Database):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _sign_in(database, "sai"), range(12)))
    assert sum(answer.until is None for answer in answers) == signing_in.FREE_FAILURES


@pytest.mark.usefixtures("clerk")
def test_an_idle_or_old_session_is_over(database: Database):
    for column, age in (("seen_at", signing_in.IDLE), ("started_at", signing_in.ABSOLUTE)):
        begun = _sign_in(database)
        with database.writing() as tx:
            past = tx.machine_now() - age - timedelta(seconds=1)
            tx.connection.execute(update(SessionRow).values({column: past}))
            assert signing_in.session(tx, begun.token) is None


@pytest.mark.usefixtures("clerk")
def test_a_session_in_use_is_touched_once_a_minute(database: Database):
    begun = _sign_in(database)
    with database.writing() as tx:
        found = signing_in.session(tx, begun.token)
        assert not signing_in.needs_touch(found)
        tx.connection.execute(update(SessionRow).values(seen_at=tx.machine_now() - timedelta(minutes=2)))
        found = signing_in.session(tx, begun.token)
        assert signing_in.needs_touch(found)
        signing_in.touch(tx, found)
        assert not signing_in.needs_touch(signing_in.session(tx, begun.token))


def test_signing_out_ends_one_session_or_all(database: Database, clerk: int):
    one, two, three = (_sign_in(database) for _ in range(3))
    with database.writing() as tx:
        signing_in.sign_out(tx, one.token)
        assert signing_in.session(tx, one.token) is None
        assert signing_in.session(tx, two.token) is not None
        assert signing_in.sign_out_everywhere(tx, clerk) == 2
        assert signing_in.session(tx, three.token) is None


def test_changing_ones_password_begins_a_new_session_and_ends_all_others(database: Database, clerk: int):
    here, elsewhere = _sign_in(database), _sign_in(database)
    with pytest.raises(Invalid):
        choosing_passwords.change_password(database, clerk, "sai", "một câu dài", now=NOW, **AT)
    begun = choosing_passwords.change_password(database, clerk, PASSWORD, "một câu dài", now=NOW, **AT)
    with database.reading() as tx:
        assert signing_in.session(tx, begun.token) is not None
        assert signing_in.session(tx, here.token) is None
        assert signing_in.session(tx, elsewhere.token) is None
    assert isinstance(_sign_in(database, "một câu dài"), NewSession)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("Password123", "password_too_common"),
        ("Mật khẩu 123", "password_too_common"),
        ("xin chào cucphuong.clerk", "password_too_common"),
    ],
)
def test_a_password_is_refused(password: str, code: str):
    with pytest.raises(Invalid) as refused:
        passwords.hashed(password, username="cucphuong.clerk")
    assert refused.value.code == code


def test_a_long_sentence_is_a_password():
    assert passwords.matches("đ" * 128, passwords.hashed("đ" * 128, username="ai"))


def test_an_unknown_name_takes_as_long_as_a_wrong_password():
    known = passwords.hashed(PASSWORD, username="ai")

    def seconds(password_hash: str | None) -> float:
        start = time.perf_counter()
        passwords.matches("sai", password_hash)
        return time.perf_counter() - start

    seconds(None)
    pairs = [(seconds(known), seconds(None)) for _ in range(9)]
    # Ten per cent is the bar on a quiet machine; tests share theirs.
    assert 0.5 < median(unknown / wrong for wrong, unknown in pairs) < 2
