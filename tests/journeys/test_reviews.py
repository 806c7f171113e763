"""The mid-term review: opened on its day, reported by communes, summed up by the district, corrected, accepted."""

from datetime import date

from tests.journeys.days import Journey
from tests.support.small_province import SINCE
from workflow import calendars
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.installation import business_time
from workflow.movements import obligations, owed
from workflow.organisation import GrantForm, grants
from workflow.values import Refusal

CLERK, HEAD = "cucphuong.clerk", "cucphuong.head"
OFFICER, CHAIR = "nhoquan.officer", "nhoquan.chairman"
BOARD, DIRECTOR, GOVERNOR = "board.officer", "board.head", "chairman"
REPORT = {
    "form": "own",
    "poor_before": 120,
    "poor_now": 96,
    "support": 350_000_000,
    "houses": 14,
    "commended": 5,
    "text": "Sau một năm phát động, số hộ nghèo giảm 24 hộ; mười bốn nhà ở được xây mới hoặc sửa chữa.",
}
SUMMARY = "Hai xã của huyện phải báo cáo; một xã chưa có báo cáo vì đang chờ kết quả rà soát hộ nghèo."


def report_of_cuc_phuong(journey: Journey) -> str:
    """Bring the report of the commune to where it is accepted, and answer its code."""
    journey.code = str(journey.owed_by("midterm", "14437"))
    journey.must("begin", by=CLERK)
    journey.must("send", by=CLERK, **REPORT)
    journey.must("sign", by=HEAD, report=journey.signed(symbol="31/BC-UBND", dated="2018-09-04", of="report"))
    journey.must("accept", by=OFFICER)
    return journey.code


def test_the_day_of_a_milestone_opens_what_units_owe_by_it(journey: Journey):
    journey.publish()
    assert journey.owed_by("midterm", "14437") is None
    journey.until("2018-07-31 17:00")
    assert journey.owed_by("midterm", "14437") is None

    journey.until("2018-08-01 09:00")
    journey.code = str(journey.owed_by("midterm", "14437"))
    # Twenty working days before the conference of 17 October.
    assert (journey.case.state, journey.due_day) == ("owed", date(2018, 9, 19))
    assert {journey.owed_by("midterm", unit) is None for unit in ("14401", "14437", "14464", "SLDTBXH")} == {False}
    assert journey.owed_by("midterm_districts", "372") is None
    with journey.database.reading() as tx:
        mine = owed(tx, person_id=journey.province.people[CLERK], now=business_time.read(tx))
    assert [(cell.row.milestone, cell.row.state) for cell in mine] == [("plans", "owed"), ("midterm", "owed")]

    journey.until("2018-09-17 09:00")
    assert journey.told(CLERK) == ["turn", "reminder"]
    journey.until("2018-09-24 09:00")
    assert journey.told(CLERK) == ["turn", "reminder", "overdue"]
    assert journey.told(CHAIR) == ["escalation"]


def test_nobody_takes_up_an_invitation_before_its_day(journey: Journey):
    journey.publish()
    assert journey.owed_by("midterm", "DN1") is None
    journey.until("2018-08-01 09:00")
    with journey.database.writing() as tx:
        now, person = business_time.read(tx), journey.province.people["dn1.clerk"]
        unit = journey.province.units["DN1"]
        movement = obligations.every(tx)[0].code
        code = obligations.accept(tx, movement, milestone="midterm", unit_id=unit, person_id=person, now=now)
    journey.code = code
    assert (journey.case.state, journey.due_day) == ("owed", date(2018, 9, 19))


