"""`trinh definitions verify --units`: definitions against the people of the record."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import called
from trinh.definition_files import definitions_folder

PLAN = definitions_folder() / "unit_plan" / "v1.yaml"
UNITS = """\
code,name,kind,parent,valid_from,owes
37,UBND tỉnh Ninh Bình,province,,01/04/1992,no
372,UBND huyện Nho Quan,district,37,01/04/1992,yes
"""


@pytest.mark.usefixtures("migrated")
def test_a_unit_without_people_is_named_with_its_role(tmp_path: Path):
    file = tmp_path / "units.csv"
    file.write_text(UNITS, "utf-8")
    assert called("units", "import", file).exit_code == 0
    assert called("definitions", "verify", PLAN).exit_code == 0
    answer = called("definitions", "verify", "--units", "--format", "json", PLAN)
    (found,) = json.loads(answer.output)
    assert answer.exit_code == 1
    assert (found["code"], found["severity"], found["path"]) == ("nobody_there", "error", "states.owed.turn")
    assert "UBND huyện Nho Quan" in found["sentence"]["vi"]
    assert "unit_clerk" in called("definitions", "verify", "--units", PLAN).output


@pytest.mark.usefixtures("migrated")
def test_a_definition_with_errors_of_its_own_is_not_held_against_people(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(PLAN.read_text("utf-8").replace("to: signing", "to: nowhere"), "utf-8")
    answer = called("definitions", "verify", "--units", file)
    assert answer.exit_code == 1
    assert "nowhere" in answer.output
