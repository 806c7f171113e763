"""How reviews of a movement are played: units' reports, and what districts sum up of their communes' reports.

Knows the actions and fields of the shipped `review_report` and `review_summary`, as the people who use them do. The
movement that is over was reviewed in spring 2017; in November an inspection finds figures that must be corrected. The
reviews of the movement under way open by themselves when their day comes.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from trinh.demo.days import Window
from trinh.demo.moves import Cue, Journey, Move, Moves, ending_on, settled
from trinh.demo.phrases import draw_sentence
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.values import Json

EARLIER: Final = "tai-lap-tinh-25-nam"
REPORTS: Final = "final"
SUMMARIES: Final = "final_districts"
UNITS: Final = ("SVHTT", "SNNPTNT", "HLHPN", "14404", "14437", "14449", "14458", "14533", "14620", "14686")
DISTRICTS: Final = ("372", "376")
INTEGRATED: Final = frozenset({"SNNPTNT", "14533"})
"""Whose report is a part of their yearly review."""

REPORTED: Final = Window(date(2017, 2, 6), date(2017, 3, 3))
SUMMED_UP: Final = Window(date(2017, 3, 8), date(2017, 3, 17))
INSPECTED: Final = Window(date(2017, 11, 6), date(2017, 11, 10))


def earlier(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The review of the movement that is over: all reports were accepted, those of communes summed up."""
    for unit in UNITS:
        part = _part(stage, cue, unit, milestone=REPORTS)
        yield settled(stage, part, MOVES, part.chance.choice(JOURNEYS), window=REPORTED)
    for district in DISTRICTS:
        part = _part(stage, cue, district, milestone=SUMMARIES)
        yield settled(stage, part, SUMMARY_MOVES, SUMMED, window=SUMMED_UP)


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """What is corrected after the inspection: first the district's summary, which holds the reports of its communes."""
    part = _part(stage, cue, "372", milestone=SUMMARIES)
    yield ending_on(stage, part, SUMMARY_MOVES, ("find", "correct"), within=Window(INSPECTED.first, date(2017, 11, 8)))
    for unit, journey in CORRECTED.items():
        part = _part(stage, cue, unit, milestone=REPORTS)
        yield ending_on(stage, part, MOVES, journey, within=Window(date(2017, 11, 9), INSPECTED.last))


def _part(stage: Stage, cue: Cue, unit: str, *, milestone: str) -> PlayedCase:
    chance = cue.chance("review", cue.movement, unit, milestone)
    return PlayedCase(stage.cast.rows[unit], chance, memory={"milestone": milestone})


def _find(stage: Stage, part: PlayedCase) -> None:
    """Take up the case that the movement opened for the unit."""
    part.code = stage.owed(EARLIER, part.memory["milestone"])[part.unit.code]


def _begin(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "begin", by=stage.clerk_of(part))


def _send(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.act(part, "send", by=clerk, **_figures(part), **_assessment(stage, part, by=clerk))


def _figures(part: PlayedCase) -> dict[str, Json]:
    before = part.chance.randint(30, 160)
    return {
        "poor_before": before,
        "poor_now": before - part.chance.randint(5, before // 3),
        "support": part.chance.randrange(20, 400, 5) * 1_000_000,
        "houses": part.chance.randint(0, 14),
        "commended": part.chance.randint(0, 9),
    }


def _assessment(stage: Stage, part: PlayedCase, *, by: int) -> dict[str, Json]:
    if part.unit.code in INTEGRATED:
        annual = stage.signed(part, "pointer", "report", by=by, mark="BC", called="Báo cáo tổng kết năm 2016")
        return {"form": "annual", "pointer": annual}
    return {"form": "own", "text": draw_sentence(part.chance, "review_texts")}


def _sign(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    if part.unit.code in INTEGRATED:
        stage.act(part, "sign", by=head)
        return
    stage.act(part, "sign", by=head, report=_report(stage, part, by=head))


def _report(stage: Stage, part: PlayedCase, *, by: int) -> dict[str, Json]:
    return stage.signed(part, "report", "report", by=by, mark="BC", called="Báo cáo tổng kết phong trào")


def _accept(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "accept", by=stage.above(part, "plan_officer"))


def _give_back(stage: Stage, part: PlayedCase) -> None:
    defects: Json = [{"place": "Số liệu", "what": draw_sentence(part.chance, "review_returns")}]
    stage.act(part, "return", by=stage.above(part, "plan_officer"), defects=defects)


def _correct(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "review_corrections")
    stage.act(part, "correct", by=stage.above(part, "plan_officer"), comment=comment)


MOVES: Final[Moves] = {
    "find": Move(_find),
    "begin": Move(_begin),
    "send": Move(_send, (1, 2, 3)),
    "sign": Move(_sign, (0, 1)),
    "accept": Move(_accept, (1, 2)),
    "return": Move(_give_back, (1, 2)),
    "correct": Move(_correct),
}
STRAIGHT: Final = ("find", "begin", "send", "sign", "accept")
JOURNEYS: Final = (STRAIGHT, STRAIGHT, ("find", "begin", "send", "sign", "return", "send", "sign", "accept"))
CORRECTED: Final[Mapping[str, Journey]] = {
    "SVHTT": ("find", "correct", "send", "sign"),
    "HLHPN": ("find", "correct", "send"),
    "SNNPTNT": ("find", "correct"),
    "14404": ("find", "correct"),
}


def _begin_summary(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "begin", by=stage.at_unit(part, "plan_officer"))


def _sum_up(stage: Stage, part: PlayedCase) -> None:
    """Put the reports of the communes on the list; the totals are theirs."""
    codes = [code for unit, code in stage.owed(EARLIER, REPORTS).items() if _is_below(stage, unit, part)]
    reports: list[Json] = [*codes]
    text = draw_sentence(part.chance, "review_texts")
    stage.act(part, "send", by=stage.at_unit(part, "plan_officer"), reports=reports, expected=len(reports), text=text)


def _is_below(stage: Stage, unit: str, part: PlayedCase) -> bool:
    return stage.cast.rows[unit].parent == part.unit.code


def _sign_summary(stage: Stage, part: PlayedCase) -> None:
    chair = stage.at_unit(part, "chair")
    stage.act(part, "sign", by=chair, report=_report(stage, part, by=chair))


SUMMARY_MOVES: Final[Moves] = {
    "find": Move(_find),
    "begin": Move(_begin_summary),
    "send": Move(_sum_up, (1, 2)),
    "sign": Move(_sign_summary, (0, 1)),
    "accept": Move(_accept, (1, 2)),
    "correct": Move(_correct),
}
SUMMED: Final = STRAIGHT