def test_a_district_sums_up_its_communes_and_lets_go_of_a_figure_that_must_be_corrected(journey: Journey):
    journey.publish()
    journey.until("2018-09-04 09:00")
    report = report_of_cuc_phuong(journey)

    journey.code = summary = str(journey.owed_by("midterm_districts", "372"))
    assert (journey.case.state, journey.due_day) == ("owed", date(2018, 10, 3))
    journey.must("begin", by=OFFICER)
    short = journey.act("send", by=OFFICER, reports=[report], expected=2, text=SUMMARY)
    assert isinstance(short, Refusal)
    missing = [{"unit": journey.province.units["14401"], "reason": "Đang chờ kết quả rà soát hộ nghèo"}]
    journey.must("send", by=OFFICER, reports=[report], expected=2, missing=missing, text=SUMMARY)
    assert {
        name: journey.case.fields[name] for name in ("poor_before", "poor_now", "support", "houses", "commended")
    } == {name: REPORT[name] for name in ("poor_before", "poor_now", "support", "houses", "commended")}
    journey.must(
        "sign", by=CHAIR, report=journey.signed(symbol="55/BC-UBND", dated="2018-09-04", of="report", by=CHAIR)
    )
    journey.must("accept", by=BOARD)
    assert journey.case.outcome == "good"

    # The commune's figure is locked: first the summary goes back, then the report.
    journey.code = report
    assert journey.case.state == "consolidated"
    assert isinstance(journey.act("correct", by=OFFICER, comment="Số hộ nghèo phải đính chính theo rà soát."), Refusal)
    journey.code = summary
    journey.must("correct", by=BOARD, comment="Số hộ nghèo của xã Cúc Phương phải đính chính.")
    journey.code = report
    assert journey.case.state == "accepted"
    journey.must("correct", by=OFFICER, comment="Số hộ nghèo phải đính chính theo rà soát.")
    journey.must("send", by=CLERK, poor_now=99)
    journey.must("sign", by=HEAD, report=journey.signed(symbol="33/BC-UBND", dated="2018-09-04", of="report"))
    journey.must("accept", by=OFFICER)
    journey.code = summary
    journey.must("send", by=OFFICER)
    assert journey.case.fields["poor_now"] == 99
    journey.must(
        "sign", by=CHAIR, report=journey.signed(symbol="56/BC-UBND", dated="2018-09-04", of="report", by=CHAIR)
    )
    journey.must("accept", by=BOARD)

    with journey.database.reading() as tx:
        assert list(audits.verify(tx)) == []
        refolded = audits.refold(
            tx, definition_of=lambda text_hash: publishing.compiled(tx, text_hash), calendar=calendars.calendar_of(tx)
        )
        assert list(refolded) == []


def test_the_province_sums_up_its_districts_and_a_figure_is_corrected_from_the_top_down(journey: Journey):
    province, note = journey.province, "Số hộ nghèo của xã Cúc Phương phải đính chính theo rà soát."
    with journey.database.writing() as tx:
        form = GrantForm(province.people[DIRECTOR], "home_director", province.units["37"], SINCE)
        grants.grant(tx, form, person_id=None, now=business_time.read(tx))
    journey.publish()
    journey.until("2018-09-18 09:00")
    report = report_of_cuc_phuong(journey)
    journey.code = summary = str(journey.owed_by("midterm_districts", "372"))
    journey.must("begin", by=OFFICER)
    missing = [{"unit": province.units["14401"], "reason": "Đang chờ kết quả rà soát hộ nghèo"}]
    journey.must("send", by=OFFICER, reports=[report], expected=2, missing=missing, text=SUMMARY)
    signed = journey.signed(symbol="55/BC-UBND", dated="2018-09-18", of="report", by=CHAIR)
    journey.must("sign", by=CHAIR, report=signed)
    journey.must("accept", by=BOARD)

    journey.code = review = str(journey.owed_by("midterm_province", "37"))
    # Five working days before the conference of 17 October.
    assert (journey.case.state, journey.due_day) == ("owed", date(2018, 10, 10))
    journey.must("begin", by=BOARD)
    missing = [{"unit": province.units["373"], "reason": "Huyện xin lùi thời hạn báo cáo"}]
    journey.must("send", by=BOARD, summaries=[summary], expected=2, missing=missing, text=SUMMARY)
    assert (journey.case.fields["poor_now"], journey.case.fields["support"]) == (REPORT["poor_now"], REPORT["support"])
    journey.must("approve", by=DIRECTOR)
    signed = journey.signed(symbol="120/BC-UBND", dated="2018-09-18", of="report", by=GOVERNOR)
    assert journey.must("issue", by=GOVERNOR, report=signed).outcome == "good"

    journey.code = summary
    assert journey.case.state == "consolidated"
    assert isinstance(journey.act("correct", by=BOARD, comment=note), Refusal)
    journey.code = review
    journey.must("correct", by=BOARD, comment=note)
    journey.code = summary
    journey.must("correct", by=BOARD, comment=note)
    journey.code = report
    assert journey.must("correct", by=OFFICER, comment=note).state == "revise"
