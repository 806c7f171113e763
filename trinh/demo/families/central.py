"""How proposals for the Prime Minister's certificate of merit are played, from a unit's council to the province's.

Knows the actions and fields of the shipped `pm_proposal`, `pm_nominee` and `pm_submission`, as the people who use them
do. In the four weeks that are played nobody comes further than before the council.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from trinh.demo.moves import Cue, Move, Moves, Played, each_ending_on
from trinh.demo.nominees import achievement_of, nominee_of
from trinh.demo.organisation import ROOT
from trinh.demo.phrases import draw_sentence
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.machine.calendar import add_working_days
from workflow.values import Json

PROPOSAL: Final = "pm_proposal"
SUBMISSION: Final = "pm_submission"
YEAR: Final = 2017
COUNCIL: Final = 15
"""Members of a unit's own council, as its minutes say."""
NOTICE: Final = 10
"""Working days for which names are published before the council meets."""
AGENCIES: Final = {"enterprise": "CUCTHUE"}
PROGRAMME: Final = "SLDTBXH"


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The proposals of the movement under way, and the letter that is prepared for those whom the council will pass."""
    yield from each_ending_on(stage, cue, PROPOSAL, PROPOSED, MOVES)
    yield from each_ending_on(stage, cue, SUBMISSION, SUBMITTED, MOVES)


def _write(stage: Stage, part: PlayedCase) -> None:
    clerk = stage.clerk_of(part)
    stage.open(part, PROPOSAL, by=clerk)
    stage.save(part, {"nominee": nominee_of(part), "year": YEAR}, by=clerk)


def _send(stage: Stage, part: PlayedCase) -> None:
    """Send everything for signature; whoever sends it is named in it."""
    clerk = stage.clerk_of(part)
    is_enterprise = part.unit.kind == "enterprise"
    said: dict[str, Json] = {
        "nominee": nominee_of(part),
        "year": YEAR,
        "sector": "enterprise" if is_enterprise else "other",
        "record": achievement_of(part),
        "contact": {"name": stage.cast.names[clerk], "person": clerk},
        "council": COUNCIL,
        "agreed": part.chance.randint(COUNCIL - 2, COUNCIL),
        "report": stage.paper(part, "report", "report", by=clerk),
        "prior": stage.paper(part, "prior", "decision", by=clerk, called="Các quyết định khen thưởng trước"),
        "minutes": stage.numbered(part, "minutes", "minutes", by=clerk, mark="BB"),
    }
    if is_enterprise:
        said["duties"] = stage.paper(part, "duties", "report", by=clerk, called="Xác nhận nghĩa vụ thuế, bảo hiểm")
    stage.act(part, "send", by=clerk, **said)


def _sign(stage: Stage, part: PlayedCase) -> None:
    head = stage.head_of(part)
    stage.act(part, "sign", by=head, letter=stage.signed(part, "letter", "letter", by=head, mark="TTr"))


def _rewrite(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "commendation_rewrites")
    stage.act(part, "rewrite", by=stage.head_of(part), comment=comment)


def _give_back(stage: Stage, part: PlayedCase) -> None:
    defects: Json = [{"place": "Báo cáo thành tích", "what": draw_sentence(part.chance, "award_returns")}]
    stage.act(part, "return", by=stage.at_province(part, "award_officer"), defects=defects)


def _take_back(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "award_withdrawals")
    stage.act(part, "withdraw", by=stage.head_of(part), comment=comment)


def _receive(stage: Stage, part: PlayedCase) -> None:
    """Take a proposal in; from here on the part is about the nominee that this opens."""
    done = stage.act(part, "receive", by=stage.at_province(part, "award_officer"))
    part.code = done.opened[0].code


def _propose(stage: Stage, part: PlayedCase) -> None:
    opinion = draw_sentence(part.chance, "award_opinions")
    asked = stage.cast.units[_agency(part)]
    by = stage.at_province(part, "award_officer")
    stage.act(part, "propose", by=by, nominee=nominee_of(part), year=YEAR, opinion=opinion, consulted=asked)


def _publish(stage: Stage, part: PlayedCase) -> None:
    until = add_working_days(stage.calendar, stage.today, NOTICE).isoformat()
    stage.act(part, "publish", by=stage.at_province(part, "award_reviewer"), notice_end=until)


def _hear(stage: Stage, part: PlayedCase) -> None:
    by = stage.cast.at("consultee", stage.cast.rows[_agency(part)], chance=part.chance)
    stage.act(part, "answer:hearing_of", by=by, answer="agree")


def _object(stage: Stage, part: PlayedCase) -> None:
    reviewer = stage.at_province(part, "award_reviewer")
    letter = stage.paper(part, "objection", "letter", by=reviewer, called="Đơn phản ánh")
    stage.act(part, "object", by=reviewer, objection=letter)


def _conclude(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "conclude", by=stage.at_province(part, "award_officer"))


def _lower(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "lowered")
    stage.act(part, "lower", by=stage.at_province(part, "award_reviewer"), comment=comment)


def _reject(stage: Stage, part: PlayedCase) -> None:
    reason = draw_sentence(part.chance, "award_rejections")
    stage.act(part, "reject", by=stage.at_province(part, "award_reviewer"), reason=reason)


def _draft(stage: Stage, part: PlayedCase) -> None:
    """Prepare the letter to the Prime Minister, with nobody on it before the council has met."""
    stage.open(part, SUBMISSION, by=stage.at_province(part, "council_secretary"))


def _agency(part: PlayedCase) -> str:
    return AGENCIES.get(part.unit.kind, PROGRAMME)


MOVES: Final[Moves] = {
    "write": Move(_write),
    "send": Move(_send, (0, 1)),
    "sign": Move(_sign, (0, 1)),
    "rewrite": Move(_rewrite, (0, 1)),
    "return": Move(_give_back, (0, 1)),
    "take back": Move(_take_back, (0, 1)),
    "receive": Move(_receive, (0, 1)),
    "propose": Move(_propose, (1, 2)),
    "publish": Move(_publish, (0, 1)),
    "hear": Move(_hear, (2,)),
    "object": Move(_object, (1, 2)),
    "conclude": Move(_conclude, (9,)),
    "lower": Move(_lower, (0, 1)),
    "reject": Move(_reject, (0, 1)),
    "draft": Move(_draft),
}
SIGNED: Final = ("write", "send", "sign")
RECEIVED: Final = (*SIGNED, "receive")
PUBLISHED: Final = (*RECEIVED, "propose", "publish")

_LAST: Final = date(2017, 11, 10)
_LATE: Final = date(2017, 11, 9)
_EARLIER: Final = date(2017, 11, 3)

PROPOSED: Final[Played] = (
    ("SLDTBXH", ("write",), _LATE),
    ("SNV", ("write", "send"), _LATE),
    ("DN05", ("write", "send", "rewrite"), _LATE),
    ("HND", SIGNED, _LAST),
    ("DN02", (*SIGNED, "return"), _LATE),
    ("LDLD", (*SIGNED, "take back"), _EARLIER),
    ("SKHDT", RECEIVED, _LATE),
    ("DN01", (*RECEIVED, "propose"), _LATE),
    ("SGTVT", (*RECEIVED, "propose"), _LAST),
    ("UBMTTQ", PUBLISHED, _LATE),
    ("DN03", (*PUBLISHED, "hear"), _LATE),
    ("SNNPTNT", (*PUBLISHED, "object"), _LATE),
    ("HLHPN", (*PUBLISHED, "hear", "conclude"), _LAST),
    ("DN04", (*RECEIVED, "propose", "lower"), _LATE),
    ("HCCB", (*RECEIVED, "propose", "reject"), _EARLIER),
)
SUBMITTED: Final[Played] = ((ROOT, ("draft",), _LAST),)
