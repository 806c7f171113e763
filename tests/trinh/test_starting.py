"""What a command imports: what it runs, and nothing that others run."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from pkgutil import resolve_name

import pytest

from tests.support.command_line import called
from tests.support.processes import ROOT, environment_of
from trinh.command import COMMANDS
from trinh.commands.definitions.group import COMMANDS as ON_DEFINITIONS
from trinh.groups import Entry

UNIT_PLAN = "definitions/unit_plan/v1.yaml"
TELL_MODULES = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
SERVERS = {"flask", "werkzeug", "gunicorn", "waitress", "sqlalchemy", "alembic", "psycopg", "dramatiq", "redis"}
ROOMS_THAT_SERVE = {"web", "workers", "workflow.storage", "trinh.composition", "trinh.record"}
READING = {"workflow", "yaml", "pydantic", "pydantic_settings", "rich", "trinh.terminal"}


def imported(*words: str, home: Path) -> set[str]:
    """The modules that `trinh WORDS` has imported when it ends."""
    command = [sys.executable, "-c", f"{TELL_MODULES}; from trinh.command import main; main()", *words]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment_of(home, port=None), capture_output=True, text=True, check=True
    )
    return set(ended.stderr.split())


def within(modules: set[str], packages: set[str]) -> set[str]:
    """Those of the modules that are these packages or stand in them."""
    return {module for module in modules if any(f"{module}.".startswith(f"{package}.") for package in packages)}


@pytest.mark.parametrize("words", [["--version"], ["--help"]])
def test_saying_what_it_is_imports_click_and_a_table(words: list[str], tmp_path: Path):
    modules = imported(*words, home=tmp_path)
    assert {"click", "trinh.command"} <= modules
    assert within(modules, SERVERS | ROOMS_THAT_SERVE | READING) == set()
    assert within(modules, {"trinh.commands"}) == set()
    assert len(modules) < 200


@pytest.mark.parametrize("words", [["definitions", "--help"], ["definitions", "verify", UNIT_PLAN]])
def test_looking_at_files_imports_no_database_and_no_server(words: list[str], tmp_path: Path):
    modules = imported(*words, home=tmp_path)
    assert {"trinh.commands.definitions", "trinh.terminal"} <= modules
    assert within(modules, SERVERS | ROOMS_THAT_SERVE) == set()
    assert within(modules, {"pydantic"}) == set()


def test_the_record_is_opened_without_pages_and_without_a_broker(tmp_path: Path):
    modules = imported("audit", "--help", home=tmp_path)
    assert {"sqlalchemy", "trinh.record"} <= modules
    assert within(modules, {"flask", "web", "dramatiq", "redis", "workers"}) == set()


@pytest.mark.usefixtures("environment")
def test_a_wrong_setting_keeps_nobody_from_looking_at_a_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORT", "many")
    assert called("definitions", "verify", ROOT / UNIT_PLAN).exit_code == 0
    assert called("definitions", "list").exit_code == 2


@pytest.mark.parametrize("table", [COMMANDS, ON_DEFINITIONS], ids=["trinh", "definitions"])
def test_a_table_says_of_each_command_what_the_command_says_of_itself(table: Mapping[str, Entry]):
    commands = {name: resolve_name(entry.place) for name, entry in table.items()}
    assert {name: command.name for name, command in commands.items()} == {name: name for name in table}
    own_lines = {name: command.get_short_help_str(limit=200) for name, command in commands.items()}
    assert own_lines == {name: entry.line for name, entry in table.items()}
