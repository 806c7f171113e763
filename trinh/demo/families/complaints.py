"""How complaints about awards are played: from the nomination that was approved to what became of the complaint.

Knows the actions and fields of the shipped `complaint`, as the people who use it do; the nomination before it is played
as all nominations are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from trinh.demo.days import Window
from trinh.demo.families import nominations
from trinh.demo.moves import Cue, Journey, Move, Moves, ending_on
from trinh.demo.phrases import draw_sentence
from trinh.demo.stage import Play, PlayedCase, Stage


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint: about a nomination of which unit, how far it has come, by when."""

    unit: str
    journey: Journey
    by: date


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The complaints of the movement under way."""
    for complaint in COMPLAINTS:
        chance = cue.chance("complaint", complaint.unit)
        part = PlayedCase(stage.cast.rows[complaint.unit], chance, movement=cue.movement_id)
        within = Window(cue.window.first, complaint.by)
        yield ending_on(stage, part, MOVES, (*nominations.THROUGH, *complaint.journey), within=within)


def _complain(stage: Stage, part: PlayedCase) -> None:
    """Record the letter on the nomination; from here on the part is about the complaint."""
    comment = draw_sentence(part.chance, "complaints")
    done = stage.act(part, "complain", by=stage.above(part, "award_officer"), comment=comment)
    part.code = done.opened[0].code


def _admit(stage: Stage, part: PlayedCase) -> None:
    officer = stage.above(part, "award_officer")
    letter = stage.paper(part, "letter", "letter", by=officer, called="Đơn khiếu nại")
    stage.act(part, "admit", by=officer, letter=letter, complexity="plain")


def _dismiss(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "complaint_dismissals")
    stage.act(part, "dismiss", by=stage.above(part, "award_officer"), comment=comment)


def _find_nothing(stage: Stage, part: PlayedCase) -> None:
    _conclude(stage, part, finding="none")


def _find_mistake(stage: Stage, part: PlayedCase) -> None:
    _conclude(stage, part, finding="mistake")


def _find_void(stage: Stage, part: PlayedCase) -> None:
    _conclude(stage, part, finding="void")


def _conclude(stage: Stage, part: PlayedCase, *, finding: str) -> None:
    officer = stage.above(part, "award_officer")
    paper = stage.signed(part, "conclusion", "report", by=officer, mark="KL", called="Kết luận nội dung khiếu nại")
    stage.act(part, "conclude", by=officer, finding=finding, conclusion=paper)


def _correct(stage: Stage, part: PlayedCase) -> None:
    decider = stage.above(part, "award_decider")
    paper = stage.signed(part, "correction", "decision", by=decider, mark="QĐ", called="Quyết định đính chính")
    stage.act(part, "correct", by=decider, correction=paper)


def _propose(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    paper = stage.signed(part, "report", "report", by=head, mark="BC", called="Báo cáo đề nghị hủy quyết định")
    stage.act(part, "propose", by=head, report=paper)


def _revoke(stage: Stage, part: PlayedCase) -> None:
    decider = stage.above(part, "award_decider")
    paper = stage.signed(part, "revocation", "decision", by=decider, mark="QĐ", called="Quyết định hủy bỏ")
    stage.act(part, "revoke", by=decider, revocation=paper)


ADMITTED: Final = ("complain", "admit")
MOVES: Final[Moves] = {
    **nominations.MOVES,
    "complain": Move(_complain, (1, 2)),
    "admit": Move(_admit, (0, 1)),
    "dismiss": Move(_dismiss, (1,)),
    "find nothing": Move(_find_nothing, (2, 3)),
    "find a mistake": Move(_find_mistake, (1, 2)),
    "find it void": Move(_find_void, (2,)),
    "correct": Move(_correct, (0, 1)),
    "propose": Move(_propose, (1,)),
    "revoke": Move(_revoke, (1,)),
}
COMPLAINTS: Final = (
    Complaint("14389", ("complain",), date(2017, 11, 9)),
    Complaint("STTTT", ADMITTED, date(2017, 11, 8)),
    Complaint("14533", (*ADMITTED, "find a mistake", "correct"), date(2017, 11, 10)),
    Complaint("SKHCN", (*ADMITTED, "find nothing"), date(2017, 11, 10)),
    Complaint("14620", ("complain", "dismiss"), date(2017, 11, 8)),
    Complaint("LMHTX", (*ADMITTED, "find it void", "propose"), date(2017, 11, 10)),
    Complaint("14560", (*ADMITTED, "find it void", "propose", "revoke"), date(2017, 11, 10)),
)
