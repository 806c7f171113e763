"""How plans are played: the journeys a plan may take, move by move, and which unit's plan ends where.

Knows the actions and fields of the shipped `unit_plan`, as the people who use it do; the engine decides whether they
may.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Final, Literal

from trinh.demo import phrases
from trinh.demo.moves import Cue, Journey, Move, Moves, pending, settled
from trinh.demo.organisation import UnitRow
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.values import Json

Ending = Literal["owed", "draft", "signing", "submitted", "review", "revise", "acknowledged", "amending", "amended"]


def earlier(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The plans of the movement that is over: all were acknowledged."""
    for code, case in cue.plans.items():
        part = PlayedCase(stage.cast.rows[code], cue.chance(cue.movement, code), code=case)
        yield settled(stage, part, MOVES, STRAIGHT, window=cue.window)


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The plans of the movement under way, each on its way to where it ends."""
    units = [stage.cast.rows[code] for code in sorted(cue.plans)]
    for code, ending in endings(cue.chance("endings"), units).items():
        unit = stage.cast.rows[code]
        part = PlayedCase(unit, cue.chance(cue.movement, code), code=cue.plans[code])
        goes = settled if ending in ENDED else pending
        yield goes(stage, part, MOVES, drawn_journey(part.chance, unit, ending=ending), window=cue.window)


def _begin(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "begin", by=stage.clerk_of(part))


def _save(stage: Stage, part: PlayedCase) -> None:
    """Type the targets and leave: launch day and contact are still missing."""
    stage.save(part, {"targets": _targets(part)[:2]}, by=stage.clerk_of(part))


def _send(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    launch = phrases.draw_launch_day(part.chance, stage.today + timedelta(days=3), stage.today + timedelta(days=21))
    contact: Json = {"name": stage.cast.names[clerk], "person": clerk}
    stage.act(part, "send", by=clerk, targets=_targets(part), launch=launch.isoformat(), contact=contact)


def _rewrite(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "rewrite", by=stage.head_of(part), comment=phrases.draw_sentence(part.chance, "rewrites"))


def _sign(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    symbol = part.memory.setdefault("symbol", phrases.draw_symbol(part.chance, part.unit, "KH"))
    said = {"symbol": symbol, "dated": stage.today.isoformat(), "signer": stage.cast.names[head]}
    stage.act(part, "sign", by=head, plan=stage.paper(part, "plan", "plan", by=head, **said))


def _withdraw(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "withdraw", by=stage.clerk_of(part))


def _receive(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "receive", by=stage.above(part, "plan_officer"))


def _remark(stage: Stage, part: PlayedCase) -> None:
    """The block's lead reads the plan, where there is a lead and it is not their own."""
    lead = stage.cast.at_block("block_lead", part.unit)
    if lead is not None:
        stage.act(part, "answer:remark", by=lead, answer="seen")


def _give_back(stage: Stage, part: PlayedCase) -> None:
    defects: Json = [{"place": defect.place, "what": defect.what} for defect in phrases.draw_defects(part.chance)]
    stage.act(part, "return", by=stage.above(part, "plan_reviewer"), defects=defects)


def _acknowledge(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "acknowledge", by=stage.above(part, "plan_reviewer"))


def _amend(stage: Stage, part: PlayedCase) -> None:
    """Open the amendment; from here on the part is about the new case."""
    comment = phrases.draw_sentence(part.chance, "amendments")
    done = stage.act(part, "amend", by=stage.clerk_of(part), comment=comment)
    part.code = done.opened[0].code
    part.memory.clear()


MOVES: Final[Moves] = {
    "begin": Move(_begin, (0,)),
    "save": Move(_save, (0, 0, 1)),
    "send": Move(_send, (1, 1, 2, 2, 3)),
    "rewrite": Move(_rewrite, (0, 1)),
    "sign": Move(_sign, (0, 1, 1, 2)),
    "withdraw": Move(_withdraw, (0, 1)),
    # Now and then an office is late, and the reviewer is notified.
    "receive": Move(_receive, (0, 0, 1, 1, 1, 1, 2, 2, 2, 5)),
    "remark": Move(_remark, (0, 1)),
    "return": Move(_give_back, (1, 1, 2, 3)),
    "acknowledge": Move(_acknowledge, (1, 2, 2, 3)),
    "amend": Move(_amend, (2, 3)),
}

