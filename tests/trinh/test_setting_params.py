"""`trinh params`: an operator sees regimes and figures, sets one, ends it, and is told what cannot be."""

import json

import pytest

from tests.support.command_line import called
from tests.support.figured_definitions import LEAVE_THAT_MAY_STRAND, LEAVE_WITH_QUOTA
from tests.support.small_province import UNITS


@pytest.fixture
def law(migrated, tmp_path):
    """An installation where a definition is published whose figures layers may set."""
    units, text = tmp_path / "units.csv", tmp_path / "leave.yaml"
    units.write_text(UNITS, "utf-8")
    text.write_text(LEAVE_WITH_QUOTA, "utf-8")
    said("units", "import", units)
    for name in ("first", "second"):
        words = ("people", "add", name, "Nguyễn Văn A", "--role", "admin@37", "--password-stdin")
        assert called(*words, typed="một mật khẩu khá dài\n").exit_code == 0
    said("definitions", "publish", text, "--author", "first", "--publisher", "second")
    return migrated


def said(*words, code=0):
    answer = called("--lang", "en", *words)
    assert answer.exit_code == code, answer.output
    return answer.output


@pytest.mark.usefixtures("law")
def test_a_figure_is_set_listed_and_ended():
    words = ("params", "set", "leave.quota", "15", "--key", "heavy", "--key", "true", "--source", "QĐ 09/2018")
    assert "Set figure 1 of leave.quota" in said(*words, "--from", "2018-06-15")
    said("params", "set", "leave.days_left", "7", "--source", "NĐ 91/2017", "--regime", "nd91_2017")
    listed = said("params", "list")
    assert "Decree 91/2017" in listed
    (line,) = [line for line in listed.splitlines() if "QĐ 09/2018" in line]
    assert line.split()[:7] == ["1", "province", "leave.quota", "heavy", "·", "true", "15"]
    assert "counts until that day" in said("params", "end", "1", "--on", "2019-12-31")
    found = json.loads(said("params", "list", "leave", "--format", "json"))
    assert [(it["param"], it["value"], it["regime"], it["valid_to"], it["fits"]) for it in found["figures"]] == [
        ("days_left", 7, "nd91_2017", None, True),
        ("quota", 15, None, "2019-12-31", True),
    ]


WRONG = [
    (("set", "leave.quota", "viele", "--source", "x"), 1, "whole number"),
    (("set", "leave.quotas", "1", "--source", "x"), 1, "no param “quotas”; there are: quota, days_left"),
    (("set", "leave.quota", "1", "--source", "x", "--key", "heavy"), 1, "looked up by work, night"),
    (("set", "leave.days_left", "0", "--source", "x"), 1, "from 1 to 9999"),
    (("set", "leave.quota", "1"), 2, "--source"),
    (("set", "quota", "1", "--source", "x"), 2, "DEFINITION.PARAM"),
    (("set", "leaves.quota", "1", "--source", "x"), 1, "leaves"),
    (("set", "leave.quota", "1", "--source", "x", "--regime", "nd"), 2, "There is no regime nd"),
    (("set", "leave.quota", "1", "--source", "x", "--movement", "m"), 2, "There is no movement m"),
    (("set", "leave.quota", "1", "--source", "x", "--movement", "m", "--regime", "nd"), 2, "not both"),
    (("end", "7"), 2, "There is no figure 7"),
    (("list", "leaves"), 1, "leaves"),
]


@pytest.mark.usefixtures("law")
def test_what_cannot_be_is_said_in_a_sentence():
    for words, code, sentence in WRONG:
        assert sentence in said("params", *words, code=code)


REGIMES = """
nd_x:
  title: Nghị định X | Decree X
  valid: {from: 2017-01-01}
  source: NĐ X
  params:
    leave.most: {else: 9, source: NĐ X}
"""


@pytest.mark.usefixtures("environment")
def test_a_definition_is_verified_under_the_regimes_that_lie_beside_it(tmp_path):
    (tmp_path / "leave.yaml").write_text(LEAVE_THAT_MAY_STRAND, "utf-8")
    assert "no fault found" in said("definitions", "verify", tmp_path / "leave.yaml")
    (tmp_path / "regimes.yaml").write_text(REGIMES, "utf-8")
    assert "With the figures of “nd_x”: " in said("definitions", "verify", tmp_path / "leave.yaml", code=1)
