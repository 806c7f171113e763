"""A definition against an organisation: where nobody is left to act, and that nothing else is said."""

from tests.support.council import written
from tests.support.small_definition import shipped
from tests.support.staffed_organisation import (
    ABOVE,
    AWARD,
    COUNCIL,
    COUNTED,
    PLAN,
    PROVINCE,
    UNIT,
    council_problems,
    organisation,
    staffing_findings,
)
from tests.support.vote_definition import vote
from workflow.machine.checking import check_units
from workflow.machine.loading.loader import load
from workflow.values import Desk


def test_a_staffed_organisation_has_no_findings_but_heads_who_are_alone():
    assert check_units(PLAN, organisation()) == ()
    assert staffing_findings(AWARD, organisation()) == {("own_interest_leaves_nobody", "warning", "signing")}


def test_a_unit_is_held_against_the_openings_of_those_it_has():
    """The level above may open a case at its end of the way; only what comes back to the unit finds nobody there."""
    text = shipped("award_nomination").replace(
        "start: {by: clerk, to: draft}", "start: [{by: clerk, to: draft}, {by: officer, to: reviewing}]"
    )
    nobody = {Desk("unit_clerk", UNIT): (), Desk("unit_head", UNIT): ()}
    assert staffing_findings(load(text), organisation(nobody)) == {("nobody_there", "error", "revise")}


def test_a_desk_without_anybody_is_named_with_the_unit_and_the_way_there():
    (found,) = check_units(PLAN, organisation({Desk("plan_reviewer", ABOVE): ()}))
    assert (found.code, found.severity, found.facts["state"]) == ("nobody_there", "error", "review")
    assert found.facts["units"] == ("Xã Gia Hưng",)
    assert [(step.action, step.by) for step in found.steps] == [
        ("open", "movement"),
        ("begin", "Hoa"),
        ("send", "Hoa"),
        ("sign", "Tâm"),
        ("receive", "Lan"),
    ]


def test_a_head_who_reviews_his_own_plan_may_still_return_it():
    assert staffing_findings(PLAN, organisation({Desk("plan_reviewer", ABOVE): (2,)})) == set()


def plan_that_is_never_returned():
    law = shipped("unit_plan")
    (line,) = [line for line in law.splitlines(keepends=True) if line.startswith("      return: ")]
    return load(law.replace(line, ""), path="strict")


def test_two_people_who_swap_desks_may_get_stuck():
    strict = plan_that_is_never_returned()
    both = {Desk("unit_clerk", UNIT): (1, 4), Desk("plan_reviewer", ABOVE): (4,)}
    assert staffing_findings(strict, organisation(both)) == {("separation_may_leave_nobody", "warning", "review")}
    assert staffing_findings(
        strict, organisation({Desk("unit_clerk", UNIT): (4,), Desk("plan_reviewer", ABOVE): (4,)})
    ) == {("separation_leaves_nobody", "error", "review")}


def test_a_substitute_may_use_up_the_one_who_is_left():
    strict = plan_that_is_never_returned()
    acting = {(1, Desk("unit_clerk", UNIT)): (4,)}
    assert staffing_findings(strict, organisation({}, acting)) == {("separation_may_leave_nobody", "warning", "review")}


def test_a_desk_of_one_person_gets_stuck_on_cases_about_that_person():
    assert ("own_interest_leaves_nobody", "warning", "reviewed") in staffing_findings(
        AWARD, organisation({Desk("award_decider", PROVINCE): (5,)})
    )


def test_a_council_too_small_for_a_result_is_said():
    text = vote(("{passed: yes * 100 >= 80 * members, failed: else}", "{passed: yes >= 3, failed: else}"))
    small = organisation({Desk("council_member", PROVINCE): (8, 9), Desk("chair", ABOVE): (5,)})
    (found,) = check_units(load(text, path="vote"), small)
    assert (found.code, found.severity, found.facts["members"], found.facts["result"]) == (
        "too_few_for_result",
        "warning",
        2,
        "passed",
    )


def test_a_vote_without_any_voters_that_nothing_leads_out_of_is_an_error():
    empty = organisation({Desk("chair", ABOVE): (5,)})
    assert staffing_findings(load(vote(), path="vote"), empty) == {("too_few_to_end", "error", "voting")}


TWO_NAMES = ("of: council", "of: [council, chair]")


def test_all_names_of_a_question_are_counted_each_person_once():
    three = (COUNTED, "{passed: yes >= 3, failed: else}")
    two = {COUNCIL: (1, 2), Desk("chair", PROVINCE): (2,)}
    assert council_problems(vote(three), two) == {("too_few_for_result", "passed", 2)}
    assert council_problems(vote(three, TWO_NAMES), two) == {("too_few_for_result", "passed", 2)}
    assert council_problems(vote(three, TWO_NAMES), {COUNCIL: (1, 2), Desk("chair", PROVINCE): (5,)}) == set()


def test_a_question_to_two_names_is_put_where_one_of_them_is_there():
    found = check_units(load(vote(TWO_NAMES), path="vote"), organisation({COUNCIL: ()}))
    assert "too_few_to_end" not in {finding.code for finding in found}


def test_a_count_by_name_needs_members_of_that_name():
    text = vote(TWO_NAMES, (COUNTED, "{passed: council.yes >= 2 && chair.yes == 1, failed: else}"))
    assert council_problems(text, {COUNCIL: (1, 2)}) == set()
    assert council_problems(text, {COUNCIL: (1,)}) == {("too_few_for_result", "passed", 2)}
    assert council_problems(text, {COUNCIL: (1, 5)}) == set()


def test_a_member_whom_a_case_is_about_may_be_one_too_few():
    session = written("council_session")
    others = {Desk("council_secretary", PROVINCE): (9,), Desk("council_standing_vice", PROVINCE): (10,)}
    lost = {("own_interest_forbids_result", "passed", 4)}
    assert council_problems(session, {**others, COUNCIL: (11, 12, 13, 14)}) == lost
    assert council_problems(session, {**others, COUNCIL: (11, 12, 13, 14, 15)}) == set()
