"""The tutorial: every command in it is called, in its order, and says what the tutorial says."""

import re
from pathlib import Path

import pytest

from tests.support.command_line import called

ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
BLOCKS = re.findall(r"^    \$ trinh (.+)\n((?:    .*\n|    >\n)*)", TUTORIAL, re.MULTILINE)


@pytest.fixture
def newcomer(administered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody with the two administrators of the demonstration."""
    (tmp_path / "definitions").symlink_to(ROOT / "definitions")
    monkeypatch.chdir(tmp_path)
    return administered


@pytest.mark.usefixtures("newcomer")
def test_every_command_says_what_the_tutorial_says():
    assert [command.split()[1] for command, _ in BLOCKS] == ["verify", "draw", "test", "play", "publish"]
    for command, below in BLOCKS:
        lines = [line.removeprefix("    ") for line in below.splitlines()]
        typed = [line.removeprefix(">").strip() for line in lines if line.startswith(">")]
        answer = called(*command.split(), typed="".join(f"{line}\n" for line in typed))
        assert answer.exit_code == 0, answer.output
        if typed:
            assert "Case 1: Granted (granted)\n  an end: good\n" in answer.output
        else:
            assert answer.output.splitlines() == lines
    assert Path("leave.svg").read_text("utf-8").lstrip().startswith("<svg")
    assert "leave" in called("definitions", "list").output


def test_the_tutorial_shows_the_definition_as_it_is():
    (shown,) = re.findall(r"```yaml\n(.*?)```", TUTORIAL, re.DOTALL)
    assert shown in (ROOT / "definitions/examples/leave/v1.yaml").read_text("utf-8")
