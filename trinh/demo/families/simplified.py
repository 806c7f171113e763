"""How awards by the simplified procedure are played: for what happened suddenly, at the district or the province.

Knows the actions and fields of the shipped `simplified_award`, as the people who use it do; the engine decides whether
they may.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from trinh.demo.moves import Cue, Move, Moves, Played, each_ending_on
from trinh.demo.nominees import nominee_of
from trinh.demo.phrases import draw_sentence
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.values import Json

DEFINITION: Final = "simplified_award"


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The sudden awards of the movement under way."""
    return each_ending_on(stage, cue, DEFINITION, AT_ONCE, MOVES)


def _write_up(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.open(part, DEFINITION, by=clerk)
    stage.save(part, {"nominee": nominee_of(part, "person"), "level": _level(part)}, by=clerk)


def _send_feat(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    deed = (stage.today - timedelta(days=part.chance.randint(2, 6))).isoformat()
    report = stage.paper(part, "report", "report", by=clerk, called="Báo cáo tóm tắt thành tích")
    words: dict[str, Json] = {"nominee": nominee_of(part, "person"), "record": draw_sentence(part.chance, "feats")}
    stage.act(part, "send", by=clerk, **words, level=_level(part), ground="feat", deed_day=deed, report=report)


def _sign_letter(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    stage.act(part, "sign", by=head, letter=stage.signed(part, "letter", "letter", by=head, mark="TTr"))


def _verify(stage: Stage, part: PlayedCase) -> None:
    officer = stage.above(part, "award_officer")
    evidence = stage.paper(part, "evidence", "report", by=officer, called="Xác nhận của công an")
    opinion = draw_sentence(part.chance, "award_opinions")
    stage.act(part, "appraise", by=officer, evidence=evidence, opinion=opinion)


def _phone(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "phone", by=stage.at_province(part, "award_reviewer"))


def _submit(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "submit", by=stage.above(part, "award_reviewer"))


def _convert(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "conversions")
    stage.act(part, "convert", by=stage.above(part, "award_reviewer"), comment=comment)


def _refuse(stage: Stage, part: PlayedCase) -> None:
    reason = draw_sentence(part.chance, "award_refusals")
    stage.act(part, "refuse", by=stage.above(part, "award_decider"), reason=reason)


def _withdraw(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "award_withdrawals")
    stage.act(part, "withdraw", by=stage.clerk_of(part), comment=comment)


def _award(stage: Stage, part: PlayedCase) -> None:
    decider = stage.above(part, "award_decider")
    paper = stage.signed(part, "decision", "decision", by=decider, mark="QĐ")
    stage.act(part, "award", by=decider, decision=paper)


def _present(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "present", by=stage.above(part, "award_officer"))


def _complete(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.act(part, "complete", by=clerk, papers=stage.paper(part, "papers", "report", by=clerk))


def _level(part: PlayedCase) -> str:
    """Which level decides: that above the unit."""
    return "district" if part.unit.kind == "commune" else "province"


MOVES: Final[Moves] = {
    "write up": Move(_write_up),
    "send": Move(_send_feat),
    "sign": Move(_sign_letter),
    "verify": Move(_verify, (0, 1)),
    "phone": Move(_phone),
    "submit": Move(_submit),
    "convert": Move(_convert),
    "award": Move(_award, (0, 1)),
    "refuse": Move(_refuse, (0, 1)),
    "present": Move(_present, (0, 1)),
    "complete": Move(_complete, (2, 3)),
    "withdraw": Move(_withdraw),
}
VERIFIED: Final = ("write up", "send", "sign", "verify")
AWARDED: Final = (*VERIFIED, "submit", "award")

_LAST: Final = date(2017, 11, 10)
_LATE: Final = date(2017, 11, 9)
_EARLIER: Final = date(2017, 11, 3)

AT_ONCE: Final[Played] = (
    ("14428", ("write up",), _LAST),
    ("14431", ("write up", "send"), _LAST),
    ("14419", ("write up", "send", "sign"), _LAST),
    ("CAT", VERIFIED, _LAST),
    ("SGTVT", (*VERIFIED, "phone"), _LAST),
    ("14422", (*VERIFIED, "submit"), _LAST),
    ("BCHQS", (*VERIFIED, "submit"), _LAST),
    ("14413", AWARDED, _LAST),
    ("14398", (*AWARDED, "present"), _LATE),
    ("SYT", (*AWARDED, "present", "complete"), _LATE),
    ("14401", (*VERIFIED, "convert"), _LATE),
    ("SVHTT", (*VERIFIED, "convert"), _LATE),
    ("14335", (*VERIFIED, "submit", "refuse"), _EARLIER),
    ("14338", ("write up", "withdraw"), _EARLIER),
)
