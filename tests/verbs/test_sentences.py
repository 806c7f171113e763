"""Whatever the verbs refuse can be said: every code in the source has its sentence, in both languages."""

import ast
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from workflow import error_messages
from workflow.errors import NotAllowed

WORKFLOW = Path(__file__).parents[2] / "workflow"
ERRORS = {"Invalid", "NotAllowed", "NotFound", "Outdated"}
# `Fault` is also what the auditor finds; those have sentences of their own.


def _codes() -> Iterator[tuple[str, str]]:
    for path in [*WORKFLOW.glob("*.py"), *(WORKFLOW / "exchange").glob("*.py")]:
        named = ERRORS | ({"Fault"} if path.parent.name == "exchange" else set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            code = node.args[0]
            wanted = named | ({"Reason"} if path.name == "publishing.py" else set())
            if node.func.id in wanted and isinstance(code, ast.Constant):
                yield path.name, str(code.value)


def test_every_code_in_the_source_has_a_sentence():
    codes = list(_codes())
    assert len(codes) > 60
    assert [(path, code) for path, code in codes if code not in error_messages.SENTENCES] == []


@pytest.mark.parametrize("code", error_messages.SENTENCES)
def test_both_languages_name_the_same_facts(code: str):
    vietnamese, english = (
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in error_messages.SENTENCES[code]
    )
    assert vietnamese == english


def test_dates_are_written_as_people_write_them():
    day = error_messages.say("calendar_day_unknown", {"on_date": date(2017, 11, 5)}, language="vi")
    moment = error_messages.say("clock_only_forward", {"now": datetime(2017, 11, 5, 8, 3, tzinfo=UTC)}, language="vi")
    assert "05/11/2017" in day
    assert "08:03 05/11/2017" in moment


def test_an_error_says_itself():
    assert (
        error_messages.say_error(NotAllowed("only_administrators"), language="en") == "Only administrators may do this."
    )
