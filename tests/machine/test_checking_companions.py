"""Several cases on the lists of one: what each alone lets pass, two together can block, and the verifier says so."""

import pytest

from tests.support.board_definitions import CLOSE, EITHER, board_findings

BY_STATE = """\
      all_in:  {label: Đóng | Close, to: held, when: 'papers.all(p, p.state == "settled")'}
      all_out: {label: Đóng | Close, to: held, when: 'papers.all(p, p.state == "gone")'}
      clear:   {label: Đóng | Close, to: held, when: size(papers) == 0}
"""
MIXED = "      mixed: {label: Đóng | Close, to: held, when: 'papers.any(p, p.state == \"gone\")'}\n"


def test_one_case_that_takes_nothing_any_more_blocks_an_act_on_all():
    assert "holder_blocked" in board_findings(CLOSE)
    assert "holder_blocked_by_two" not in board_findings(CLOSE)


def test_two_lists_of_different_definitions_block_between_them_what_each_alone_does_not():
    blocked = board_findings(EITHER)["holder_blocked_by_two"]
    assert blocked.facts == {"state": "sitting", "links": ("papers", "guests"), "states": ("gone", "gone")}
    assert [step.action for step in blocked.steps] == [
        "board.open",
        "board.begin",
        "paper.leave",
        "guest.leave",
    ]


def test_cases_that_take_the_act_wherever_they_stand_block_nothing():
    assert board_findings(EITHER, gone="settle") == {}


def test_lists_that_are_dealt_with_one_by_one_leave_behind_what_refuses():
    assert "holder_blocked_by_two" not in board_findings(EITHER, order="one")


def test_two_cases_of_one_list_block_between_them_what_each_alone_does_not():
    blocked = board_findings(BY_STATE)["holder_blocked_by_two"]
    assert (blocked.facts["links"], set(blocked.facts["states"])) == (("papers",), {"settled", "gone"})


def test_a_way_for_a_list_of_both_kinds_blocks_nothing():
    assert board_findings(BY_STATE + MIXED) == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_said_in_both_languages(language):
    sentence = board_findings(EITHER)["holder_blocked_by_two"].sentence(language)
    assert "papers, guests" in sentence
    assert "sitting" in sentence
