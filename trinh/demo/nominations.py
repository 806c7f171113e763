"""How nominations are played: the journeys a nomination may take, and how many units' nominations end where.

Knows the actions and fields of the shipped `award_nomination`, as the people who use it do; the engine decides whether
they may. Nominees are invented. Called by `playing`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Final

from trinh.demo import phrases
from trinh.demo.days import Window, moments, working_days
from trinh.demo.organisation import UnitRow
from trinh.demo.plans import PENDING_SINCE, Move
from trinh.demo.stage import Part, Play, Stage
from workflow.values import Json

DEFINITION: Final = "award_nomination"
COMMUNES_AWARD: Final = "giay_khen"
OTHERS_AWARD: Final = "bang_khen"


def _start(stage: Stage, part: Part) -> None:
    stage.open(part, DEFINITION, by=_clerk(stage, part))


def _save(stage: Stage, part: Part) -> None:
    """Type who is meant and leave: the achievement and the papers are still missing."""
    stage.save(part, {"nominee": _nominee(part), "award": _award(part)}, by=_clerk(stage, part))


def _send(stage: Stage, part: Part) -> None:
    clerk, today = _clerk(stage, part), stage.today.isoformat()
    nominee = _nominee(part)
    minutes = {"symbol": _symbol(part, "BB"), "dated": today}
    stage.act(
        part,
        "send",
        by=clerk,
        nominee=nominee,
        award=_award(part),
        achievement=part.memory["achievement"],
        report=stage.paper(part, "report", "report", by=clerk),
        minutes=stage.paper(part, "minutes", "minutes", by=clerk, **minutes),
    )


def _sign(stage: Stage, part: Part) -> None:
    head = _head(stage, part)
    said = {"symbol": _symbol(part, "TTr"), "dated": stage.today.isoformat(), "signer": stage.cast.names[head]}
    stage.act(part, "sign", by=head, letter=stage.paper(part, "letter", "letter", by=head, **said))


def _withdraw(stage: Stage, part: Part) -> None:
    stage.act(part, "withdraw", by=_head(stage, part), comment=phrases.draw_sentence(part.chance, "award_withdrawals"))


def _receive(stage: Stage, part: Part) -> None:
    stage.act(part, "receive", by=_above(stage, part, "award_officer"))


def _give_back(stage: Stage, part: Part) -> None:
    what = phrases.draw_sentence(part.chance, "award_returns")
    defects: Json = [{"place": "Báo cáo thành tích", "what": what}]
    stage.act(part, "return", by=_above(stage, part, "award_officer"), defects=defects)


def _appraise(stage: Stage, part: Part) -> None:
    opinion = phrases.draw_sentence(part.chance, "award_opinions")
    stage.act(part, "appraise", by=_above(stage, part, "award_officer"), opinion=opinion)


def _endorse(stage: Stage, part: Part) -> None:
    comment = phrases.draw_sentence(part.chance, "award_endorsements")
    stage.act(part, "endorse", by=_above(stage, part, "award_reviewer"), comment=comment)


def _approve(stage: Stage, part: Part) -> None:
    decider = _above(stage, part, "award_decider")
    symbol = f"{part.chance.randint(1100, 1900)}/QĐ-UBND"
    said = {"symbol": symbol, "dated": stage.today.isoformat(), "signer": stage.cast.names[decider]}
    stage.act(part, "approve", by=decider, decision=stage.paper(part, "decision", "decision", by=decider, **said))


def _refuse(stage: Stage, part: Part) -> None:
    reason = phrases.draw_sentence(part.chance, "award_refusals")
    stage.act(part, "refuse", by=_above(stage, part, "award_decider"), reason=reason)


MOVES: Final[Mapping[str, Move]] = {
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
JOURNEYS: Final[Mapping[str, Sequence[str]]] = {
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


def played(stage: Stage, part: Part, *, ending: str, window: Window) -> Play:
    """Play a nomination to its ending within a window."""
    journey = JOURNEYS[ending]
    waits = [part.chance.choice(MOVES[name].waits) for name in journey]
    span = working_days(stage.calendar, window)
    days = span[min(sum(waits[1:]), len(span) - 1) :] if ending in ENDED else span[-PENDING_SINCE:]
    last = part.chance.choice(days)
    return _acts(stage, part, journey, moments(part.chance, stage.calendar, waits, last=last, first=window.first))


def _acts(stage: Stage, part: Part, journey: Sequence[str], at: Sequence[datetime]) -> Iterator[datetime]:
    for name, moment in zip(journey, at, strict=True):
        yield moment
        MOVES[name].play(stage, part)


def _nominee(part: Part) -> dict[str, Json]:
    """Who is nominated: drawn once, so that a corrected nomination is about the same."""
    if "nominee" not in part.memory:
        drawn = phrases.draw_nominee(part.chance, part.unit)
        nominee: dict[str, Json] = {"kind": drawn.kind, "name": drawn.name}
        if drawn.kind == "person":
            nominee["position"] = drawn.post.vi
        part.memory |= {"nominee": nominee, "achievement": drawn.achievement}
    found: dict[str, Json] = part.memory["nominee"]
    return found


def _award(part: Part) -> str:
    """Communes propose what their district decides, everybody else what the province decides."""
    return COMMUNES_AWARD if part.unit.kind == "commune" else OTHERS_AWARD


def _symbol(part: Part, kind: str) -> str:
    number, _, rest = phrases.draw_plan_number(part.chance, part.unit).partition("/")
    return f"{number}/{kind}-{rest.partition('-')[2]}"


def _clerk(stage: Stage, part: Part) -> int:
    return stage.cast.at("unit_clerk", part.unit, chance=part.chance)


def _head(stage: Stage, part: Part) -> int:
    return stage.cast.at("unit_head", part.unit, chance=part.chance)


def _above(stage: Stage, part: Part, role: str) -> int:
    return stage.cast.above(role, part.unit, chance=part.chance)
