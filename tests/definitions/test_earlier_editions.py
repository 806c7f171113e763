"""Texts of the first edition of the language: read for ever as they were meant, and written by nobody any more."""

import hashlib
from pathlib import Path

import pytest

from workflow.machine.checking import check
from workflow.machine.definition import DefinitionFaults, is_same_law
from workflow.machine.loading.keys import OLDER_KEYS
from workflow.machine.loading.loader import load

HERE = Path(__file__).parent
DEFINITIONS = HERE.parents[1] / "definitions"
FIRST = sorted((HERE / "edition_1").glob("*.yaml"))
"""What shipped in the words of the first edition, byte for byte."""

NAMED_LIKE_WORDS = """\
definition: late
title: Trễ | Late
basis: give, tell, apart, ladder, late, outside, see
fields:
  see:  {is: text, label: "apart: late | see: late"}
  tell: {is: flag, label: Báo | Tell}
people:
  give: unit_clerk at unit
  apart: unit_head at unit
  ladder: chair above unit
outside: {see_board: Ban | Board}
apart: [[give, tell], [late, see]]
clocks: {late: {budget: 5 wd, starts: [give]}}
ladder: {0 wd: turn, 1 wd: apart, 2 wd: " late ", then 5 wd: late}
start: {by: give, to: late}
states:
  late:
    label: Trễ | Late
    turn: {who: give, late: ladder}
    see: {give: all, public: [see]}
    actions:
      give: {label: Gửi | Give, give: [see], tell: [ladder], set: {tell: "true"}, to: see}
  see:
    label: Xem | See
    turn: {who: apart, due: late, late: ladder}
    actions:
      tell:
        - {label: Báo | Tell, when: tell, tell: give, to: apart}
        - {give: [see, comment], to: apart}
      late: {label: Trễ | Late, to: late}
      see: {label: Xem | See}
  apart: {label: Riêng | Apart, outcome: good, see: {ladder: all}}
"""
"""Names, labels and texts that are spelt like the words of the first edition."""

SMALL = """\
definition: leave
title: Nghỉ | Leave
people: {clerk: unit_clerk at unit, head: unit_head at unit, chair: chair above unit}
escalation: {0 wd: turn, 2 wd: escalate_to}
start: {by: clerk, to: asked}
states:
  asked:
    label: Chờ | Asked
    turn: {who: head, due: 3 wd, escalate_to: chair}
    view: {public: all}
    actions: {grant: {label: Đồng ý | Grant, to: granted, requires: [comment], notify: chair}}
  granted: {label: Xong | Granted, outcome: good}
"""


def shipped(name):
    return load((DEFINITIONS / name / "v1.yaml").read_text("utf-8"))


def faults_of(text):
    with pytest.raises(DefinitionFaults) as raised:
        load(text)
    return raised.value.faults


@pytest.mark.parametrize("path", FIRST, ids=lambda path: path.stem)
def test_what_shipped_in_the_first_edition_is_the_same_law_as_what_ships_now(path):
    text = path.read_text("utf-8")
    first = load(text, edition=1)
    assert is_same_law(first, shipped(path.stem))
    assert (first.text, first.hash) == (text, hashlib.sha256(text.encode()).hexdigest())
    assert [finding.sentence("en") for finding in check(first)] == [
        finding.sentence("en") for finding in check(shipped(path.stem))
    ]


def test_all_that_shipped_is_kept_in_the_first_edition():
    assert len(FIRST) == 17


def test_places_are_those_of_the_text_as_it_was_written():
    text = (HERE / "edition_1" / "unit_plan.yaml").read_text("utf-8")
    lines = text.splitlines()
    first = load(text, edition=1)
    mark = first.mark("escalation")
    assert lines[mark.line - 1].startswith("ladder:")
    mark = first.mark("states.signing.turn.escalate_to")
    assert lines[mark.line - 1][: mark.column - 1].endswith("late: ")


def test_names_and_labels_that_are_spelt_like_old_words_stay():
    definition = load(NAMED_LIKE_WORDS, edition=1)
    assert definition.name == "late"
    assert list(definition.fields) == ["see", "tell"]
    assert definition.fields["see"].label.vi == "apart: late"
    assert list(definition.people) == ["give", "apart", "ladder"]
    assert list(definition.clocks) == ["late"]
    assert definition.separate == (("give", "tell"), ("late", "see"))
    assert [step.who for step in definition.escalation] == ["turn", "apart", "escalate_to", "escalate_to"]
    assert list(definition.states) == ["late", "see", "apart"]
    late, see = definition.states["late"], definition.states["see"]
    assert (late.turn.escalate_to, see.turn.due) == ("ladder", "late")
    assert late.view == {"give": ("all",), "public": ("see",)}
    assert list(see.actions) == ["tell", "late", "see"]
    (give,) = late.actions["give"].alternatives
    assert (give.requires, give.notify) == (("see",), ("ladder",))
    first, second = see.actions["tell"].alternatives
    assert (first.notify, second.requires) == (("give",), ("see", "comment"))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [(kind, old, new) for kind, words in OLDER_KEYS.items() for old, new in words.items()],
)
@pytest.mark.parametrize("spelt", [str, lambda word: word + word[-1]], ids=["as it was", "misspelt"])
def test_an_author_who_writes_an_old_word_is_told_the_new_one(kind, old, new, spelt):
    places = {
        "definition": ("start:", f"{spelt(old)}: x\nstart:"),
        "state": ("view: {public: all}", f"{spelt(old)}: {{public: all}}"),
        "turn": ("escalate_to: chair", f"{spelt(old)}: chair"),
        "action": ("requires: [comment]", f"{spelt(old)}: [comment]"),
    }
    (fault,) = faults_of(SMALL.replace(*places[kind]))
    assert fault.code == "unknown_key_near"
    assert f"did you mean “{new}”?" in fault.sentence("en")
    assert f"“{new}”" in fault.sentence("vi")


def test_an_author_who_lets_a_step_go_to_late_is_told_the_new_word():
    findings = check(load(SMALL.replace("2 wd: escalate_to", "2 wd: late")))
    (finding,) = [finding for finding in findings if finding.code.startswith("unknown")]
    assert finding.code == "unknown_people_near"
    assert "did you mean “escalate_to”?" in finding.sentence("en")


@pytest.mark.parametrize("path", FIRST, ids=lambda path: path.stem)
def test_a_text_in_old_words_is_refused_where_nobody_says_that_it_is_old(path):
    assert {"unknown_key_near"} & {fault.code for fault in faults_of(path.read_text("utf-8"))}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Chờ | Asked", "Đang chờ | Asked for", True),
        ("title: Nghỉ | Leave", "title: Nghỉ phép | Leave of absence", True),
        ("definition: leave\n", "# said anew\ndefinition: leave\n", True),
        ("due: 3 wd", "due: 4 wd", False),
        ("requires: [comment]", "when: times(grant) == 0", False),
        (", notify: chair", "", False),
        ("escalate_to: chair", "escalate_to: clerk", False),
        ("2 wd: escalate_to", "3 wd: escalate_to", False),
        ("unit_head at unit", "unit_head above unit", False),
        ("title: Nghỉ | Leave\n", "title: Nghỉ | Leave\nbasis: 12/QĐ\n", False),
        ("{public: all}", "{chair: all}", False),
        ("  granted: {", "  late: {label: A | B, outcome: bad}\n  granted: {", False),
    ],
)
def test_the_same_law_is_what_lets_the_same_be_done(old, new, same):
    text = SMALL.replace(old, new)
    assert text != SMALL
    assert is_same_law(load(SMALL), load(text)) == same
