"""Letters with many nominees: what a unit hands in, and what a district consolidates of its communes' letters.

Knows the actions and fields of the shipped `dossier` and `consolidation`, as the people who use them do.
`merit` says in `memory` whom a letter names and for whom a district gathers.
"""

from typing import Final

from trinh.demo.families import merit_nominees
from trinh.demo.moves import Move, Moves
from trinh.demo.phrases import draw_sentence
from trinh.demo.stage import PlayedCase, Stage
from workflow.values import Json

DOSSIER: Final = "dossier"
CONSOLIDATION: Final = "consolidation"
UNITS_MINUTES: Final = "Biên bản họp Hội đồng cơ sở"
DISTRICTS_MINUTES: Final = "Biên bản họp Hội đồng cấp huyện"


def _nominate(stage: Stage, part: PlayedCase) -> None:
    """Open the nominees; those that are not ready yet are left half typed."""
    for nominee in part.memory["nominees"]:
        merit_nominees.begin(stage, nominee)
    for nominee in _ready(part):
        merit_nominees.make_ready(stage, nominee)


def _begin(stage: Stage, part: PlayedCase) -> None:
    """Open the letter and tick the nominees; the minutes are still missing."""
    clerk = stage.clerk_of(part)
    stage.open(part, DOSSIER, by=clerk)
    stage.save(part, {"line": _line(part), "nominees": _codes(part)}, by=clerk)


def _compile(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    if part.code is None:
        stage.open(part, DOSSIER, by=clerk)
    minutes = stage.numbered(part, "minutes", "minutes", by=clerk, mark="BB", called=UNITS_MINUTES)
    stage.act(part, "send", by=clerk, line=_line(part), minutes=minutes, nominees=_codes(part))


def _sign(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    stage.act(part, "sign", by=head, letter=stage.signed(part, "letter", "letter", by=head, mark="TTr"))


def _rewrite(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "rewrite", by=stage.head_of(part), comment=draw_sentence(part.chance, "list_rewrites"))


def _receive(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "receive", by=stage.above(part, "award_officer"))


def _give_back(stage: Stage, part: PlayedCase) -> None:
    defects: Json = [{"place": "Báo cáo thành tích", "what": draw_sentence(part.chance, "award_returns")}]
    stage.act(part, "return", by=stage.above(part, "award_officer"), defects=defects)


def _correct(stage: Stage, part: PlayedCase) -> None:
    """Make every nominee ready again and send the letter again."""
    for nominee in _ready(part):
        merit_nominees.make_ready(stage, nominee)
    _compile(stage, part)


def _withdraw(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "withdraw", by=stage.head_of(part), comment=draw_sentence(part.chance, "award_withdrawals"))


LETTERS: Final[Moves] = {
    "nominate": Move(_nominate),
    "begin": Move(_begin, (0, 1)),
    "compile": Move(_compile, (0, 1)),
    "sign": Move(_sign, (0, 1)),
    "rewrite": Move(_rewrite, (0, 1)),
    "receive": Move(_receive, (0, 1)),
    "return": Move(_give_back, (0, 1)),
    "correct": Move(_correct, (1, 2)),
    "withdraw": Move(_withdraw, (0, 1)),
}


def _gather(stage: Stage, part: PlayedCase) -> None:
    officer = stage.at_unit(part, "award_officer")
    stage.open(part, CONSOLIDATION, by=officer)
    if part.memory["nominees"]:
        stage.save(part, {"nominees": _codes(part)}, by=officer)


def _submit(stage: Stage, part: PlayedCase) -> None:
    officer = stage.at_unit(part, "award_officer")
    minutes = stage.numbered(part, "minutes", "minutes", by=officer, mark="BB", called=DISTRICTS_MINUTES)
    stage.act(part, "submit", by=officer, minutes=minutes, nominees=_codes(part))


def _sign_for_district(stage: Stage, part: PlayedCase) -> None:
    chair = stage.at_unit(part, "chair")
    stage.act(part, "sign", by=chair, letter=stage.signed(part, "letter", "letter", by=chair, mark="TTr"))


def _discard(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "list_discards")
    stage.act(part, "discard", by=stage.at_unit(part, "award_officer"), comment=comment)


GATHERINGS: Final[Moves] = {
    "gather": Move(_gather),
    "submit": Move(_submit, (1, 2)),
    "sign": Move(_sign_for_district, (0, 1)),
    "discard": Move(_discard),
}


def _ready(part: PlayedCase) -> list[PlayedCase]:
    return [nominee for nominee in part.memory["nominees"] if nominee.memory["is_ready"]]


def _codes(part: PlayedCase) -> list[Json]:
    return [nominee.the_code for nominee in _ready(part)]


def _line(part: PlayedCase) -> str:
    return "district" if part.unit.kind == "commune" else "province"
