"""How nominations are played: the journeys a nomination may take, and how many units' nominations end where.

Knows the actions and fields of the shipped `award_nomination`, as the people who use it do; the engine decides whether
they may. Nominees are invented.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final

from trinh.demo import phrases
from trinh.demo.moves import Cue, Journey, Move, Moves, pending, settled
from trinh.demo.nominees import achievement_of, nominee_of
from trinh.demo.organisation import UnitRow
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.values import Json

DEFINITION: Final = "award_nomination"
COMMUNES_AWARD: Final = "giay_khen"
OTHERS_AWARD: Final = "bang_khen"


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The nominations of the movement under way."""
    units = [stage.cast.rows[code] for code in sorted(cue.plans)]
    for place, (unit, ending) in enumerate(cases(cue.chance("nominations"), units)):
        part = PlayedCase(unit, cue.chance("nomination", f"{place}"), movement=cue.movement_id)
        goes = settled if ending in ENDED else pending
        yield goes(stage, part, MOVES, JOURNEYS[ending], window=cue.window)


def _start(stage: Stage, part: PlayedCase) -> None:
    stage.open(part, DEFINITION, by=stage.clerk_of(part))


def _save(stage: Stage, part: PlayedCase) -> None:
    """Type who is meant and leave: the achievement and the papers are still missing."""
    stage.save(part, {"nominee": nominee_of(part), "award": _award(part)}, by=stage.clerk_of(part))


def _send(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.act(
        part,
        "send",
        by=clerk,
        nominee=nominee_of(part),
        award=_award(part),
        achievement=achievement_of(part),
        report=stage.paper(part, "report", "report", by=clerk),
        minutes=stage.numbered(part, "minutes", "minutes", by=clerk, mark="BB"),
    )


def _sign(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    stage.act(part, "sign", by=head, letter=stage.signed(part, "letter", "letter", by=head, mark="TTr"))


def _withdraw(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "withdraw", by=stage.head_of(part), comment=phrases.draw_sentence(part.chance, "award_withdrawals"))


def _receive(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "receive", by=stage.above(part, "award_officer"))


def _give_back(stage: Stage, part: PlayedCase) -> None:
    what = phrases.draw_sentence(part.chance, "award_returns")
    defects: Json = [{"place": "Báo cáo thành tích", "what": what}]
    stage.act(part, "return", by=stage.above(part, "award_officer"), defects=defects)


def _appraise(stage: Stage, part: PlayedCase) -> None:
    opinion = phrases.draw_sentence(part.chance, "award_opinions")
    stage.act(part, "appraise", by=stage.above(part, "award_officer"), opinion=opinion)


def _endorse(stage: Stage, part: PlayedCase) -> None:
    comment = phrases.draw_sentence(part.chance, "award_endorsements")
    stage.act(part, "endorse", by=stage.above(part, "award_reviewer"), comment=comment)


def _approve(stage: Stage, part: PlayedCase) -> None:
    decider = stage.above(part, "award_decider")
    symbol = f"{part.chance.randint(1100, 1900)}/QĐ-UBND"
    said = {"symbol": symbol, "dated": stage.today.isoformat(), "signer": stage.cast.names[decider]}
    stage.act(part, "approve", by=decider, decision=stage.paper(part, "decision", "decision", by=decider, **said))


def _refuse(stage: Stage, part: PlayedCase) -> None:
    reason = phrases.draw_sentence(part.chance, "award_refusals")
    stage.act(part, "refuse", by=stage.above(part, "award_decider"), reason=reason)


MOVES: Final[Moves] = {
    "open": Move(_start, (0,)),
    "save": Move(_save, (0,)),
    "send": Move(_send, (0, 1, 2)),
    "sign": Move(_sign, (0, 1, 2)),
    "withdraw": Move(_withdraw, (0, 1)),
    "receive": Move(_receive, (0, 1)),
    "return": Move(_give_back, (1, 2)),
    "appraise": Move(_appraise, (2, 3, 4)),
    "endorse": Move(_endorse, (0, 1, 2)),
    "approve": Move(_approve, (1, 2)),
    "refuse": Move(_refuse, (1, 2)),
}

THROUGH: Final = ("open", "send", "sign", "receive", "appraise", "endorse", "approve")
JOURNEYS: Final[Mapping[str, Journey]] = {
    "draft": ("open", "save"),
    "signing": THROUGH[:2],
    "submitted": THROUGH[:3],
    "appraising": THROUGH[:4],
    "reviewing": THROUGH[:5],
    "reviewed": THROUGH[:6],
    "approved": THROUGH,
    "approved after a return": ("open", "send", "sign", "receive", "return", *THROUGH[1:]),
    "refused": (*THROUGH[:6], "refuse"),
    "revise": ("open", "send", "sign", "receive", "return"),
    "withdrawn": ("open", "send", "sign", "withdraw"),
}
ENDED: Final = frozenset({"approved", "approved after a return", "refused", "withdrawn"})

FIXED: Final[Sequence[tuple[str, str]]] = (
    ("14404", "signing"), ("14404", "draft"), ("14404", "approved"),
    ("14383", "submitted"), ("14386", "submitted"), ("14389", "appraising"), ("14392", "reviewing"),
    ("14395", "reviewing"), ("14383", "reviewed"), ("14389", "reviewed"),
    ("SLDTBXH", "signing"), ("SLDTBXH", "draft"), ("372", "appraising"),
    ("SYT", "submitted"), ("SGDDT", "appraising"), ("SNNPTNT", "reviewing"), ("STC", "reviewing"),
    ("HLHPN", "reviewed"), ("SXD", "reviewed"), ("UBMTTQ", "reviewed"),
)  # fmt: skip
"""Nominations of single units, so that each account of the demonstration finds its work."""

DRAWN: Final[Mapping[str, int]] = {
    "draft": 3, "signing": 2, "submitted": 2, "appraising": 3, "reviewing": 2, "reviewed": 1, "approved": 7,
    "approved after a return": 2, "refused": 4, "revise": 4, "withdrawn": 3,
}  # fmt: skip
"""How many more end where, of units drawn by chance."""


def cases(chance: Random, units: Sequence[UnitRow]) -> list[tuple[UnitRow, str]]:
    """Say whose nominations are played and where they end, the same for the same chance."""
    by_code = {unit.code: unit for unit in units}
    drawn = chance.sample(list(units), sum(DRAWN.values()))
    ends = [ending for ending, number in DRAWN.items() for _ in range(number)]
    return [*((by_code[code], ending) for code, ending in FIXED), *zip(drawn, ends, strict=True)]


def _award(part: PlayedCase) -> str:
    """Communes propose what their district decides, everybody else what the province decides."""
    return COMMUNES_AWARD if part.unit.kind == "commune" else OTHERS_AWARD
