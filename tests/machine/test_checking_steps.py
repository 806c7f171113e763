"""A check ends after counted steps, the same everywhere, and says that it could not decide."""

import pytest

from tests.support.guarded_definition import with_guards
from tests.support.small_definition import shipped
from workflow.machine.checking import check_text
from workflow.machine.checking.search import MOST_STEPS, StepsSpentError, bounded, each, spend


@pytest.mark.parametrize("count", [2, 40])
def test_guards_of_three_clauses_end_undecided(count: int):
    found = check_text(with_guards(count))
    assert {finding.code for finding in found if finding.severity == "undecided"} == {"too_many_configurations"}


def test_what_was_found_before_the_steps_were_spent_is_said():
    text = with_guards(40).replace("title: Xin nghỉ phép | Leave", "title: Nghỉ | Leave")
    never = text.replace("when: 'a0 > 0 || a5 < 3 || a7 == 0'", "when: 'days > 3 && days < 2'")
    codes = {finding.code for finding in check_text(never)}
    assert {"guard_never", "too_many_configurations"} <= codes


def test_the_same_steps_are_counted_every_time():
    assert check_text(with_guards(3)) == check_text(with_guards(3))


@pytest.mark.parametrize("name", ["council_session", "commendation", "examples/change"])
def test_what_ships_takes_a_small_part_of_the_steps(name: str):
    with bounded(MOST_STEPS // 20):
        assert not [finding for finding in check_text(shipped(name)) if finding.severity == "undecided"]


def test_steps_are_shared_by_everything_inside_one_bound():
    with bounded(10), bounded(1_000):
        assert len(list(each(range(6)))) == 6
        with pytest.raises(StepsSpentError):
            spend(6)


def test_nothing_is_counted_where_nobody_set_a_bound():
    assert len(list(each(range(3 * MOST_STEPS)))) == 3 * MOST_STEPS
