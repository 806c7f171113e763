"""What happens after the demonstration: two working weeks that leave every kind of entry in the record.

The demonstration ends on the morning of 13 November 2017. Here members vote, turns are claimed and handed on, a case is
refused and others are reopened, an administrator sets a figure, a day of the calendar and a new version, a substitute
signs, and deadlines pass. Everything is done by the verbs, as the people who hold the desks.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from random import Random
from typing import Final

from trinh.demo.cast import DemoCast
from trinh.demo.families.plans import DEFINITION as PLAN
from trinh.demo.organisation import ROOT, read_units
from trinh.demo.people import people as invented_people
from trinh.demo.programme import CURRENT, MILESTONE
from trinh.demo.stage import PlayedCase, Stage
from workers.letters.posting import Post
from workflow import calendars, search
from workflow.cases import Stored, view
from workflow.definitions import FigureForm, inspections, parameters, publishing
from workflow.installation import business_time, calendar_days
from workflow.movements import obligations
from workflow.organisation import people, units
from workflow.storage.queries.settings import Day
from workflow.storage.session import Tx
from workflow.values import ASSIGN, CLAIM, RELEASE, Json, Refusal

COMMENT: Final = "Đề nghị xem lại theo ý kiến tại cuộc họp giao ban tuần (văn bản giả định)"
ENDS: Final = (date(2017, 11, 24), time(16, 0))

REVIEW_OF_THE_PROVINCE: Final = """
- movement: so-ket-nhanh-2017
  title: Sơ kết nhanh năm 2017 | Quick review of 2017
  basis: Công văn số 900/UBND-VX ngày 14/11/2017 (văn bản giả định)
  issued: 2017-11-14
  begins: 2017-11-14
  ends: 2017-12-31
  milestones:
    review:
      title: Sơ kết của tỉnh | The province's review
      until: 2017-11-30
      definition: province_review
      owed: {units: ["37"]}
"""
"""Opens the one kind of case that the demonstration's movements open only in later years."""

Scene = Callable[[Stage], None]


class RuleRefused(Exception):
    """An administrator may not set a rule as the scene has it: code and scene have parted."""


def play(tx: Tx, papers: Mapping[str, Stored], post: Post, *, seed: int) -> datetime:
    """Play all scenes into a record that holds the demonstration; return the business time at the end."""
    calendar = calendars.calendar_of(tx)
    stage = Stage(tx, papers, calendar, post, _cast(tx, seed=seed), now=business_time.read(tx))
    for (day, hour), scene in SCENES.items():
        stage.let_pass(calendar.instant(day, hour))
        scene(stage)
        stage.do_jobs()
    stage.let_pass(calendar.instant(*ENDS))
    business_time.move_to(tx, stage.now, person_id=stage.cast.accounts["admin"])
    tx.jobs_to_ring.clear()
    return stage.now


def _cast(tx: Tx, *, seed: int) -> DemoCast:
    """The people of the demonstration as they were seated when it was played."""
    rows = invented_people(seed)
    accounts = {row.username: people.find_username(tx, row.username).id for row in rows}
    holders: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in rows:
        for grant in row.grants:
            desk = (grant.role, grant.unit)
            holders[desk] = (*holders.get(desk, ()), accounts[row.username])
    return DemoCast(
        rows={unit.code: unit for unit in read_units()},
        units={unit.code: unit.id for unit in units.every(tx)},
        accounts=accounts,
        names={accounts[row.username]: row.full_name for row in rows},
        titles={accounts[row.username]: row.title.vi for row in rows},
        holders=holders,
    )


def _case(stage: Stage, definition: str, state: str, unit: str = ROOT) -> PlayedCase:
    """The earliest case of a unit that stands in a state."""
    auditor = stage.cast.accounts["auditor"]
    asked = search.Asked(definition=definition)
    found = search.find(stage.tx, asked, person_id=auditor, now=stage.now, limit=1_000).found
    name = units.find(stage.tx, stage.cast.units[unit]).name
    code = min(case.line.row.code for case in found if (case.line.row.state, case.line.row.unit_name) == (state, name))
    return _part(stage, unit, code)


