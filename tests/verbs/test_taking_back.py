"""An act is taken back in the record: its rows, remarks and drafts stand as before, and history keeps both entries."""

import json

import pytest
from sqlalchemy import text

from tests.support.plan_verbs import CLERK, HEAD, OFFICER, REVIEWER, TARGETS, PlanVerbs
from tests.support.small_province import NOW
from tests.support.telling import tell_all
from workflow import calendars, cases, remarks
from workflow.audit import audits
from workflow.cases import Acted, drafts
from workflow.deadlines import notices
from workflow.definitions import publishing
from workflow.files import Blobs
from workflow.machine.remarks import Anchor
from workflow.remarks import correcting, discussing, drafting
from workflow.values import UNDO, Act, Refusal

STANDING = {
    "assignments": "SELECT slot, role, unit_id, person_id, due_at, excluded, opened_at FROM assignment "
    "WHERE closed_at IS NULL",
    "deadlines": "SELECT name, due_at, rung FROM deadline",
    "listed": "SELECT name, text_value, number_value, date_value FROM listed_field",
    "words": "SELECT word, marked, source FROM case_word",
    "case": "SELECT state, outcome, due_at, entered_at, fields, done, asks, clocks, back, title FROM case_file",
    "remarks": "SELECT id, kind, state, author_id, text, field, settled_by, settled_at_version FROM remark",
}


@pytest.fixture
def plan(database, province, tmp_path):
    return PlanVerbs(database, province, Blobs(tmp_path))


def standing(plan):
    with plan.database.reading() as tx:
        return {
            name: sorted(repr([read(value) for value in row]) for row in tx.connection.execute(text(query)))
            for name, query in STANDING.items()
        }


def read(value):
    """A value of a row; the order of keys in its JSON means nothing."""
    if isinstance(value, str) and value.startswith("{"):
        return json.dumps(json.loads(value), sort_keys=True)
    return value


def undo(plan, who, **form):
    return cases.act(plan.database, plan.code, Act(UNDO, **form), person_id=plan.person(who), now=NOW)


def proven(plan):
    with plan.database.reading() as tx:
        calendar = calendars.calendar_of(tx)
        refolded = audits.refold(tx, definition_of=lambda digest: publishing.compiled(tx, digest), calendar=calendar)
        return [*audits.verify(tx), *refolded]


def test_a_return_with_defects_is_taken_back_whole(plan):
    plan.under_review()
    with plan.database.writing() as tx:
        place = {"person_id": plan.person(REVIEWER), "now": NOW, "anchor": Anchor("launch"), "text": "Ghi đúng ngày"}
        drafting.draft(tx, plan.code, kind="defect", **place)
        before_rows = tx.connection.execute(text("SELECT count(*) FROM remark")).scalar_one()
    assert before_rows == 1
    before = standing(plan)
    answer = plan.act(REVIEWER, "return", defects=[{"what": "Ghi đúng ngày", "place": "Ngày ra quân"}])
    assert answer.undoable
    assert standing(plan)["remarks"] != before["remarks"]
    undone = undo(plan, REVIEWER, seen=answer.case.acted_version)
    assert isinstance(undone, Acted), undone
    assert standing(plan) == before
    assert proven(plan) == []
    plan.act(REVIEWER, "return", defects=[{"what": "Ghi đúng ngày", "place": "Ngày ra quân"}])


def test_what_a_correction_settled_is_open_again(plan):
    plan.under_review()
    plan.act(REVIEWER, "return", defects=[{"what": "Ghi đúng ngày", "place": "Ngày ra quân"}])
    with plan.database.writing() as tx:
        view = cases.view(tx, plan.code, person_id=plan.person(CLERK), now=NOW)
        [defect] = remarks.of_view(tx, view, person_id=plan.person(CLERK), now=NOW).defects
        correcting.mark_corrected(tx, plan.code, defect.remark.id, note="Đã sửa", person_id=plan.person(CLERK), now=NOW)
    before = standing(plan)
    assert plan.act(CLERK, "send", launch="2017-11-26").undoable
    assert isinstance(undo(plan, CLERK), Acted)
    after = standing(plan)
    assert after == before
    with plan.database.reading() as tx:
        kept = drafts.find(tx, plan.case_id())
    assert kept is not None
    assert kept.fields == {"launch": "2017-11-26"}


