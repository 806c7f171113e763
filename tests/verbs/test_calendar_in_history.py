"""Administrators edit the calendar while cases run: history is decided again with the calendar of each act."""

import json
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import text

from tests.support.small_definition import leave
from workflow import calendars, cases
from workflow.audit import audits
from workflow.cases import histories
from workflow.definitions import publishing
from workflow.errors import NotFound
from workflow.installation import calendar_days
from workflow.storage.queries.settings import Day
from workflow.values import Act

MONDAY, TUESDAY, WEDNESDAY = (datetime(2017, 11, day, 2, tzinfo=UTC) for day in (13, 14, 15))
ASKED = {"reason": "Việc gia đình", "days": 2}


@pytest.fixture
def case(database, province):
    """A request of Cúc Phương, asked for on a Monday with five working days to answer; its code."""
    law = leave(("[reason, days, until]", "all"), ("chair above unit", "plan_officer above unit"))
    clerk = province.people["cucphuong.clerk"]
    with database.writing() as tx:
        admins = {"author_id": province.people["admin"], "publisher_id": province.people["admin2"]}
        publishing.publish_text(tx, law, **admins, now=MONDAY, path="leave.yaml")
        opened = cases.open_case(tx, "leave", unit_id=province.units["14437"], person_id=clerk, now=MONDAY)
    does(database, clerk, opened.case.code, "send", MONDAY, **ASKED)
    return opened.case.code


def does(database, person, code, action, now, **inputs):
    with database.writing() as tx:
        done = cases.act_in(tx, code, Act(action, inputs), person_id=person, now=now)
        assert isinstance(done, cases.Acted), done
        return done.case


def days_off(database, province, *days):
    with database.writing() as tx:
        for day in days:
            off = Day(date(2017, 11, day), "holiday", "Nghỉ", "Off", "")
            calendar_days.set_day(tx, off, person_id=province.people["admin"], now=TUESDAY)


def refolded(database):
    with database.reading() as tx:
        again = audits.refold(tx, definition_of=partial(publishing.compiled, tx), calendar=calendars.calendar_of(tx))
        return [(fault.kind, fault.seq) for fault in [*audits.verify(tx), *again]]


def test_each_act_is_decided_again_with_the_calendar_of_its_day(database, province, case):
    days_off(database, province, 15, 16)
    head = province.people["cucphuong.head"]
    returned = does(database, head, case, "return", TUESDAY, comment="Đề nghị bổ sung người thay thế.")
    assert returned.due_at is None
    days_off(database, province, 20)
    again = does(database, province.people["cucphuong.clerk"], case, "send", WEDNESDAY, **ASKED)
    assert again.due_at == datetime(2017, 11, 24, 10, tzinfo=UTC)  # 17, 21, 22, 23, 24
    assert refolded(database) == []
    days_off(database, province, 21, 22, 23)
    assert refolded(database) == []


def test_entries_name_the_calendar_they_were_decided_with(database, province, case):
    with database.reading() as tx:
        first = calendars.calendar_of(tx)
    days_off(database, province, 15)
    does(database, province.people["cucphuong.head"], case, "grant", WEDNESDAY)
    with database.reading() as tx:
        bodies = tx.connection.execute(text("SELECT body FROM history ORDER BY case_id, seq")).scalars()
        named = [json.loads(body)["calendar"] for body in bodies]
        assert named == [first.revision, first.revision, calendars.calendar_of(tx).revision]
        assert calendars.at_revision(tx, first.revision) == first
        assert len(histories.entries(tx, 1)) == len(named)


@pytest.mark.parametrize("column", ["due_at", "clocks"])
@pytest.mark.usefixtures("case")
def test_a_changed_deadline_is_found(database, column):
    """The last entry's due date is also compared by `verify`; what an act left running only folding can tell."""
    changed = {"due_at": "due_at + 1", "clocks": "'{}'"}[column]
    if database.dialect == "postgresql" and column == "due_at":
        changed = "due_at + interval '1 day'"
    with database.writing() as tx:
        tx.connection.execute(text(f"UPDATE case_file SET {column} = {changed}"))
    assert ("state", 2) in refolded(database)


@pytest.mark.parametrize("change", ["UPDATE calendar_text SET document = '{}'", "DELETE FROM calendar_text"])
@pytest.mark.usefixtures("case")
def test_a_calendar_that_is_not_what_it_was_is_found(database, change, monkeypatch):
    with database.reading() as tx:
        present = calendars.calendar_of(tx)
    with database.writing() as tx:
        tx.connection.execute(text(change))
    monkeypatch.setattr(calendars, "_cache", type(calendars._cache)())
    with database.reading() as tx:
        with pytest.raises(NotFound):
            calendars.at_revision(tx, present.revision)
        again = audits.refold(tx, definition_of=partial(publishing.compiled, tx), calendar=present)
        assert [fault.kind for fault in again] == ["calendar"]
