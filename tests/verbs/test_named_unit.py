"""A turn at a unit that is named with the very act: the case goes there, and nobody names themselves into a right."""

import pytest

from tests.support.small_definition import leave
from tests.support.small_province import NOW
from workflow import calendars, cases
from workflow.audit import audits
from workflow.cases.view import view
from workflow.definitions import publishing
from workflow.errors import CaseNotFound
from workflow.values import Act, Refusal

LAW = leave(
    ("fields:\n", "fields:\n  where: {is: unit, label: Nơi duyệt | Where}\n"),
    ("  head:  unit_head at unit", "  head:  plan_officer at where else chair"),
    ("edit: {clerk: [reason, days, until]}", "edit: {clerk: all}"),
    ("requires: [reason, days]", "requires: [reason, days, where]"),
    (
        "to: draft, requires: [comment]}",
        "to: draft, requires: [comment]}\n      move: {label: Chuyển | Move, requires: [where]}",
    ),
)


@pytest.fixture
def sent(database, province):
    """A leave that names the district of Nho Quan with the act that asks for it."""
    people, units = province.people, province.units
    with database.writing() as tx:
        done = publishing.publish_text(
            tx, LAW, author_id=people["admin"], publisher_id=people["admin2"], now=NOW, path="leave.yaml"
        )
        assert isinstance(done, publishing.Published), done
        clerk = people["cucphuong.clerk"]
        code = cases.open_case(tx, "leave", unit_id=units["14437"], person_id=clerk, now=NOW).case.code
        asked = Act("send", {"reason": "Việc nhà", "days": 1, "where": units["372"]})
        assert isinstance(cases.act_in(tx, code, asked, person_id=clerk, now=NOW), cases.Acted)
    return code


def turn_of(database, province, code):
    with database.reading() as tx:
        return [turn.full_name for turn in view(tx, code, person_id=province.people["cucphuong.clerk"], now=NOW).turns]


def test_the_turn_goes_to_the_unit_named_with_the_act(database, province, sent):
    assert turn_of(database, province, sent) == ["Phạm Văn Ẩn"]


def test_nobody_names_themselves_into_a_right(database, province, sent):
    stranger, units = province.people["giavien.officer"], province.units
    with database.writing() as tx:
        with pytest.raises(CaseNotFound):
            cases.act_in(tx, sent, Act("move", {"where": units["373"]}), person_id=stranger, now=NOW)
        moved = cases.act_in(
            tx, sent, Act("move", {"where": units["373"]}), person_id=province.people["nhoquan.officer"], now=NOW
        )
        assert not isinstance(moved, Refusal), moved
    assert turn_of(database, province, sent) == ["Ngô Thị Dung"]
    with database.reading() as tx:
        calendar = calendars.calendar_of(tx)
        assert [*audits.refold(tx, definition_of=lambda it: publishing.compiled(tx, it), calendar=calendar)] == []