def _part(stage: Stage, unit: str, code: str | None = None) -> PlayedCase:
    return PlayedCase(stage.cast.rows[unit], Random(f"{unit}/{code}"), code=code)


def _act(stage: Stage, part: PlayedCase, action: str, by: str, **inputs: Json) -> None:
    stage.act(part, action, by=stage.cast.accounts[by], **inputs)


def _turns_are_shared(stage: Stage) -> None:
    """The board's two officers share a desk: one takes a turn and gives it back, its head hands it to the other."""
    part = _case(stage, "award_nomination", "appraising", "STP")
    _act(stage, part, CLAIM, "board.officer")
    _act(stage, part, RELEASE, "board.officer")
    _act(stage, part, ASSIGN, "board.head", person=stage.cast.accounts["board.officer2"])
    _act(stage, part, "appraise", "board.officer2", opinion=COMMENT)


def _chairman_decides(stage: Stage) -> None:
    """The chairman refuses one nomination, sends another back to be appraised, and lets an award stand."""
    _act(stage, _case(stage, "award_nomination", "reviewed", "SXD"), "refuse", "chairman", reason=COMMENT)
    _act(stage, _case(stage, "award_nomination", "reviewed", "UBMTTQ"), "recheck", "chairman", comment=COMMENT)
    _act(stage, _case(stage, "complaint", "revoking", "LMHTX"), "uphold", "chairman", comment=COMMENT)


def _cases_are_reopened(stage: Stage) -> None:
    _act(stage, _case(stage, "nominee", "prepared", "SLDTBXH"), "reopen", "sldtbxh.clerk")
    _act(stage, _case(stage, "nominee", "suspended", "SYT"), "resume", "board.head", comment=COMMENT)
    _act(stage, _case(stage, "nominee", "passed", "UBMTTQ"), "again", "board.secretary", comment=COMMENT)


def _members_vote(stage: Stage) -> None:
    """All but one member who has not answered yet votes by secret ballot; then the secretary closes the vote."""
    part = _case(stage, "council_session", "voting")
    _answer(stage, part, "ballot", "agree")
    secretary = stage.cast.accounts["board.secretary"]
    minutes = stage.numbered(part, "minutes", "minutes", by=secretary, mark="BB")
    _act(stage, part, "close", "board.secretary", minutes=minutes)


def _members_answer_in_the_open(stage: Stage) -> None:
    """A district's council votes openly, the standing members are asked by telephone."""
    _answer(stage, _case(stage, "commendation", "voting", "14422"), "ballot", "agree")
    _answer(stage, _case(stage, "simplified_award", "phoning", "SGTVT"), "opinion_of", "agree")


def _answer(stage: Stage, part: PlayedCase, ask: str, answer: str) -> None:
    """Let all who are still waited for answer but the first of them: what the others say already decides a vote."""
    auditor = stage.cast.accounts["auditor"]
    (poll,) = view(stage.tx, part.the_code, person_id=auditor, now=stage.now).polls
    for member in poll.waiting[1:]:
        lines = [line.code for line in poll.lines if member not in line.barred]
        stage.act(part, f"answer:{ask}", by=member, answer=dict.fromkeys(lines, answer) if lines != [""] else answer)


def _administrators_change_rules(stage: Stage) -> None:
    """A figure of the province and one of the movement, two days of the calendar, and a version that was drafted.

    The days lie behind every deadline that passes here: one that falls due earlier or later than it was set is refused.
    """
    tx, now, admin, admin2 = stage.tx, stage.now, stage.cast.accounts["admin"], stage.cast.accounts["admin2"]
    paper = "Quyết định số 77/QĐ-UBND ngày 14/11/2017 (văn bản giả định)"
    limit = FigureForm("simplified_award", "limit", 4, paper, keys=("province",))
    notice = FigureForm("nominee", "notice", 5, paper, movement=CURRENT)
    for form in (limit, notice):
        _require_accepted(parameters.put(tx, form, person_id=admin, now=now))
    calendar_days.set_day(
        tx, Day(date(2018, 1, 2), "swap_off", "Nghỉ bù", "Day off in lieu", paper), person_id=admin, now=now
    )
    calendar_days.set_day(
        tx, Day(date(2018, 1, 6), "worked", "Làm bù", "Worked in lieu", paper), person_id=admin, now=now
    )
    stage.calendar = calendars.calendar_of(tx)
    seen, inspected = publishing.draft(tx, PLAN).version, inspections.inspect(publishing.ask_about(tx, PLAN, now=now))
    _require_accepted(publishing.publish(tx, PLAN, person_id=admin2, now=now, seen=seen, inspected=inspected))


