"""The council and the chairman: sessions from agenda to minutes, decisions from draft to signature.

Knows the actions and fields of the shipped `council_session` and `decision`, as the people who use them do.
`merit` says in `memory` who comes before the council and whom a decision is about.
"""

from typing import Final

from trinh.demo.families import merit_nominees
from trinh.demo.moves import Move, Moves
from trinh.demo.organisation import ROOT
from trinh.demo.phrases import draw_sentence
from trinh.demo.stage import PlayedCase, Stage
from workflow.values import Json

SESSION: Final = "council_session"
DECISION: Final = "decision"
SECRETARY: Final = "council_secretary"
MINUTES: Final = "Biên bản kiểm phiếu"
AGREES: Final = 92
"""How many in a hundred agree where a member votes on the pages."""


def _prepare(stage: Stage, part: PlayedCase) -> None:
    secretary = stage.at_province(part, SECRETARY)
    stage.open(part, SESSION, by=secretary)
    stage.save(part, _agenda(part), by=secretary)


def _convene(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "convene", by=stage.at_province(part, SECRETARY), **_agenda(part))


def _vote(stage: Stage, part: PlayedCase) -> None:
    """Let the next member vote on all but their own case."""
    voter = part.memory["voters"].pop(0)
    answer: dict[str, Json] = {
        nominee.the_code: "agree" if part.chance.randrange(100) < AGREES else "disagree"
        for nominee in part.memory["nominees"]
        if stage.cast.accounts.get(nominee.memory["account"]) != voter
    }
    stage.act(part, "answer:ballot", by=voter, answer=answer)


def _count(stage: Stage, part: PlayedCase) -> None:
    """Type in the count of a vote on paper: all papers came back, and one may be invalid."""
    members = len(stage.cast.holders["council_member", ROOT])
    count: dict[str, Json] = {
        nominee.the_code: _papers(part, members=members, passes=nominee.memory["passes"])
        for nominee in part.memory["nominees"]
    }
    stage.act(part, "count:ballot", by=stage.at_province(part, SECRETARY), count=count)


def _papers(part: PlayedCase, *, members: int, passes: bool) -> dict[str, Json]:
    invalid = part.chance.choice((0, 0, 0, 1))
    valid = members - invalid
    agree = valid if passes else valid - part.chance.randint(5, 8)
    return {
        "issued": members, "collected": members, "valid": valid, "invalid": invalid,
        "agree": agree, "disagree": valid - agree,
    }  # fmt: skip


def _close(stage: Stage, part: PlayedCase) -> None:
    secretary = stage.at_province(part, SECRETARY)
    minutes = stage.numbered(part, "minutes", "minutes", by=secretary, mark="BB", called=MINUTES)
    stage.act(part, "close", by=secretary, minutes=minutes)


SESSIONS: Final[Moves] = {
    "prepare": Move(_prepare),
    "convene": Move(_convene, (1, 2)),
    "vote": Move(_vote, (0, 0, 1)),
    "count": Move(_count, (5,)),
    "close": Move(_close),
}


def _draft(stage: Stage, part: PlayedCase) -> None:
    secretary = stage.at_province(part, SECRETARY)
    stage.open(part, DECISION, by=secretary)
    if part.memory["nominees"]:
        stage.save(part, {"nominees": _codes(part)}, by=secretary)


def _submit(stage: Stage, part: PlayedCase) -> None:
    secretary = stage.at_province(part, SECRETARY)
    draft = stage.paper(part, "draft", "decision", by=secretary, called="Tờ trình và dự thảo quyết định")
    stage.act(part, "submit", by=secretary, draft=draft, nominees=_codes(part))


def _check(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "check", by=stage.at_province(part, "decision_office"))


def _strike(stage: Stage, part: PlayedCase) -> None:
    for nominee in part.memory["nominees"]:
        if nominee.memory["is_struck"]:
            merit_nominees.strike(stage, nominee)


def _sign(stage: Stage, part: PlayedCase) -> None:
    decider = stage.at_province(part, "award_decider")
    stage.act(part, "sign", by=decider, decision=stage.signed(part, "decision", "decision", by=decider, mark="QĐ"))


def _refuse(stage: Stage, part: PlayedCase) -> None:
    reason = draw_sentence(part.chance, "decision_refusals")
    stage.act(part, "refuse", by=stage.at_province(part, "award_decider"), reason=reason)


def _cancel(stage: Stage, part: PlayedCase) -> None:
    comment = draw_sentence(part.chance, "decision_cancels")
    stage.act(part, "cancel", by=stage.at_province(part, SECRETARY), comment=comment)


DECISIONS: Final[Moves] = {
    "draft": Move(_draft),
    "submit": Move(_submit),
    "check": Move(_check),
    "strike": Move(_strike),
    "sign": Move(_sign),
    "refuse": Move(_refuse, (1,)),
    "cancel": Move(_cancel),
}


def _agenda(part: PlayedCase) -> dict[str, Json]:
    return {"mode": part.memory["mode"], "day": part.memory["day"], "nominees": _codes(part)}


def _codes(part: PlayedCase) -> list[Json]:
    return [nominee.the_code for nominee in part.memory["nominees"]]
