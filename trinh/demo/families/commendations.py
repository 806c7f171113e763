"""How certificates of commendation are played: a district's, and a commune's own.

Knows the actions and fields of the shipped `commendation` and `commune_commendation`, as the people who use them do.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from trinh.demo.moves import Cue, Move, Moves, Played, each_ending_on
from trinh.demo.nominees import achievement_of, nominee_of
from trinh.demo.phrases import Pool, draw_sentence
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.values import Json

DISTRICT: Final = "commendation"
COMMUNE: Final = "commune_commendation"
COUNCIL: Final = 9
"""Members of a commune's council, as its minutes say."""


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The commendations of the movement under way."""
    yield from each_ending_on(stage, cue, DISTRICT, OF_DISTRICTS, DISTRICTS)
    yield from each_ending_on(stage, cue, COMMUNE, OF_COMMUNES, COMMUNES)


def _described(part: PlayedCase) -> dict[str, Json]:
    return {"nominee": nominee_of(part), "record": achievement_of(part)}


def _say(stage: Stage, part: PlayedCase, action: str, *, by: int, **said: Pool) -> None:
    """Act with words that are drawn for the fields named."""
    words: dict[str, Json] = {name: draw_sentence(part.chance, pool) for name, pool in said.items()}
    stage.act(part, action, by=by, **words)


# -- a district's certificate


def _begin(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.open(part, DISTRICT, by=clerk)
    stage.save(part, {"nominee": nominee_of(part)}, by=clerk)


def _send(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    report = stage.paper(part, "report", "report", by=clerk)
    minutes = stage.numbered(part, "minutes", "minutes", by=clerk, mark="BB")
    stage.act(part, "send", by=clerk, **_described(part), report=report, minutes=minutes)


def _endorse(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    stage.act(part, "endorse", by=head, letter=stage.signed(part, "letter", "letter", by=head, mark="TTr"))


def _rewrite(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "rewrite", by=stage.head_of(part), comment="commendation_rewrites")


def _receive(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "receive", by=stage.above(part, "award_officer"))


def _give_back(stage: Stage, part: PlayedCase) -> None:
    defects: Json = [{"place": "Báo cáo thành tích", "what": draw_sentence(part.chance, "award_returns")}]
    stage.act(part, "return", by=stage.above(part, "award_officer"), defects=defects)


def _appraise(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "appraise", by=stage.above(part, "award_officer"), opinion="award_opinions")


def _submit(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "submit", by=stage.above(part, "award_reviewer"))


def _put_to_council(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "vote", by=stage.above(part, "award_reviewer"))


def _raise(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "raise", by=stage.above(part, "award_reviewer"), award="bang_khen")


def _reject(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "reject", by=stage.above(part, "award_reviewer"), reason="award_refusals")


def _sign(stage: Stage, part: PlayedCase) -> None:
    decider = stage.above(part, "award_decider")
    paper = stage.signed(part, "decision", "decision", by=decider, mark="QĐ", called="Quyết định tặng Giấy khen")
    stage.act(part, "sign", by=decider, decision=paper)


def _refuse(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "refuse", by=stage.above(part, "award_decider"), reason="award_refusals")


def _inform(stage: Stage, part: PlayedCase) -> None:
    officer = stage.above(part, "award_officer")
    answer = stage.numbered(part, "answer", "letter", by=officer, mark="CV", called="Công văn trả lời")
    stage.act(part, "inform", by=officer, answer=answer)


def _hand_out(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "hand_out", by=stage.above(part, "award_officer"))


def _withdraw(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "withdraw", by=stage.clerk_of(part), comment="award_withdrawals")


DISTRICTS: Final[Moves] = {
    "begin": Move(_begin),
    "send": Move(_send, (0, 1)),
    "endorse": Move(_endorse, (0, 1)),
    "rewrite": Move(_rewrite, (0, 1)),
    "receive": Move(_receive, (0, 1)),
    "return": Move(_give_back, (1, 2)),
    "appraise": Move(_appraise, (1, 2)),
    "submit": Move(_submit, (0, 1)),
    "vote": Move(_put_to_council, (0, 1)),
    "raise": Move(_raise, (0, 1)),
    "reject": Move(_reject, (0, 1)),
    "sign": Move(_sign, (0, 1)),
    "refuse": Move(_refuse, (0, 1)),
    "inform": Move(_inform, (1, 2)),
    "hand out": Move(_hand_out, (1, 2)),
    "withdraw": Move(_withdraw, (0, 1)),
}
SENT: Final = ("begin", "send", "endorse")
APPRAISED: Final = (*SENT, "receive", "appraise")
SIGNED: Final = (*APPRAISED, "submit", "sign")


# -- a commune's own certificate


def _begin_here(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.open(part, COMMUNE, by=clerk)
    stage.save(part, {"nominee": nominee_of(part), "occasion": "theme"}, by=clerk)


def _send_here(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    report = stage.paper(part, "report", "report", by=clerk)
    minutes = stage.numbered(part, "minutes", "minutes", by=clerk, mark="BB")
    votes = {"council": COUNCIL, "agreed": part.chance.randint(COUNCIL - 3, COUNCIL)}
    stage.act(part, "send", by=clerk, **_described(part), occasion="theme", report=report, minutes=minutes, **votes)


def _send_sudden(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    report = stage.paper(part, "report", "report", by=clerk)
    stage.act(part, "send", by=clerk, **_described(part), occasion="sudden", report=report)


def _sign_here(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    paper = stage.signed(part, "decision", "decision", by=head, mark="QĐ", called="Quyết định tặng Giấy khen")
    stage.act(part, "sign", by=head, decision=paper)


def _refuse_here(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "refuse", by=stage.head_of(part), reason="award_refusals")


def _inform_here(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    answer = stage.numbered(part, "answer", "letter", by=clerk, mark="CV", called="Công văn trả lời")
    stage.act(part, "inform", by=clerk, answer=answer)


def _hand_out_here(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "hand_out", by=stage.clerk_of(part))


COMMUNES: Final[Moves] = {
    "begin": Move(_begin_here),
    "send": Move(_send_here, (0, 1)),
    "send at once": Move(_send_sudden),
    "rewrite": Move(_rewrite, (0, 1)),
    "sign": Move(_sign_here, (0, 1)),
    "refuse": Move(_refuse_here, (0, 1)),
    "inform": Move(_inform_here, (1, 2)),
    "hand out": Move(_hand_out_here, (1, 2)),
    "withdraw": Move(_withdraw, (0, 1)),
}


# -- what is played

_LAST: Final = date(2017, 11, 10)
_LATE: Final = date(2017, 11, 9)
_EARLIER: Final = date(2017, 11, 3)

OF_DISTRICTS: Final[Played] = (
    ("14398", ("begin",), _LAST),
    ("14401", ("begin", "send"), _LATE),
    ("14404", ("begin", "send", "rewrite"), _LATE),
    ("14410", SENT, _LAST),
    ("14413", (*SENT, "receive"), _LATE),
    ("14416", (*SENT, "receive", "return"), _LATE),
    ("14419", APPRAISED, _LATE),
    ("14422", (*APPRAISED, "vote"), _LAST),
    ("14425", (*APPRAISED, "submit"), _LAST),
    ("14428", SIGNED, _LATE),
    ("14431", (*SIGNED, "hand out"), _EARLIER),
    ("14320", (*SIGNED, "hand out"), _EARLIER),
    ("14362", (*APPRAISED, "submit", "refuse"), _LATE),
    ("14323", (*APPRAISED, "reject", "inform"), _EARLIER),
    ("14407", (*APPRAISED, "raise"), _LATE),
    ("14365", ("begin", "send", "rewrite", "withdraw"), _EARLIER),
)
OF_COMMUNES: Final[Played] = (
    ("14404", ("begin", "send"), _LATE),
    ("14383", ("begin",), _LAST),
    ("14386", ("begin", "send"), _LATE),
    ("14389", ("begin", "send", "rewrite", "send", "sign"), _LATE),
    ("14392", ("begin", "send", "sign", "hand out"), _EARLIER),
    ("14395", ("begin", "send at once", "sign", "hand out"), _EARLIER),
    ("14326", ("begin", "send", "refuse"), _LATE),
    ("14329", ("begin", "send", "refuse", "inform"), _EARLIER),
    ("14332", ("begin", "withdraw"), _EARLIER),
)
