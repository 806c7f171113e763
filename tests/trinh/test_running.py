"""The contract of `make run`: the first start loads and serves, later ones take seconds, and all end in order."""

import json
import re
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.processes import Trinh, Visitor, free_port
from tests.support.waiting import eventually
from trinh.demo import playing
from trinh.settings import Settings
from trinh.welcome import ACCOUNTS
from workflow.accounts import signing_in
from workflow.storage.models import Letter
from workflow.storage.session import Database

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

CONTRACT = {
    "cucphuong.clerk", "cucphuong.head", "nhoquan.officer", "nhoquan.head", "nhoquan.chairman", "sldtbxh.clerk",
    "sldtbxh.head", "board.officer", "board.head", "chairman", "admin", "admin2", "auditor",
}  # fmt: skip


def test_a_first_start_prints_the_accounts_the_address_and_the_clock(first_start: Path):
    said = (first_start / "said").read_text("utf-8")
    rows = {line.split()[0] for line in said.splitlines() if re.match(r"[a-z0-9]+(\.[a-z]+)? {2,}\S", line)}
    assert rows >= CONTRACT
    assert "13/11/2017" in said
    assert re.search(r"http://localhost:\d+", said)


def test_letters_link_to_the_port_that_was_served(first_start: Path, demo_home: Path):
    address = re.search(r"http://localhost:\d+", (first_start / "said").read_text("utf-8"))
    database = Database(f"sqlite:///{demo_home / 'trinh.sqlite3'}")
    with database.reading() as tx:
        letters = tx.connection.execute(select(Letter.body_text, Letter.body_html)).all()
    database.close()
    assert address
    linked = {link for letter in letters for body in letter for link in re.findall(r"http://localhost:\d+", body)}
    assert linked == {address[0]}


def test_everybody_in_the_table_can_sign_in(running: Trinh):
    assert set(ACCOUNTS) >= CONTRACT
    for username in ACCOUNTS:
        visitor = Visitor(running.address)
        assert "/sign-out" in visitor.sign_in(username), username


def test_a_start_after_a_power_cut_takes_seconds_and_keeps_the_data(demo_home: Path):
    with Trinh("run", "--demo", home=demo_home, port=free_port()) as first:
        first.wait_until_alive(within=60)
        first.kill()
    with Trinh("run", "--demo", home=demo_home, port=free_port()) as second:
        assert second.wait_until_alive(within=60) < 30
    assert second.ended_with == 0, second.said
    assert "Loading" not in second.said


def test_a_second_run_on_a_home_names_the_first(running: Trinh):
    with Trinh("run", home=running.home, port=free_port()) as second:
        assert second.wait_for_end() == 2
    assert str(running.pid) in second.said
    assert f":{running.port}" in second.said


def test_a_port_that_is_set_and_taken_is_wrong_use(running: Trinh, tmp_path: Path):
    with Trinh("run", home=tmp_path / "other", port=running.port) as second:
        assert second.wait_for_end() == 2
    assert str(running.port) in second.said
    assert not (tmp_path / "other").exists()


def test_secrets_are_for_their_owner_alone(demo_home: Path):
    for name in ("secret_key", "trinh.sqlite3"):
        assert (demo_home / name).exists()
    assert stat.S_IMODE((demo_home / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(demo_home.stat().st_mode) == 0o700


@pytest.mark.usefixtures("environment")
def test_another_demo_password_is_taken_up_at_the_next_start(demo_home: Path):
    settings = Settings(home=demo_home, demo_password="x")
    database = Database(settings.database)
    playing.keep_password(settings, database)
    answer = signing_in.sign_in(database, "auditor", "x", address="127.0.0.1")
    database.close()
    assert isinstance(answer, signing_in.NewSession)


def test_an_administrator_moves_the_clock_and_what_is_due_fires(running: Trinh):
    admin = Visitor(running.address)
    admin.sign_in("admin")
    admin.go("/clock")
    admin.send("/clock/date", date="17/11/2017")
    clerk = Visitor(running.address)
    clerk.sign_in("cucphuong.clerk")
    chairman = Visitor(running.address)
    chairman.sign_in("nhoquan.chairman")
    eventually(lambda: "Cúc Phương" in chairman.go("/notifications"), within=60)


def test_health_is_told_as_json(running: Trinh):
    health = json.loads(Visitor(running.address).go("/healthz"))
    assert health["status"] == "ok"
    assert set(health["checks"]) == {"database", "worker", "sweeper"}
