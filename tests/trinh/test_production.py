"""The containers' topology as processes on ports: PostgreSQL, Redis, migrate, web, two workers, mail."""

from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import pytest

from tests.servers.smtp import SmtpSink
from tests.support.processes import COMMAND, PASSWORD, ROOT, Trinh, Visitor, environment_of, free_port
from tests.support.small_province import DEFINITIONS, UNITS
from tests.support.waiting import eventually

pytestmark = [pytest.mark.processes, pytest.mark.timeout(180)]

MOVEMENT = (DEFINITIONS / "ninh_binh" / "movement.yaml").read_text("utf-8").partition("# The anniversary")[0]


@pytest.fixture
def settings(postgresql_url: str, redis_url: str, smtp_sink: SmtpSink) -> dict[str, str]:
    return {
        "TRINH_DATABASE_URL": postgresql_url,
        "TRINH_REDIS_URL": redis_url,
        "TRINH_SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "TRINH_SMTP_HOST": "127.0.0.1",
        "TRINH_SMTP_PORT": str(smtp_sink.port),
        "TRINH_BASE_URL": "http://10.20.30.40",
        "TRINH_TRUSTED_HOPS": "0",
    }


@pytest.fixture
def installed(settings: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The settings of an installation with units, a clerk, an administrator and a movement."""
    units, movement = tmp_path / "units.csv", tmp_path / "movement.yaml"
    units.write_text(UNITS, "utf-8")
    movement.write_text(MOVEMENT, "utf-8")
    operator = environment_of(tmp_path / "home", None) | settings
    for words in (
        ["migrate"],
        ["units", "import", str(units)],
        ["people", "add", "clerk", "Trần Thị Lan", "--email", "lan@trinh.example", "--role", "unit_clerk@14437"],
        ["people", "add", "admin", "Trịnh Thị Quản", "--role", "admin@37"],
        ["movements", "import", str(movement)],
    ):
        stdin = ["--password-stdin"] if words[0] == "people" else []
        done = run([*COMMAND, *words, *stdin], cwd=ROOT, env=operator, input=PASSWORD, text=True, check=False)
        assert done.returncode == 0, words
    return settings


@pytest.fixture
def web(installed: dict[str, str], tmp_path: Path) -> Iterator[Trinh]:
    with Trinh("web", home=tmp_path / "home", port=free_port(), **installed) as web:
        yield web


def test_what_one_process_commits_another_does_and_health_tells_who_is_missing(
    web: Trinh, installed: dict[str, str], tmp_path: Path, smtp_sink: SmtpSink
):
    home = tmp_path / "home"
    with (
        Trinh("worker", home=home, port=None, **installed) as first,
        Trinh("worker", home=home, port=None, **installed) as second,
    ):
        web.wait_until_alive(within=60)
        clerk = Visitor(web.address)
        assert "/sign-out" in clerk.sign_in("clerk")

        operator = environment_of(home, None) | installed
        published = [*COMMAND, "movements", "publish", "nguoi-ngheo-2016-2020"]
        assert run(published, cwd=ROOT, env=operator, check=False).returncode == 0
        # One for the plan; reviews whose day has come follow with the sweeper.
        letter = eventually(lambda: next(filter(about_a_plan, list(smtp_sink.letters)), None), within=30)
        assert "lan@trinh.example" in str(letter["To"])
        assert len([each for each in smtp_sink.letters if about_a_plan(each)]) == 1
        assert "Cúc Phương" in clerk.go("/")
    assert (first.ended_with, second.ended_with) == (0, 0), first.said + second.said
    eventually(lambda: not web._is_alive(), within=30)
    assert web.end() == 0, web.said


def about_a_plan(letter) -> bool:
    return "http://10.20.30.40/cases/KH-" in str(letter.get_body(("plain",)).get_content())
