"""A Plan is written whole or not at all, by whoever comes first."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from tests.support import small_record
from tests.support.statement_counts import PREPARES, count_statements
from workflow.errors import Conflict, Repeated
from workflow.storage import models, numbers
from workflow.storage.queries.cases import find_request, loaded_cases
from workflow.storage.writing import applying
from workflow.values import Assignment, Deadline, Desk


def test_a_case_comes_back_as_it_was_planned(database):
    with database.writing() as tx:
        case = small_record.new_case(tx, due_at=small_record.MORNING + timedelta(days=1))
        plan = small_record.moved(case, to="submitted")
        small_record.write(tx, plan)
    with database.reading() as tx:
        loaded = loaded_cases.load(tx, case.code)
    assert loaded.case == plan.case._replace(head=loaded.case.head)
    assert loaded.last_at == small_record.MORNING
    assert (loaded.unit_code, loaded.definition_name) == ("u3", "unit_plan")


def test_an_unknown_code_is_nothing(database):
    with database.reading() as tx:
        assert loaded_cases.load(tx, "KH-2017-9999") is None


def test_a_move_closes_the_turn_opens_the_next_and_tells_once(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        small_record.write(tx, small_record.moved(case, to="submitted"))
        rung = list(tx.jobs_to_ring)
    with database.reading() as tx:
        turns = tx.connection.execute(
            select(models.AssignmentRow.role, models.AssignmentRow.closed_at).order_by(models.AssignmentRow.id)
        ).all()
        job = tx.connection.execute(select(models.Job.id, models.Job.key, models.Job.payload)).one()
    assert [(role, closed is None) for role, closed in turns] == [("unit_clerk", False), ("plan_officer", True)]
    assert (rung, job.key) == ([job.id], f"tell:{case.id}:2")
    assert '"desks":[["plan_officer",2]]' in job.payload


def test_deadlines_are_set_moved_and_stopped(database):
    due_at = small_record.MORNING + timedelta(days=3)
    with database.writing() as tx:
        case = small_record.new_case(tx, due_at=due_at)
        later = Deadline("turn", due_at + timedelta(days=1), step=1)
        plan = small_record.moved(
            case, to="submitted", deadlines=(later, Deadline("wake", due_at)), stops=frozenset({"turn"})
        )
        small_record.write(tx, plan)
        assert deadlines(tx) == {"turn": (later.due_at, 1, 2), "wake": (due_at, 0, 2)}
        small_record.write(tx, small_record.moved(plan.case, to="review", deadlines=(), stops=frozenset({"wake"})))
        assert set(deadlines(tx)) == {"turn"}


def test_listed_fields_change_where_the_plan_says_so(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        assert listed(tx) == {
            "launch": ("2017-11-20", None, small_record.date(2017, 11, 20)),
            "amount": (None, 12, None),
            "nominee": ("Nguyễn Văn An", None, None),
        }
        plan = small_record.moved(case, to="submitted", listed={"amount": 13, "nominee": None})
        small_record.write(tx, plan)
        small_record.write(tx, small_record.moved(plan.case, to="review"))
        assert listed(tx) == {
            "launch": ("2017-11-20", None, small_record.date(2017, 11, 20)),
            "amount": (None, 13, None),
        }


def test_a_plan_decided_on_an_older_version_is_refused_whole(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        small_record.write(tx, small_record.moved(case, to="submitted"))
    with pytest.raises(Conflict), database.writing() as tx:
        small_record.write(tx, small_record.moved(case, to="withdrawn"))
    with database.reading() as tx:
        assert loaded_cases.load(tx, case.code).case.state == "submitted"
        assert len(tx.connection.execute(select(models.HistoryRow.seq)).all()) == 2


def test_a_request_is_carried_out_once(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        plan = small_record.moved(case, to="submitted")
        small_record.write(tx, plan, request_key="once")
    with database.writing() as tx, pytest.raises(Repeated):
        small_record.write(tx, small_record.moved(plan.case, to="review"), request_key="once")
    with database.reading() as tx:
        assert find_request(tx, "once") == (case.id, 2)
        assert loaded_cases.by_request(tx, "once").state == "submitted"
    with database.writing() as tx:
        assert loaded_cases.load_for_act(tx, case.code, request_key="once").repeated


def test_two_openings_with_one_key_make_one_case(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
    barrier, answers = Barrier(2), []

    def open_one():
        try:
            with database.writing() as tx:
                case_id = numbers.next_case_id(tx)
                if database.dialect == "postgresql":
                    barrier.wait(10)
                plan = small_record.moved(
                    case._replace(id=case_id, code=f"T-{case_id}", version=0), to="draft", closes=frozenset()
                )
                small_record.write(tx, plan, request_key="open")
            answers.append("opened")
        except Repeated as error:
            answers.append(error.request_key)

    run_all([Thread(target=open_one) for _ in range(2)])
    assert sorted(answers) == ["open", "opened"]


def test_fifty_people_who_saw_one_version_have_one_winner(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
    answers = []

    def approve():
        try:
            with database.writing() as tx:
                loaded = loaded_cases.load(tx, case.code)
                if loaded.case.version != case.version:
                    answers.append(loaded.case.state)
                    return
                small_record.write(tx, small_record.moved(loaded.case, to="approved"))
            answers.append("won")
        except Conflict:
            answers.append("conflict")

    run_all([Thread(target=approve) for _ in range(50)])
    assert sorted(answers) == ["approved"] * 49 + ["won"]


def test_fifty_identical_requests_are_one_act_and_forty_nine_repeats(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
    answers = []

    def send():
        with database.writing() as tx:
            loaded = loaded_cases.load_for_act(tx, case.code, request_key="k")
            if not loaded.repeated:
                small_record.write(tx, small_record.moved(loaded.case, to="sent"), request_key="k")
        answers.append(loaded.repeated)

    run_all([Thread(target=send) for _ in range(50)])
    assert sorted(answers) == [False] + [True] * 49


def test_many_plans_are_one_writing(database):
    with database.writing() as tx:
        opened = [small_record.new_case(tx) for _ in range(20)]
    with count_statements(database) as said, database.writing() as tx:
        applying.apply_all(tx, [writing(small_record.moved(case, to="submitted")) for case in opened])
    with database.reading() as tx:
        states = tx.connection.scalars(select(models.CaseRow.state)).all()
    assert states == ["submitted"] * 20
    answered = [word for word in said if word != PREPARES]
    assert answered == ["BEGIN", "SELECT", "COMMIT"] or database.dialect == "sqlite"


def test_of_many_plans_one_that_is_late_spoils_all(database):
    with database.writing() as tx:
        opened = [small_record.new_case(tx) for _ in range(3)]
        small_record.write(tx, small_record.moved(opened[1], to="withdrawn"))
    with pytest.raises(Conflict), database.writing() as tx:
        applying.apply_all(tx, [writing(small_record.moved(case, to="submitted")) for case in opened])
    with database.reading() as tx:
        assert sorted(tx.connection.scalars(select(models.CaseRow.state))) == ["draft", "draft", "withdrawn"]


def test_numbers_of_a_book_have_no_gap_and_no_twin(database):
    taken = []

    def take():
        with database.writing() as tx:
            taken.append(numbers.next_number(tx, "KH", 2017))

    run_all([Thread(target=take) for _ in range(20)])
    assert sorted(taken) == list(range(1, 21))


def test_linked_cases_are_found_from_both_ends(database):
    with database.writing() as tx:
        old, new, other = (small_record.new_case(tx) for _ in range(3))
        applying.link(tx, new.id, "replaces", old.id)
        applying.link(tx, other.id, "replaces", old.id)
        from_new = loaded_cases.load_links(tx, new.id, ["replaces", "~replaces"])
        from_old = loaded_cases.load_links(tx, old.id, ["~replaces"])
    assert [case.code for case in from_new["replaces"]] == [old.code]
    assert from_new["~replaces"] == ()
    assert [case.code for case in from_old["~replaces"]] == [new.code, other.code]


def test_an_ask_waits_with_a_person_and_closes_by_its_slot(database):
    with database.writing() as tx:
        case = small_record.new_case(tx)
        asked = Assignment("remark", Desk("block_lead", small_record.BLOCK), small_record.LEAD, None)
        plan = small_record.moved(case, to="review", opens=(asked,))
        small_record.write(tx, plan)
        small_record.write(tx, small_record.moved(plan.case, to="seen", closes=frozenset({"remark"}), opens=()))
        still_open = select(models.AssignmentRow.id).where(models.AssignmentRow.closed_at.is_(None))
        assert tx.connection.execute(still_open).all() == []


def writing(plan):
    entry = applying.HistoryEntry(b"{}", "0" * 64, small_record.MORNING, small_record.CLERK)
    return applying.Writing(plan, entry, "unit_plan", "", "")


def deadlines(tx):
    row = models.DeadlineRow
    return {name: (due_at, rung, seq) for name, due_at, rung, seq in tx.connection.execute(
        select(row.name, row.due_at, row.rung, row.seq)
    )}  # fmt: skip


def listed(tx):
    row = models.ListedField
    columns = (row.name, row.text_value, row.number_value, row.date_value)
    return {name: tuple(values) for name, *values in tx.connection.execute(select(*columns))}


def run_all(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