def _require_accepted(answer: object) -> None:
    if isinstance(answer, Refusal):
        raise RuleRefused(answer)


def _cases_begin_under_the_new_rules(stage: Stage) -> None:
    """A plan under the new version; an award and a nominee that pin the new figures, one of them left half typed."""
    unit = "DN07"
    clerk = stage.cast.at("unit_clerk", stage.cast.rows[unit], chance=Random(unit))
    enterprise = stage.cast.units[unit]
    code = obligations.accept(
        stage.tx, CURRENT, milestone=MILESTONE, unit_id=enterprise, person_id=clerk, now=stage.now
    )
    stage.act(_part(stage, unit, code), "begin", by=clerk)
    award, nominee = _part(stage, "SYT"), _part(stage, "SYT")
    nominee.movement = obligations.find(stage.tx, CURRENT).id
    writer = stage.cast.at("unit_clerk", award.unit, chance=award.chance)
    stage.open(award, "simplified_award", by=writer)
    stage.save(award, {"level": "province", "record": "Cứu người trong đợt mưa lũ tháng 10"}, by=writer)
    stage.open(nominee, "nominee", by=writer)


def _province_reviews(stage: Stage) -> None:
    """A movement of one milestone opens the province's review, which an officer begins."""
    tx, now, admin = stage.tx, stage.now, stage.cast.accounts["admin"]
    content = REVIEW_OF_THE_PROVINCE.encode()
    (code,) = obligations.import_movement(tx, content, name="movement.yaml", person_id=admin, now=now)
    for _ in obligations.publish_movement(tx, code, person_id=admin, now=now):
        pass
    _act(stage, _case(stage, "province_review", "owed"), "begin", "board.officer2")


def _substitute_signs(stage: Stage) -> None:
    """While the chairman is away the vice-chairman decides for him, signing KT."""
    part = _case(stage, "award_nomination", "reviewed", "370")
    deputy = stage.cast.accounts["vicechairman"]
    decision = stage.signed(part, "decision", "decision", by=deputy, mark="QĐ")
    _act(stage, part, "approve", "vicechairman", decision=decision)


def _vote_is_closed(stage: Stage) -> None:
    """The district's officer closes its vote; the reviewer notes what the standing members said."""
    commendation = _case(stage, "commendation", "voting", "14422")
    officer = stage.cast.accounts["nhoquan.officer"]
    tally = stage.numbered(commendation, "tally", "minutes", by=officer, mark="BB")
    _act(stage, commendation, "close", "nhoquan.officer", tally=tally)
    _act(stage, _case(stage, "simplified_award", "phoning", "SGTVT"), "note", "board.head", comment=COMMENT)


def _list_is_given_up(stage: Stage) -> None:
    _act(stage, _case(stage, "pm_submission", "draft"), "cancel", "board.secretary", comment=COMMENT)


SCENES: Final[Mapping[tuple[date, time], Scene]] = {
    (date(2017, 11, 13), time(8, 30)): _turns_are_shared,
    (date(2017, 11, 13), time(9, 0)): _chairman_decides,
    (date(2017, 11, 13), time(10, 0)): _cases_are_reopened,
    (date(2017, 11, 13), time(14, 0)): _members_vote,
    (date(2017, 11, 13), time(15, 0)): _members_answer_in_the_open,
    (date(2017, 11, 14), time(8, 0)): _administrators_change_rules,
    (date(2017, 11, 14), time(9, 0)): _cases_begin_under_the_new_rules,
    (date(2017, 11, 14), time(10, 0)): _province_reviews,
    (date(2017, 11, 16), time(9, 0)): _vote_is_closed,
    (date(2017, 11, 20), time(10, 0)): _substitute_signs,
    (date(2017, 11, 21), time(10, 0)): _list_is_given_up,
}
"""What happens when, in the order of time."""
