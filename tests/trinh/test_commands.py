"""The command line: every mistake is a sentence with its place and an exit code, never a traceback."""

import base64
import json
import os
import sqlite3
import stat
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.council import FAMILY, written
from tests.support.processes import PASSWORD
from trinh import home
from trinh.command import trinh
from trinh.definition_files import definitions_folder

DEFINITIONS = definitions_folder()
PLAN = (DEFINITIONS / "unit_plan" / "v1.yaml").read_text("utf-8")
UNITS = "code,name,kind,parent,valid_from\n37,UBND tỉnh Ninh Bình,province,,01/04/1992\n"

FINE, FOUND_FAULTS, WRONG_USE = 0, 1, 2


def call(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(trinh, list(words), input=stdin, prog_name="trinh")


WRONG_DEFINITIONS = {
    "a wrong key": PLAN.replace("    label: Nháp | Draft\n", "    lable: Nháp | Draft\n"),
    "a missing state": PLAN.replace("to: review}", "to: reviewing}"),
    "a guard with a type error": PLAN.replace("today > movement.ends", "today + 'x'"),
    "a YAML bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
    "a hundred thousand brackets": "[" * 100_000,
    "no text": "",
    "characters that nobody types": "\x00\x01",
}


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("text", WRONG_DEFINITIONS.values(), ids=list(WRONG_DEFINITIONS))
def test_a_wrong_definition_is_told_by_its_line_and_ends_with_1(text: str, tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(text, "utf-8")
    answer = call("definitions", "verify", str(file))
    assert answer.exit_code == FOUND_FAULTS, answer.output
    assert f"{file}:" in answer.output
    assert "error:" in answer.output
    assert "Traceback" not in answer.output


@pytest.mark.usefixtures("environment")
def test_a_wrong_definition_says_what_is_allowed(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(PLAN.replace("    label: Nháp | Draft\n", "    lable: Nháp | Draft\n"), "utf-8")
    line = PLAN.splitlines().index("    label: Nháp | Draft") + 1
    said = call("definitions", "verify", str(file)).output
    assert f"wrong.yaml:{line}:" in said
    assert "“label”" in said
    vietnamese = call("--lang", "vi", "definitions", "verify", str(file)).output
    assert "có phải" in vietnamese


@pytest.mark.usefixtures("environment")
def test_findings_come_as_json_for_programs(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text("definition: x\n", "utf-8")
    answer = call("definitions", "verify", "--format", "json", str(file))
    findings = json.loads(answer.output)
    assert answer.exit_code == FOUND_FAULTS
    assert {"file", "line", "column", "severity", "code", "sentence"} <= findings[0].keys()


@pytest.mark.usefixtures("environment")
def test_a_definition_is_verified_with_those_beside_it(tmp_path: Path):
    for name in FAMILY:
        (tmp_path / f"{name}.yaml").write_text(written(name), "utf-8")
    decision = tmp_path / "decision.yaml"
    assert call("definitions", "verify", str(decision)).exit_code == FINE
    decision.write_text(decision.read_text("utf-8").replace("in: passed", "in: council_ready"), "utf-8")
    answer = call("definitions", "verify", str(decision))
    assert answer.exit_code == FOUND_FAULTS
    assert "“passed”" in answer.output
    assert "nominee.accept (reviewer) → council_ready" in answer.output


@pytest.mark.usefixtures("environment")
def test_what_ships_is_sound_and_its_walks_come_true():
    shipped = [str(path) for path in sorted(DEFINITIONS.glob("*/v1.yaml"))]
    assert call("definitions", "verify", *shipped).exit_code == FINE
    assert call("definitions", "test", "--walks-only").exit_code == FINE


@pytest.mark.usefixtures("environment")
def test_a_walk_that_does_not_come_true_ends_with_1(tmp_path: Path):
    for name in ("v1.yaml", "walks.yaml"):
        text = (DEFINITIONS / "unit_plan" / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("due: 3 wd", "due: 4 wd") if name == "v1.yaml" else text, "utf-8")
    answer = call("definitions", "test", str(tmp_path / "v1.yaml"))
    assert answer.exit_code == FOUND_FAULTS
    assert f"{tmp_path / 'walks.yaml'}:" in answer.output


@pytest.mark.usefixtures("environment")
def test_a_definition_is_drawn():
    answer = call("definitions", "draw", str(DEFINITIONS / "unit_plan" / "v1.yaml"))
    assert answer.exit_code == FINE
    assert answer.output.lstrip().startswith("<svg")


@pytest.mark.usefixtures("administered")
def test_publishing_from_a_file_takes_two_administrators(tmp_path: Path):
    file = tmp_path / "v3.yaml"
    file.write_text(PLAN.replace("due: 2 wd", "due: 1 wd"), "utf-8")
    alone = call("definitions", "publish", str(file), "--author", "admin", "--publisher", "admin")
    assert (alone.exit_code, "Traceback" in alone.output) == (FOUND_FAULTS, False)
    both = call("definitions", "publish", str(file), "--author", "admin", "--publisher", "admin2")
    assert both.exit_code == FINE, both.output
    listed = json.loads(call("definitions", "list", "--format", "json").output)
    assert {(row["version"], row["current"]) for row in listed if row["name"] == "unit_plan"} == {
        (1, False),
        (2, False),
        (3, False),
        (4, True),
    }
    again = call("definitions", "publish", str(file), "--author", "admin", "--publisher", "admin2")
    assert again.exit_code == FOUND_FAULTS
    nobody = call("definitions", "publish", str(file), "--author", "nobody", "--publisher", "admin2")
    assert nobody.exit_code == WRONG_USE


WRONG_UNITS = {
    "a missing column": ("code,name,kind\n1,Một,province\n", "parent"),
    "an unknown parent": (UNITS + "38,UBND huyện Lạ,district,999,01/04/1992\n", "row 3"),
    "a code twice": (UNITS + "38,Một,district,37,01/04/1992\n38,Hai,district,37,01/04/1992\n", "row 4"),
    "letters of an old font": (UNITS + "38,UBND x· Céng hoµ,commune,37,01/04/1992\n", "row 3"),
    "a wrong date": (UNITS + "38,Một,district,37,1992-13-01\n", "row 3"),
    "an unknown kind": (UNITS + "38,Một,planet,37,01/04/1992\n", "planet"),
}


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize(("content", "said"), WRONG_UNITS.values(), ids=list(WRONG_UNITS))
def test_a_wrong_import_is_told_by_its_row_and_imports_nothing(content: str, said: str, tmp_path: Path):
    file = tmp_path / "units.csv"
    file.write_text(content, "utf-8")
    answer = call("units", "import", str(file))
    assert answer.exit_code == FOUND_FAULTS, answer.output
    assert said in answer.output
    assert "nothing was imported" in answer.output
    as_json = call("units", "import", "--format", "json", str(file))
    assert as_json.exit_code == FOUND_FAULTS
    assert all({"row", "column", "code", "sentence"} == fault.keys() for fault in json.loads(as_json.output))
    # Nothing was imported, or the top would be there already and this would change it.
    file.write_text(UNITS, "utf-8")
    assert "1 added, 0 changed" in call("units", "import", str(file)).output


WRONG_USES = {
    "no command": ["nonsense"],
    "a file that is not there": ["definitions", "verify", "nowhere.yaml"],
    "an unknown person": ["grants", "add", "nobody", "admin@37"],
    "a role without a unit": ["grants", "add", "admin", "admin"],
    "an unknown unit": ["grants", "add", "admin", "admin@999"],
    "an unknown job": ["incidents", "retry", "12345"],
    "a checkpoint without a key": ["audit", "checkpoint", "--output", "somewhere"],
}


@pytest.mark.usefixtures("administered")
@pytest.mark.parametrize("words", WRONG_USES.values(), ids=list(WRONG_USES))
def test_wrong_use_is_a_sentence_and_2(words: list[str]):
    answer = call(*words)
    assert answer.exit_code == WRONG_USE, answer.output
    assert "Traceback" not in answer.output
    assert answer.output.strip()


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("TRINH_DATABASE_URL", "mysql://x"),
        ("TRINH_REDIS_URL", "localhost:6379"),
        ("TRINH_SMTP_PORT", "0"),
        ("TRINH_BASE_URL", "trinh.example"),
        ("TRINH_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    answer = call("definitions", "list")
    assert answer.exit_code == WRONG_USE
    assert name in answer.output
    assert value not in answer.output or name != "TRINH_SECRET_KEY"


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("address", "hops", "said"),
    [
        ("http://trinh.example", "1", "passwords would travel in the clear"),
        ("http://113.160.92.202:8000", "0", "passwords would travel in the clear"),
        ("https://trinh.example", None, "TRINH_TRUSTED_HOPS must be set"),
        ("http://10.20.30.40", None, "TRINH_TRUSTED_HOPS must be set"),
        ("https://trinh.example", "0", "trinh migrate"),
        ("http://10.20.30.40", "1", "trinh migrate"),
        ("http://trinh", "1", "trinh migrate"),
        ("http://localhost:8000", None, "trinh migrate"),
        ("http://[::1]:8000", None, "trinh migrate"),
    ],
)
def test_web_serves_nobody_over_an_open_network_without_tls_or_with_proxies_unknown(
    monkeypatch: pytest.MonkeyPatch, address: str, hops: str | None, said: str
):
    monkeypatch.setenv("TRINH_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("TRINH_BASE_URL", address)
    if hops is not None:
        monkeypatch.setenv("TRINH_TRUSTED_HOPS", hops)
    answer = call("web")
    assert answer.exit_code != 0
    assert said in " ".join(answer.output.split())


@pytest.mark.usefixtures("environment")
def test_a_database_that_is_not_migrated_is_named_and_web_needs_a_key():
    answer = call("definitions", "list")
    assert (answer.exit_code, "trinh migrate" in answer.output) == (FOUND_FAULTS, True)
    assert call("migrate", "--check").exit_code == FOUND_FAULTS
    web = call("web")
    assert (web.exit_code, "TRINH_SECRET_KEY" in web.output) == (WRONG_USE, True)


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("words", [["migrate"], ["migrate", "--check"], ["people", "list"], ["demo", "load"]])
@pytest.mark.parametrize(
    "address", ["postgresql://nobody@127.0.0.1:1/trinh", "sqlite:////nowhere/at/all/trinh.sqlite3"]
)
def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, address: str, words: list[str]
):
    monkeypatch.setenv("TRINH_DATABASE_URL", address)
    answer = call(*words)
    assert answer.exit_code == FOUND_FAULTS
    assert answer.output.startswith("The database cannot be used: ")


@pytest.mark.usefixtures("migrated")
def test_json_has_moments_as_programs_read_them():
    listed = json.loads(call("definitions", "list", "--format", "json").output)
    assert listed
    assert all(datetime.fromisoformat(row["published_at"]).tzinfo and "T" in row["published_at"] for row in listed)


@pytest.mark.usefixtures("migrated")
def test_a_migrated_database_has_no_drift_and_what_ships():
    assert call("migrate", "--check").exit_code == FINE
    listed = json.loads(call("definitions", "list", "--format", "json").output)
    assert {row["name"] for row in listed} == {path.parent.name for path in DEFINITIONS.glob("*/v1.yaml")}


@pytest.mark.usefixtures("administered")
def test_people_and_grants_are_kept_from_the_command_line():
    assert (
        call("people", "add", "clerk", "Trần Thị Lan", "--unit", "37", "--password-stdin", stdin="123\n").exit_code == 1
    )
    added = call("people", "add", "clerk", "Trần Thị Lan", "--unit", "37", "--password-stdin", stdin=PASSWORD + "\n")
    assert added.exit_code == FINE, added.output
    assert call("grants", "add", "clerk", "council_member@37", "--from", "2017-01-01").exit_code == FINE
    (held,) = json.loads(call("grants", "list", "clerk", "--format", "json").output)
    assert held["role"] == "council_member"
    assert call("grants", "end", str(held["id"])).exit_code == FINE
    assert [
        row["username"] for row in json.loads(call("people", "list", "--words", "lan", "--format", "json").output)
    ] == ["clerk"]


@pytest.mark.usefixtures("administered")
def test_people_are_let_in_by_a_link_that_the_command_line_prints():
    added = call("people", "add", "clerk", "Trần Thị Lan", "--unit", "37")
    again = call("people", "link", "clerk")
    first, second = (answer.output.partition("/link/")[2].split()[0] for answer in (added, again))
    assert (added.exit_code, again.exit_code, len(first), first == second) == (FINE, FINE, 43, False)
    assert call("people", "mail", "clerk", "lan@mail.example").exit_code == FINE
    listed = json.loads(call("people", "list", "--words", "lan", "--format", "json").output)
    assert [(row["email"], row["has_password"]) for row in listed] == [("lan@mail.example", False)]


@pytest.mark.usefixtures("administered")
def test_a_cut_tail_is_found_back_to_a_checkpoint_kept_elsewhere(
    administered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TRINH_AUDIT_KEY", base64.b64encode(bytes(range(32))).decode())
    kept = tmp_path / "checkpoint.json"
    assert call("audit", "checkpoint", "--output", str(kept)).exit_code == FINE
    assert call("audit", "verify", "--checkpoint", str(kept)).exit_code == FINE
    with sqlite3.connect(administered / "trinh.sqlite3") as link:
        for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            link.execute(f"DROP TRIGGER {name}")
        link.execute("DELETE FROM admin_act WHERE seq = (SELECT max(seq) FROM admin_act)")
    link.close()
    assert call("audit", "verify").exit_code == FINE
    found = call("audit", "verify", "--checkpoint", str(kept))
    assert found.exit_code == FOUND_FAULTS
    assert "checkpoint" in found.output
    kept.write_text("{}", "utf-8")
    assert call("audit", "verify", "--checkpoint", str(kept)).exit_code == WRONG_USE


@pytest.mark.usefixtures("administered")
def test_a_database_with_people_cannot_become_a_demonstration():
    answer = call("demo", "load")
    assert (answer.exit_code, "Traceback" in answer.output) == (WRONG_USE, False)


def test_a_home_is_for_one_process_and_its_secrets_for_its_owner(tmp_path: Path):
    place = tmp_path / "home"
    second = home.locked(place, address="http://localhost:2")
    with home.locked(place, address="http://localhost:1"), pytest.raises(home.HomeTaken) as taken, second:
        pass
    assert (taken.value.facts["pid"], taken.value.facts["address"]) == (os.getpid(), "http://localhost:1")
    with home.locked(place, address="http://localhost:2"):
        pass
    key, password = home.secret_key(place), home.demo_password(place)
    assert (home.secret_key(place), home.demo_password(place)) == (key, password)
    assert {stat.S_IMODE((place / name).stat().st_mode) for name in (home.SECRET_KEY, home.DEMO_PASSWORD)} == {0o600}


@pytest.mark.usefixtures("environment")
def test_help_is_there_for_every_command():
    def walk(command, words):
        answer = call(*words, "--help")
        assert answer.exit_code == FINE
        assert "Usage:" in answer.output
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, [*words, name])

    walk(trinh, [])
