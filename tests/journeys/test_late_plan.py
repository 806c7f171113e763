"""A late plan: reminded, escalated, submitted, returned, handed in again and acknowledged, on the right days."""

from datetime import date

from tests.journeys.days import DEFECTS, PLAN, Journey
from tests.support.calendar_facts import vietnam
from workflow import calendars
from workflow.audit import audits
from workflow.definitions import publishing

CLERK, HEAD = "cucphuong.clerk", "cucphuong.head"
OFFICER, REVIEWER, CHAIR = "nhoquan.officer", "nhoquan.head", "nhoquan.chairman"


def test_a_plan_late_at_15_november_is_chased_until_it_is_acknowledged(journey: Journey):
    journey.publish()
    assert (journey.case.state, journey.due_day) == ("owed", date(2017, 11, 14))

    # Two working days before the last day its clerk is reminded; the first morning after it, told that it is late;
    # two working days later the chairman of the district hears of it.
    journey.until("2017-11-10 09:00")
    assert journey.told(CLERK)[-1] == "reminder"
    journey.until("2017-11-15 09:00")
    assert journey.told(CLERK)[-1] == "overdue"
    assert "escalation" not in journey.told(CHAIR)
    journey.until("2017-11-17 09:00")
    assert journey.told(CHAIR) == ["escalation"]
    assert journey.turns(CLERK) == [journey.code]

    journey.must("begin", by=CLERK)
    journey.must("send", by=CLERK, **PLAN)
    # Until it is signed the movement's day stands: the nearer of two deadlines shows.
    assert (journey.case.state, journey.due_day) == ("signing", date(2017, 11, 14))
    journey.until("2017-11-20 09:00")
    assert journey.told(HEAD) == ["turn", "reminder"]
    journey.must("sign", by=HEAD, plan=journey.signed(symbol="12/KH-UBND", dated="2017-11-20"))
    assert (journey.case.state, journey.due_day) == ("submitted", date(2017, 11, 22))
    journey.until("2017-11-21 09:00")
    journey.must("receive", by=OFFICER)
    assert (journey.case.state, journey.due_day) == ("review", date(2017, 11, 28))
    journey.until("2017-11-22 09:00")
    journey.must("return", by=REVIEWER, defects=DEFECTS)
    assert (journey.case.state, journey.due_day) == ("revise", date(2017, 11, 29))
    assert journey.turns(CLERK) == [journey.code]

    journey.until("2017-11-23 09:00")
    targets = [{"indicator": "Số hộ thoát nghèo bền vững (hộ)", "target": "21"}]
    journey.must("send", by=CLERK, targets=targets)
    journey.must("sign", by=HEAD, plan=journey.signed(symbol="13/KH-UBND", dated="2017-11-23"))
    journey.until("2017-11-24 09:00")
    journey.must("receive", by=OFFICER)
    journey.must("acknowledge", by=REVIEWER)
    journey.settle()
    assert (journey.case.state, journey.case.outcome, journey.case.due_at) == ("acknowledged", "good", None)
    assert journey.told(CLERK)[-1] == "outcome"

    people = {"Trần Thị Lan": "clerk", "Đinh Văn Ước": "head", "Phạm Văn Ẩn": "officer", "Vũ Thị Êm": "reviewer"}
    assert [(action, day[:5], people.get(who or "", who)) for action, day, who in journey.history()] == [
        ("open", "16/10", None),
        ("due:turn", "10/11", None),
        ("due:turn", "15/11", None),
        ("due:turn", "17/11", None),
        ("begin", "17/11", "clerk"),
        ("send", "17/11", "clerk"),
        ("due:turn", "20/11", None),
        ("sign", "20/11", "head"),
        ("receive", "21/11", "officer"),
        ("return", "22/11", "reviewer"),
        ("send", "23/11", "clerk"),
        ("sign", "23/11", "head"),
        ("receive", "24/11", "officer"),
        ("acknowledge", "24/11", "reviewer"),
    ]
    assert {day[6:] for action, day, _ in journey.history() if action == "due:turn"} == {"08:00"}


def test_the_history_of_a_journey_proves_itself(journey: Journey):
    journey.publish()
    journey.until("2017-11-17 09:00")
    journey.must("begin", by=CLERK)
    journey.settle()
    with journey.database.reading() as tx:
        assert list(audits.verify(tx)) == []
        refolded = audits.refold(
            tx, definition_of=lambda text_hash: publishing.compiled(tx, text_hash), calendar=calendars.calendar_of(tx)
        )
        assert list(refolded) == []


def test_a_month_of_silence_is_told_to_the_chairman_again_and_again_and_ends_nothing(journey: Journey):
    journey.publish()
    journey.until("2017-12-15 09:00")
    # 17/11 and then every five working days: 24/11, 1/12, 8/12, 15/12.
    assert journey.told(CHAIR) == ["escalation"] * 5
    assert journey.case.state == "owed"
    assert vietnam().local_date(journey.case.entered_at) == date(2017, 10, 16)
