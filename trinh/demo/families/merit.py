"""Provincial certificates of merit, played through all their definitions: nominees, letters, the council, decisions.

Knows in which order the parts of a round follow each other; the round itself is data (`merit_rounds`), what people do
is in the other modules of the family.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from trinh.demo.days import Window
from trinh.demo.families import merit_council, merit_letters, merit_nominees
from trinh.demo.families.merit_rounds import (
    AUTUMN,
    SPRING,
    CouncilMeeting,
    Decision,
    Fate,
    Named,
    NomineeBatch,
    Round,
    Submittal,
)
from trinh.demo.moves import Cue, ending_on
from trinh.demo.organisation import ROOT
from trinh.demo.stage import Play, PlayedCase, Stage
from workflow.machine.calendar import add_working_days

RECEIVES: Final = "receive"
VOTERS: Final = ("SKHDT", "SGDDT", "STC", "TDTN", "CAT", "HCCB", "LDLD", "HND", "VPUBND", "SNV")
"""The members who vote in the play. The accounts shown to visitors are not among them, so that a visitor can vote."""


def earlier(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The round of the movement that is over."""
    return _Playing(stage, cue, SPRING).plays()


def current(stage: Stage, cue: Cue) -> Iterator[Play]:
    """The round under way."""
    return _Playing(stage, cue, AUTUMN).plays()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A nominee in play: the part, how it ends, and the letter that names it, None where the board proposed it."""

    part: PlayedCase
    fate: Fate
    letter: Submittal | None


class _Playing:
    """One round on the stage."""

    def __init__(self, stage: Stage, cue: Cue, played: Round) -> None:
        self.stage, self.cue, self.round = stage, cue, played
        named = [(letter.unit, nominee, letter) for letter in played.letters for nominee in letter.nominees]
        proposed = [(ROOT, nominee, None) for nominee in played.proposals]
        self.entries = [self._entry(number, *nomination) for number, nomination in enumerate([*named, *proposed])]

    def plays(self) -> Iterator[Play]:
        """All plays of the round: letters, districts' lists, nominees, sessions, decisions."""
        yield from (self._letter(number, letter) for number, letter in enumerate(self.round.letters))
        yield from (self._gathering(number, gathering) for number, gathering in enumerate(self.round.gatherings))
        yield from (self._road(entry) for entry in self.entries if entry.fate.road)
        yield from map(self._session, self.round.sessions)
        yield from map(self._decision, self.round.decisions)

    def _entry(self, number: int, unit: str, named: Named, letter: Submittal | None) -> _Entry:
        fate = self.round.fates[named.fate]
        part = self._part(unit, f"nominee {number}")
        part.memory |= {"kind": named.kind, "award": named.award, "account": named.account}
        part.memory |= {"is_ready": fate.is_ready, "is_struck": fate.is_struck, "passes": fate.passes}
        return _Entry(part, fate, letter)

    def _part(self, unit: str, about: str, **memory: Any) -> PlayedCase:
        chance = self.cue.chance("merit", self.round.name, about)
        return PlayedCase(self.stage.cast.rows[unit], chance, movement=self.cue.movement_id, memory=memory)

    def _letter(self, number: int, letter: Submittal) -> Play:
        nominees = [entry.part for entry in self.entries if entry.letter is letter]
        part = self._part(letter.unit, f"letter {number}", nominees=nominees)
        return ending_on(self.stage, part, merit_letters.LETTERS, letter.journey, within=letter.within)

    def _gathering(self, number: int, gathering: NomineeBatch) -> Play:
        nominees = [entry.part for entry in self.entries if self._gathered_by(entry) is gathering]
        part = self._part(gathering.district, f"gathering {number}", nominees=nominees)
        return ending_on(self.stage, part, merit_letters.GATHERINGS, gathering.journey, within=gathering.within)

    def _road(self, entry: _Entry) -> Play:
        """What is done about a nominee, from the day after its letter, or its district's letter, came in."""
        begins = add_working_days(self.stage.calendar, self._is_in_on(entry), 1)
        within = Window(begins, entry.fate.by or begins)
        return ending_on(self.stage, entry.part, merit_nominees.MOVES, entry.fate.road, within=within)

    def _session(self, session: CouncilMeeting) -> Play:
        nominees = [entry.part for entry in self.entries if entry.fate.session == session.name]
        memory = {"nominees": nominees, "mode": session.mode, "day": session.day.isoformat(), "voters": self._voters()}
        part = self._part(ROOT, f"session {session.name}", **memory)
        return ending_on(self.stage, part, merit_council.SESSIONS, session.journey, within=session.within)

    def _decision(self, decision: Decision) -> Play:
        nominees = [entry.part for entry in self.entries if entry.fate.decision == decision.name]
        part = self._part(ROOT, f"decision {decision.name}", nominees=nominees)
        return ending_on(self.stage, part, merit_council.DECISIONS, decision.journey, within=decision.within)

    def _is_in_on(self, entry: _Entry) -> date:
        if entry.letter is None:
            return self.round.opens
        gathering = self._gathered_by(entry)
        return entry.letter.within.last if gathering is None else gathering.within.last

    def _gathered_by(self, entry: _Entry) -> NomineeBatch | None:
        """The district's list on which a nominee of a commune stands, if its letter is in."""
        letter = entry.letter
        if letter is None or letter.journey[-1] != RECEIVES or entry.fate.stays_in_district:
            return None
        return next((gathering for gathering in self.round.gatherings if letter.unit in gathering.communes), None)

    def _voters(self) -> list[int]:
        cast = self.stage.cast
        return [cast.holders["unit_head", code][0] for code in VOTERS]
