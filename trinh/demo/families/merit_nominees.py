"""What is done about a nominee for a provincial certificate of merit: by its unit, its district and the board.

Knows the actions and fields of the shipped `nominee`, as the people who use it do.
"""

from typing import Final

from trinh.demo.moves import Move, Moves
from trinh.demo.nominees import achievement_of, nominee_of
from trinh.demo.phrases import Pool, draw_sentence
from trinh.demo.stage import PlayedCase, Stage
from workflow.machine.calendar import add_working_days
from workflow.values import Json

DEFINITION: Final = "nominee"
PROGRAMME: Final = "SLDTBXH"
TAX_OFFICE: Final = "CUCTHUE"
NOTICE: Final = 10
"""Working days for which names are published before the council meets."""


def begin(stage: Stage, part: PlayedCase) -> None:
    """Open a nominee at its unit and type who is meant; the achievement is still missing."""
    clerk = stage.clerk_of(part)
    stage.open(part, DEFINITION, by=clerk)
    stage.save(part, {"nominee": _nominee(stage, part), "award": part.memory["award"]}, by=clerk)


def make_ready(stage: Stage, part: PlayedCase) -> None:
    """Hand in what the letter needs."""
    clerk = stage.clerk_of(part)
    report = stage.paper(part, "report", "report", by=clerk)
    stage.act(part, "ready", by=clerk, **_described(stage, part), report=report)


def _suggest(stage: Stage, part: PlayedCase) -> None:
    """Let the board begin a proposal of its own."""
    officer = stage.at_province(part, "award_officer")
    stage.open(part, DEFINITION, by=officer)
    stage.save(part, _described(stage, part), by=officer)


def _put_forward(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "propose", by=stage.at_province(part, "award_officer"), **_described(stage, part))


def _propose(stage: Stage, part: PlayedCase) -> None:
    opinion = draw_sentence(part.chance, "award_opinions")
    stage.act(part, "propose", by=stage.at_province(part, "award_officer"), opinion=opinion)


def _consult_programme(stage: Stage, part: PlayedCase) -> None:
    _consult(stage, part, agency=PROGRAMME)


def _consult_tax_office(stage: Stage, part: PlayedCase) -> None:
    _consult(stage, part, agency=TAX_OFFICE)


def _consult(stage: Stage, part: PlayedCase, *, agency: str) -> None:
    part.memory["consulted"] = agency
    officer = stage.at_province(part, "award_officer")
    stage.act(part, "consult", by=officer, consulted=stage.cast.units[agency])


def _hear(stage: Stage, part: PlayedCase) -> None:
    asked = stage.cast.rows[part.memory["consulted"]]
    by = stage.cast.at("consultee", asked, chance=part.chance)
    stage.act(part, "answer:hearing_of", by=by, answer="agree")


def _conclude(stage: Stage, part: PlayedCase) -> None:
    stage.act(part, "conclude", by=stage.at_province(part, "award_officer"))


def _accept(stage: Stage, part: PlayedCase) -> None:
    """Send a nominee to the council; the names are published for as long as the rules demand."""
    until = add_working_days(stage.calendar, stage.today, NOTICE).isoformat()
    stage.act(part, "accept", by=stage.at_province(part, "award_reviewer"), notice_end=until)


def _recheck(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "recheck", by=stage.at_province(part, "award_reviewer"), comment="award_rechecks")


def _reject(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "reject", by=stage.at_province(part, "award_reviewer"), reason="award_rejections")


def _suspend(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "suspend", by=stage.at_province(part, "award_reviewer"), comment="award_suspensions")


def _drop(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "reject", by=stage.above(part, "award_officer"), reason="award_rejections")


def _withdraw(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "withdraw", by=stage.head_of(part), comment="award_withdrawals")


def _give_up(stage: Stage, part: PlayedCase) -> None:
    _say(stage, part, "withdraw", by=stage.clerk_of(part), comment="award_withdrawals")


def strike(stage: Stage, part: PlayedCase) -> None:
    """Let the chairman strike a name from a decision before he signs it."""
    _say(stage, part, "strike", by=stage.at_province(part, "award_decider"), reason="award_strikes")


MOVES: Final[Moves] = {
    "suggest": Move(_suggest),
    "put forward": Move(_put_forward, (0, 1)),
    "propose": Move(_propose, (1, 2)),
    "consult": Move(_consult_programme, (0, 1)),
    "consult the tax office": Move(_consult_tax_office, (0, 1)),
    "hear": Move(_hear, (1, 2, 3)),
    "conclude": Move(_conclude, (0, 1)),
    "accept": Move(_accept, (0, 1)),
    "recheck": Move(_recheck, (0, 1)),
    "reject": Move(_reject, (0, 1)),
    "suspend": Move(_suspend, (1, 2)),
    "drop": Move(_drop),
    "withdraw": Move(_withdraw),
    "give up": Move(_give_up),
}


def _say(stage: Stage, part: PlayedCase, action: str, *, by: int, **said: Pool) -> None:
    """Act with words that are drawn for the fields named."""
    words: dict[str, Json] = {name: draw_sentence(part.chance, pool) for name, pool in said.items()}
    stage.act(part, action, by=by, **words)


def _described(stage: Stage, part: PlayedCase) -> dict[str, Json]:
    nominee, award = _nominee(stage, part), part.memory["award"]
    return {"nominee": nominee, "award": award, "record": achievement_of(part)}


def _nominee(stage: Stage, part: PlayedCase) -> dict[str, Json]:
    """The nominee's field: somebody invented, or an account holder, who is never asked about their own case."""
    drawn = nominee_of(part, part.memory["kind"])
    account = part.memory["account"]
    if not account:
        return drawn
    person = stage.cast.accounts[account]
    return {"kind": "person", "name": stage.cast.names[person], "position": stage.cast.titles[person], "person": person}