STRAIGHT: Final = ("begin", "send", "sign", "receive", "acknowledge")
REMARKED: Final = ("begin", "send", "sign", "receive", "remark", "acknowledge")
REWRITTEN: Final = ("begin", "send", "rewrite", "send", "sign", "receive", "acknowledge")
RETURNED: Final = ("begin", "send", "sign", "receive", "return", "send", "sign", "receive", "acknowledge")
WITHDRAWN: Final = ("begin", "send", "sign", "withdraw", "send", "sign", "receive", "acknowledge")

JOURNEYS: Final[Mapping[Ending, Sequence[Journey]]] = {
    "owed": [()],
    "draft": [("begin", "save"), ("begin", "save"), ("begin",), ("begin", "send", "rewrite")],
    "signing": [("begin", "send"), ("begin", "send"), ("begin", "send", "sign", "receive", "return", "send")],
    "submitted": [("begin", "send", "sign"), ("begin", "send", "sign"), RETURNED[:-2]],
    "review": [STRAIGHT[:-1], STRAIGHT[:-1], REMARKED[:-1], RETURNED[:-1]],
    "revise": [RETURNED[:5], (*RETURNED[:5], "save"), WITHDRAWN[:4]],
    "acknowledged": [*[STRAIGHT] * 5, *[REMARKED] * 3, *[RETURNED] * 3, REWRITTEN, WITHDRAWN],
    "amending": [(*STRAIGHT, "amend")],
    "amended": [(*STRAIGHT, "amend", "send", "sign", "receive", "acknowledge")],
}
"""How a plan may come to where it ends; one is drawn."""

ENDINGS: Final[Sequence[Ending]] = (
    "acknowledged", "review", "acknowledged", "submitted", "acknowledged", "owed", "acknowledged", "acknowledged",
    "draft", "acknowledged", "acknowledged", "revise", "acknowledged", "acknowledged", "amended", "acknowledged",
    "owed", "acknowledged", "signing", "acknowledged", "acknowledged", "amending", "acknowledged", "draft",
    "acknowledged", "acknowledged", "acknowledged",
)  # fmt: skip
"""Where plans of the units under one parent end, in the order drawn and then from the start: two thirds are through."""

FIXED: Final[Mapping[str, tuple[Ending, Journey]]] = {
    "14404": ("owed", ()),  # Cúc Phương: its clerk prepares the plan
    "SLDTBXH": ("revise", (*RETURNED[:5], "save")),  # the labour department corrects what the board returned
    "372": ("signing", STRAIGHT[:2]),  # the chairman of Nho Quan signs the district's own plan
    "14383": ("submitted", STRAIGHT[:3]),
    "14386": ("submitted", STRAIGHT[:3]),
    "14389": ("submitted", RETURNED[:-2]),
    "14392": ("review", STRAIGHT[:4]),
    "14395": ("review", RETURNED[:-1]),
}
"""Where single units' plans end and how, so that each account of the demonstration finds its work."""

DEFINITION: Final = "unit_plan"
ENDED: Final = frozenset({"acknowledged", "amended"})


def endings(chance: Random, units: Sequence[UnitRow]) -> dict[str, Ending]:
    """Say where each unit's plan ends, the same for the same chance."""
    by_parent: dict[str | None, list[UnitRow]] = {}
    for unit in units:
        if unit.code not in FIXED:
            by_parent.setdefault(unit.parent, []).append(unit)
    ends = {unit.code: FIXED[unit.code][0] for unit in units if unit.code in FIXED}
    for siblings in by_parent.values():
        chance.shuffle(siblings)
        ends |= {unit.code: ENDINGS[place % len(ENDINGS)] for place, unit in enumerate(siblings)}
    return ends


def drawn_journey(chance: Random, unit: UnitRow, *, ending: Ending) -> Journey:
    """Say how a unit's plan comes to its ending."""
    return FIXED[unit.code][1] if unit.code in FIXED else chance.choice(JOURNEYS[ending])


def _targets(part: PlayedCase) -> list[Json]:
    return [
        {"indicator": target.indicator, "target": target.target}
        for target in phrases.draw_targets(part.chance, part.unit)
    ]
