"""Factories of a small province for the record's tests: units in a tree, people at desks, cases that move."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from workflow.cases import histories
from workflow.storage import models, numbers
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.writing import applying
from workflow.values import Act, Actor, Assignment, Case, Deadline, Desk, Done, Facts, Notice, OpenAsk, Plan

MORNING = datetime(2017, 11, 13, 1, 0, tzinfo=UTC)
TODAY = date(2017, 11, 13)
PROVINCE, DISTRICT, COMMUNE, BLOCK = 1, 2, 3, 4
CLERK, OFFICER, CHAIR, LEAD = 11, 12, 13, 14
DEFINITION = "d" * 64


def build(tx):
    """A province with a district with a commune, a block; a clerk, an officer, a chair, a block's lead."""
    rows(tx, models.Unit, [unit(PROVINCE), unit(DISTRICT, PROVINCE), unit(COMMUNE, DISTRICT), unit(BLOCK, PROVINCE)])
    rows(tx, models.UnitAbove, [
        {"unit_id": below, "above_id": above, "distance": distance}
        for below, line in {PROVINCE: [1], DISTRICT: [2, 1], COMMUNE: [3, 2, 1], BLOCK: [4, 1]}.items()
        for distance, above in enumerate(line)
    ])  # fmt: skip
    rows(tx, models.BlockMember, [{"unit_id": COMMUNE, "year": 2017, "block_id": BLOCK}])
    rows(tx, models.Role, [
        {"code": code, "label_vi": code, "label_en": code, "sees": "own", "position": 0}
        for code in ("unit_clerk", "plan_officer", "chair", "block_lead")
    ])  # fmt: skip
    rows(tx, models.Person, [person(it) for it in (CLERK, OFFICER, CHAIR, LEAD)])
    for holder, role, at in (
        (CLERK, "unit_clerk", COMMUNE),
        (OFFICER, "plan_officer", DISTRICT),
        (CHAIR, "chair", PROVINCE),
        (LEAD, "block_lead", BLOCK),
    ):
        grant(tx, holder, role, at)
    rows(tx, models.Setting, [{"name": "calendar_revision", "value": "1:x"}])
    rows(tx, models.DefinitionRow, [
        {"hash": DEFINITION, "name": "unit_plan", "version": 1, "text": "", "title_vi": "", "title_en": "",
         "basis": "", "written_at": MORNING, "published_at": MORNING}
    ])  # fmt: skip


def rows(tx, model, values):
    tx.connection.execute(insert(model), values)


def unit(number, parent=None):
    return {
        "id": number, "code": f"u{number}", "name": f"Đơn vị {number}", "short_name": f"{number}", "kind": "x",
        "parent_id": parent, "owes": "yes", "valid_from": date(2000, 1, 1), "search_key": "", "sort_key": b"",
    }  # fmt: skip


def person(number, **more):
    return {
        "id": number, "username": f"p{number}", "full_name": f"Người {number}", "title_vi": "", "title_en": "",
        "active": True, "language": "vi", "search_key": "", "sort_key": b"", "created_at": MORNING,
    } | more  # fmt: skip


def grant(tx, holder, role, at, *, since=date(2016, 1, 1), until=None):
    rows(tx, models.RoleGrant, [
        {"person_id": holder, "role": role, "unit_id": at, "valid_from": since, "valid_to": until,
         "granted_at": MORNING}
    ])  # fmt: skip


def substitute(tx, principal, stand_in, *, role=None, at=None, since=TODAY, until=TODAY + timedelta(days=1)):
    rows(tx, models.SubstitutionRow, [
        {"principal_id": principal, "substitute_id": stand_in, "role": role, "unit_id": at, "capacity": "KT",
         "paper": "", "valid_from": since, "valid_to": until, "recorded_at": MORNING}
    ])  # fmt: skip


def new_case(tx, *, unit_id=COMMUNE, code=None, state="draft", due_at=None, excluded=frozenset(), role="unit_clerk"):
    """A case whose turn waits at a desk of its unit; returned as it stands."""
    case_id = numbers.next_case_id(tx)
    case = Case(
        id=case_id, code=code or f"KH-2017-{case_id:04d}", definition=DEFINITION, params={"threshold": 80},
        unit=unit_id, movement=None, state=state, version=1, acted_version=1, opened_at=MORNING, entered_at=MORNING,
        due_at=due_at, fields={"launch": "2017-11-20", "targets": [{"indicator": "Hộ nghèo"}]},
        clocks={"turn": {"spent": 0}},
    )  # fmt: skip
    plan = Plan(
        case, "open", "",
        opens=(Assignment("turn", Desk(role, unit_id), None, due_at, excluded),),
        deadlines=(Deadline("turn", due_at),) if due_at is not None else (),
        listed={"launch": "2017-11-20", "amount": 12, "nominee": {"name": "Nguyễn Văn An"}},
    )  # fmt: skip
    write(tx, plan, person_id=CLERK)
    return case


def moved(case, *, to, by=CLERK, action="send", at=MORNING, **parts):
    """The Plan of a move: one more entry, the former turn closed, the officer's opened, a letter told."""
    after = case._replace(
        state=to, version=case.version + 1, acted_version=case.version + 1, entered_at=at,
        done={**case.done, action: Done(1, frozenset({by}))},
        asks={"remark": OpenAsk((LEAD,), {LEAD: "seen"}, case.version + 1)}, back=case.state,
    )  # fmt: skip
    defaults = {
        "closes": frozenset({"turn"}),
        "opens": (Assignment("turn", Desk("plan_officer", DISTRICT), None, None),),
        "notices": (Notice("turn", desks=(Desk("plan_officer", DISTRICT),), facts={"days": 2}),),
    }
    return Plan(after, action, case.state, **{**defaults, **parts})


def write(tx, plan, *, person_id=CLERK, at=MORNING, request_key=None, before=None):
    """Write a Plan with the entry of history that it makes, chained to the one before."""
    if before is None and plan.case.version > 1:
        before = records.load_by_id(tx, plan.case.id).case
    entry = histories.entry(before, Act(plan.action), plan, actor=Actor(person_id), facts=Facts(), now=at)
    applying.apply_all(
        tx, [applying.Writing(plan, entry, "unit_plan", "Kế hoạch", "ke hoach", request_key)]
    )  # fmt: skip
