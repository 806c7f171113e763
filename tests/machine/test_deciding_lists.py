"""Lists of cases: who may be put on them, by whom, what guards read of them, and that an act moves all or none."""

import pytest

from tests.support.council import FAMILY, VOTERS, codes_of, convened, council, law, nominee, session
from tests.support.scenes import COMMENT, actor, codes, does, paper, refused
from workflow.machine.checking import check
from workflow.machine.loading.loader import load


@pytest.mark.parametrize("name", FAMILY)
def test_the_family_has_no_fault(name):
    assert [finding.code for finding in check(law(name)) if finding.severity == "error"] == []


def test_an_act_puts_cases_on_a_list_and_moves_them():
    scene = council()
    one, two = nominee(scene), nominee(scene)
    case = convened(scene, one, two)
    assert scene.links == [(case, "nominees", one), (case, "nominees", two)]
    assert {scene.cases[one].state, scene.cases[two].state} == {"council_voting"}


def pm_nominee(scene, *, notice_end="2018-03-20"):
    """Bring a nominee of the other kind before the council; return the case."""
    fields = {"nominee": {"kind": "collective", "name": "Thôn Đông"}, "award": "bk_ttg", "notice_end": notice_end}
    case = scene.open(actor(scene, "officer"), fields, definition="pm_nominee").case.id
    does(scene, "officer", "conclude", case=case)
    return case


def test_a_list_of_several_kinds_takes_moves_and_counts_each():
    scene = council()
    one, other = nominee(scene), pm_nominee(scene)
    case = session(scene)
    listed = [*codes_of(one), f"pm_nominee-{other}"]
    asked = {"case": case, "day": "2018-03-28", "nominees": listed}
    assert codes(refused(scene, "secretary", "convene", mode="written", **asked)) == ["unmet"]
    does(scene, "secretary", "convene", mode="meeting", **asked)
    assert {scene.cases[found].state for found in (one, other)} == {"council_voting"}
    votes = {listed[0]: "agree", listed[1]: "disagree"}
    for voter in VOTERS:
        does(scene, voter, "answer:ballot", case=case, answer=votes)
    does(scene, "secretary", "close", case=case, minutes=paper("3/BB-HĐ"))
    assert [scene.cases[found].state for found in (one, other)] == ["passed", "not_passed"]


def test_a_kind_that_the_list_does_not_name_cannot_be_put_there_whatever_its_state():
    scene = council()
    other = pm_nominee(scene)
    opened = scene.open(actor(scene, "secretary"), definition="decision").case.id
    wanted = [f"pm_nominee-{other}"]
    assert codes(refused(scene, "secretary", "submit", case=opened, draft=paper("1/DT"), nominees=wanted)) == [
        "cannot_be_put"
    ]


@pytest.mark.parametrize("wanted", [["nominee-9"], ["council_session-3"], ["nominee-1", "nominee-2"]])
def test_only_cases_that_are_ready_can_be_put_on_a_list(wanted):
    scene = council()
    nominee(scene)
    opened = scene.open(actor(scene, "officer"), definition="nominee")
    assert opened.case.state == "draft"
    refusal = refused(
        scene, "secretary", "convene", case=session(scene), mode="meeting", day="2018-03-28", nominees=wanted
    )
    assert codes(refusal) == ["cannot_be_put"]
    assert refusal.reasons[0].field == "nominees"


def test_a_case_that_lacks_what_the_list_reads_cannot_be_put_there():
    scene = council()
    one = nominee(scene)
    del scene.cases[one].fields["notice_end"]
    refusal = refused(
        scene, "secretary", "convene", case=session(scene), mode="meeting", day="2018-03-28", nominees=codes_of(one)
    )
    assert codes(refusal) == ["cannot_be_put"]


@pytest.mark.parametrize("wanted", ["nominee-1", [1], ["nominee-1", "nominee-1"], {"nominee-1": True}])
def test_a_list_is_codes_each_once(wanted):
    scene = council()
    nominee(scene)
    refusal = refused(
        scene, "secretary", "convene", case=session(scene), mode="meeting", day="2018-03-28", nominees=wanted
    )
    assert codes(refusal) == ["not_cases"]


def test_guards_read_the_list_as_the_act_would_have_it():
    scene = council()
    one = nominee(scene)
    refusal = refused(
        scene, "secretary", "convene", case=session(scene), mode="meeting", day="2018-03-19", nominees=codes_of(one)
    )
    assert codes(refusal) == ["unmet"]


def test_a_list_is_edited_only_where_and_by_whom_the_state_says():
    scene = council()
    one, two = nominee(scene), nominee(scene)
    case = convened(scene, one)
    refusal = refused(scene, "secretary", "adjourn", case=case, comment=COMMENT, nominees=codes_of(one, two))
    assert codes(refusal) == ["not_asked_for"]


def test_naming_a_list_anew_strikes_what_it_does_not_name():
    scene = council()
    one, two = nominee(scene), nominee(scene)
    case = convened(scene, one, two)
    does(scene, "secretary", "adjourn", case=case, comment=COMMENT)
    plan = does(scene, "secretary", "convene", case=case, mode="meeting", day="2018-03-28", nominees=codes_of(two))
    assert (plan.links_added, plan.links_removed) == ((), (("nominees", one),))
    assert scene.links == [(case, "nominees", two)]
    assert [scene.cases[each].state for each in (one, two)] == ["council_ready", "council_voting"]


def test_a_case_on_two_agendas_can_be_tabled_once():
    scene = council()
    one = nominee(scene)
    convened(scene, one)
    refusal = refused(
        scene, "secretary", "convene", case=session(scene), mode="meeting", day="2018-03-28", nominees=codes_of(one)
    )
    assert codes(refusal) == ["cannot_be_put"]


def test_a_page_says_which_lists_may_be_edited():
    scene = council()
    case = session(scene)
    (convene,) = scene.offers(case, actor(scene, "secretary"))
    assert (convene.lists, convene.edits, convene.refusal) == (("nominees",), ("mode", "day"), None)


def test_a_decision_awards_whom_the_council_passed():
    scene = council()
    one = nominee(scene)
    case = convened(scene, one)
    counted = {"issued": 5, "collected": 5, "valid": 5, "invalid": 0, "agree": 5, "disagree": 0}
    does(scene, "secretary", "count:ballot", case=case, count={codes_of(one)[0]: counted})
    does(scene, "secretary", "close", case=case, minutes=paper())
    decision = scene.open(actor(scene, "secretary"), definition="decision").case.id
    does(scene, "secretary", "submit", case=decision, draft=paper(), nominees=codes_of(one))
    plan = does(scene, "decider", "sign", case=decision, decision=paper("99/QĐ-UBND"))
    assert [(move.case.code, move.case.state) for move in plan.moves] == [("nominee-1", "awarded")]


def test_who_may_edit_the_form_may_not_edit_a_list_for_that():
    scene = council()
    one = nominee(scene)
    text = law("council_session").text.replace("[mode, day, nominees]", "[mode, day]")
    scene.definition = load(text)
    scene.family = {**scene.family, "council_session": scene.definition}
    case = session(scene)
    refusal = refused(
        scene, "secretary", "convene", case=case, mode="meeting", day="2018-03-28", nominees=codes_of(one)
    )
    assert codes(refusal) == ["not_asked_for"]