def test_what_was_typed_is_the_draft_again(plan):
    plan.act(CLERK, "begin")
    contact = {"name": "Trần Thị Lan"}
    assert plan.act(CLERK, "send", targets=TARGETS, launch="2017-11-25", contact=contact).undoable
    assert isinstance(undo(plan, CLERK), Acted)
    with plan.database.reading() as tx:
        kept = drafts.find(tx, plan.case_id())
    assert kept is not None
    assert kept.fields == {"targets": TARGETS, "launch": "2017-11-25", "contact": contact}
    plan.act(CLERK, "send", targets=TARGETS, launch="2017-11-25", contact=contact)
    assert proven(plan) == []


def test_a_settled_case_goes_on_where_it_stood(plan):
    plan.under_review()
    before = standing(plan)
    plan.act(REVIEWER, "acknowledge")
    assert isinstance(undo(plan, REVIEWER), Acted)
    assert standing(plan) == before
    plan.act(REVIEWER, "acknowledge")
    assert proven(plan) == []


@pytest.mark.parametrize("who", [OFFICER, HEAD])
def test_others_and_what_went_out_are_refused_in_words(plan, who):
    plan.sent()
    signed = plan.act(HEAD, "sign", plan=plan.paper(HEAD))
    assert not signed.undoable
    refusal = undo(plan, HEAD)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].code == "undo_final"
    plan.act(OFFICER, "receive")
    before = standing(plan)
    if who == OFFICER:
        assert isinstance(undo(plan, OFFICER), Acted)
    else:
        assert isinstance(undo(plan, who), Refusal)
        assert standing(plan) == before


def test_a_batch_is_taken_back_by_one_request_and_says_what_stays(plan):
    plan.under_review()
    with plan.database.writing() as tx:
        person = plan.person(REVIEWER)
        done = cases.act_on_many(tx, [plan.code], Act("acknowledge"), person_id=person, now=NOW)
        assert [line.answer.undoable for line in done if isinstance(line.answer, Acted)] == [True]
    with plan.database.writing() as tx:
        person = plan.person(REVIEWER)
        taken = cases.act_on_many(tx, [plan.code, "KH-2017-9999"], Act(UNDO), person_id=person, now=NOW)
    assert [isinstance(line.answer, Acted) for line in taken] == [True, False]


def test_history_says_that_it_was_taken_back_and_holds_what_a_replay_needs(plan):
    plan.under_review()
    plan.act(REVIEWER, "acknowledge")
    undo(plan, REVIEWER)
    with plan.database.reading() as tx:
        bodies = [json.loads(body) for body in tx.connection.scalars(text("SELECT body FROM history ORDER BY seq"))]
    assert [body["act"]["action"] for body in bodies][-2:] == ["acknowledge", UNDO]
    assert bodies[-1]["facts"]["undone"]["action"] == "acknowledge"
    assert bodies[-1]["facts"]["undone"]["case"]["state"] == bodies[-1]["plan"]["state"]


def test_a_mention_outlives_the_act_before_it_that_is_taken_back(plan):
    plan.under_review()
    acted = plan.act(REVIEWER, "acknowledge")
    named = plan.person(OFFICER)
    with plan.database.writing() as tx:
        words = {"text": "Anh Ẩn xem giúp", "mentions": [named], "person_id": plan.person(REVIEWER), "now": NOW}
        discussing.comment(tx, plan.code, **words)
    assert isinstance(undo(plan, REVIEWER, seen=acted.case.acted_version), Acted)
    tell_all(plan.database)
    with plan.database.reading() as tx:
        listed = {view.row.notice: view.row.read_at for view in notices.mine(tx, named)}
    assert listed["mention"] is None
    assert notices.TAKEN_BACK not in listed


def test_where_history_is_damaged_the_page_opens_and_nothing_is_taken_back(plan):
    plan.under_review()
    plan.act(REVIEWER, "acknowledge")
    with plan.database.writing() as tx:
        damaged = text('UPDATE history SET body = replace(body, \'"action":"receive"\', \'"action":"begin"\')')
        for name in tx.connection.scalars(text(TRIGGERS[plan.database.dialect])).all():
            drop = f"DROP TRIGGER {name}" + (" ON history" if plan.database.dialect == "postgresql" else "")
            tx.connection.execute(text(drop))
        tx.connection.execute(damaged)
    with plan.database.reading() as tx:
        view = cases.view(tx, plan.code, person_id=plan.person(REVIEWER), now=NOW)
    assert view.undoable is None
    refusal = undo(plan, REVIEWER)
    assert isinstance(refusal, Refusal)
    assert refusal.reasons[0].code == "undo_final"


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history'",
    "postgresql": "SELECT DISTINCT tgname FROM pg_trigger WHERE tgrelid = 'history'::regclass AND NOT tgisinternal",
}
