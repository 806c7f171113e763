"""The servers that other tests stand on: real, restartable, and gone with the process that started them."""

import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest

from tests.conftest import ROOT
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.servers.smtp import SmtpSink

ORPHANS = """
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
with PostgresServer() as postgres, RedisServer() as redis:
    print(postgres.pid, postgres._folder.path, redis.pid, redis._folder.path, flush=True)
    input()
"""


def test_redis_remembers_what_it_was_told_after_an_orderly_restart(redis_server: RedisServer):
    with redis_server.client() as client:
        client.set("trinh", "hồ sơ")
    redis_server.restart()
    with redis_server.client() as client:
        assert client.get("trinh") == "hồ sơ".encode()


def test_redis_comes_back_on_the_same_address_after_a_kill(redis_server: RedisServer):
    before = redis_server.url
    redis_server.kill()
    redis_server.restart()
    with redis_server.client() as client:
        assert client.ping()
    assert redis_server.url == before


def test_redis_forgets_everything_on_flush(redis_server: RedisServer):
    with redis_server.client() as client:
        client.set("trinh", "1")
        redis_server.flush()
        assert client.dbsize() == 0


def test_postgres_keeps_committed_rows_through_an_immediate_restart():
    with PostgresServer() as server, server.fresh_database(template="template1") as url:
        with psycopg.connect(url.replace("+psycopg", "")) as link:
            link.execute("CREATE TABLE kept AS SELECT 1 AS one")
        server.restart_at_once()
        with psycopg.connect(url.replace("+psycopg", "")) as link:
            assert link.execute("SELECT one FROM kept").fetchone() == (1,)


def test_each_test_gets_a_database_of_its_own_with_our_tables(postgresql_url: str):
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as link:
        tables = link.execute("SELECT count(*) FROM pg_tables WHERE tablename = 'history'").fetchone()
    assert tables == (1,)


@pytest.mark.parametrize(("mood", "refusal"), [("busy", 451), ("refusing", 550)])
def test_the_sink_turns_letters_away_when_told_to(smtp_sink: SmtpSink, mood, refusal):
    smtp_sink.mood = mood
    with pytest.raises(smtplib.SMTPDataError) as caught:
        send(smtp_sink)
    assert caught.value.smtp_code == refusal
    assert smtp_sink.letters == []


def test_the_sink_keeps_a_letter_and_breaks_off_before_saying_so(smtp_sink: SmtpSink):
    smtp_sink.mood = "breaking off"
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_sink)
    assert [letter["Subject"] for letter in smtp_sink.letters] == ["Hồ sơ KH-2017-0042"]


def test_the_sink_keeps_letters_with_their_vietnamese_text(smtp_sink: SmtpSink):
    send(smtp_sink)
    assert smtp_sink.letters[0].get_content().strip() == "Đến lượt bạn"


def test_servers_and_their_folders_go_when_the_tests_are_killed():
    script = [sys.executable, "-c", ORPHANS]
    with subprocess.Popen(script, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout is not None
        postgres, its_folder, redis, other_folder = tests.stdout.readline().split()
        tests.kill()
    assert eventually_gone(*(Path("/proc") / pid for pid in (postgres, redis)), Path(its_folder), Path(other_folder))


def send(sink: SmtpSink) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = (
        "trinh@example.vn",
        "ba.lan@example.vn",
        "Hồ sơ KH-2017-0042",
    )
    letter.set_content("Đến lượt bạn")
    with smtplib.SMTP(sink.host, sink.port, timeout=10) as client:
        client.send_message(letter)


def eventually_gone(*places: Path) -> bool:
    until = monotonic() + 20
    while any(place.exists() for place in places) and monotonic() < until:
        sleep(0.05)
    return not any(place.exists() for place in places)
