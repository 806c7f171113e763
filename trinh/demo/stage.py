"""The stage: one transaction in which invented people do real acts at moments of the past, and what follows from them.

Knows how to act, to hand in papers, to let deadlines pass in their order and to do the jobs that acts leave behind –
through the same verbs as everybody. Letters are worded and kept in the outbox; nothing is sent.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from importlib.resources import files
from io import BytesIO
from random import Random
from typing import Any, Final

from trinh.demo.cast import DemoCast
from trinh.demo.organisation import ROOT, UnitRow
from trinh.demo.phrases import draw_symbol
from workers.letters.posting import Post
from workers.letters.sending import written
from workflow import cases, documents, movements
from workflow.cases import drafts
from workflow.deadlines import ClaimedJob, escalations, jobs, notices
from workflow.documents import Stored
from workflow.errors import WorkflowError
from workflow.files import Blobs
from workflow.machine.calendar import Calendar
from workflow.machine.words import sentence
from workflow.movements import milestones
from workflow.storage.session import Tx
from workflow.values import Act, Json, Refusal

AT_ONCE: Final = 500
LEASE: Final = timedelta(minutes=5)
ALL: Final = 2**53
"""Beyond every id: whoever acts has read all their notices."""


PAPERS: Final = {
    "plan": "Kế hoạch",
    "letter": "Tờ trình",
    "minutes": "Biên bản họp bình xét",
    "report": "Báo cáo thành tích",
    "decision": "Quyết định khen thưởng",
}
"""The papers that ship with the demonstration, and what people call their scans of them."""


class PlayRefused(WorkflowError):
    """The engine refused an act of the play: the play no longer fits the definitions."""

    def __init__(self, part: "PlayedCase", action: str, refusal: Refusal) -> None:
        reasons = "; ".join(sentence(reason, language="en") for reason in refusal.reasons)
        super().__init__(f"{part.unit.code} {part.code}: {action}: {refusal.kind}: {reasons}")
        self.refusal = refusal


@dataclass(slots=True)
class PlayedCase:
    """One case as it is played: whose it is, its own source of chance, and what it remembers."""

    unit: UnitRow
    chance: Random
    movement: int | None = None
    code: str | None = None
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def the_code(self) -> str:
        if self.code is None:
            raise LookupError(self.unit.code)
        return self.code


Play = Iterator[datetime]
"""A part in play: says when it will act next, and acts when it is resumed."""


@dataclass(slots=True)
class Stage:
    """The transaction, the people and the papers of the play. `now` is the moment that is being played."""

    tx: Tx
    papers: Mapping[str, Stored]
    calendar: Calendar
    post: Post
    cast: DemoCast
    now: datetime

    @property
    def today(self) -> date:
        return self.calendar.local_date(self.now)

    def play(self, parts: list[Play], *, until: datetime, tell: Callable[[datetime], None]) -> None:
        """Let all parts act in the order of time, and deadlines pass between them, until a moment."""
        waiting = [(at, place, part) for place, part in enumerate(parts) for at in [next(part, None)] if at is not None]
        heapify(waiting)
        while waiting and waiting[0][0] < until:
            at, place, part = heappop(waiting)
            self.let_pass(at)
            upcoming = next(part, None)
            if upcoming is not None:
                heappush(waiting, (upcoming, place, part))
            self.do_jobs()
            tell(at)
        self.let_pass(until)

    def owed(self, movement: str, milestone: str) -> dict[str, str]:
        """The codes of the cases that units owe by a milestone, by the codes of the units."""
        admin = self.cast.accounts["admin"]
        board = movements.board(self.tx, movement, person_id=admin, now=self.now)
        cells = [row.cells[milestone].row for row in board.rows if milestone in row.cells]
        return {cell.unit_code: cell.case_code for cell in cells if cell.case_code is not None}

    def let_pass(self, until: datetime) -> None:
        """Let time go on to a moment; deadlines that pass on the way fire in order, each at its own time.

        Milestones that open on a later day than today do so on the way, as of the morning of their day.
        """
        if self.calendar.local_date(until) > self.today and milestones.ring_due(self.tx, now=until):
            self.do_jobs()
        while escalations.ring_due(self.tx, now=until, limit=AT_ONCE):
            self.do_jobs()
        self.now = until

    def act(self, part: PlayedCase, action: str, *, by: int, **inputs: Json) -> cases.Acted:
        """Do an act as somebody. Raises `PlayRefused`."""
        answer = cases.act_in(self.tx, part.the_code, Act(action, inputs), person_id=by, now=self.now)
        if isinstance(answer, Refusal):
            raise PlayRefused(part, action, answer)
        notices.mark_read(self.tx, by, up_to=ALL)
        return answer

    def clerk_of(self, part: PlayedCase) -> int:
        """Who writes for the unit of a part."""
        return self.cast.at("unit_clerk", part.unit, chance=part.chance)

    def head_of(self, part: PlayedCase) -> int:
        """Who signs for the unit of a part."""
        return self.cast.at("unit_head", part.unit, chance=part.chance)

    def at_unit(self, part: PlayedCase, role: str) -> int:
        """Somebody with a desk at the unit of a part."""
        return self.cast.at(role, part.unit, chance=part.chance)

    def above(self, part: PlayedCase, role: str) -> int:
        """Somebody with a desk at the nearest unit above that has one."""
        return self.cast.above(role, part.unit, chance=part.chance)

    def at_province(self, part: PlayedCase, role: str) -> int:
        """Somebody with a desk of the province."""
        return self.cast.at(role, self.cast.rows[ROOT], chance=part.chance)

    def open(self, part: PlayedCase, definition: str, *, by: int) -> None:
        """Open a case as somebody. Raises `PlayRefused`."""
        answer = cases.open_case(
            self.tx,
            definition,
            unit_id=self.cast.units[part.unit.code],
            person_id=by,
            now=self.now,
            movement_id=part.movement,
        )
        if isinstance(answer, Refusal):
            raise PlayRefused(part, "open", answer)
        part.code = answer.case.code

    def save(self, part: PlayedCase, fields: Mapping[str, Json], *, by: int) -> None:
        """Leave a form half typed, as people do."""
        drafts.save(self.tx, part.the_code, fields, person_id=by, seen=0, now=self.now)

    def paper(
        self, part: PlayedCase, field_name: str, kind: str, *, by: int, called: str = "", **said: str
    ) -> dict[str, Json]:
        """Hand in a paper and answer the field's value; `said` are its number, date and signer where it has them."""
        stored = replace(self.papers[kind], name=f"{called or PAPERS[kind]} – {part.unit.short_name}.pdf")
        version = documents.upload(self.tx, part.the_code, field_name, stored, person_id=by, now=self.now)
        return {**documents.value_of(version), **said}

    def numbered(
        self, part: PlayedCase, field_name: str, kind: str, *, by: int, mark: str, called: str = ""
    ) -> dict[str, Json]:
        """Hand in a paper under a number of its unit, dated today; `mark` is its kind in symbols, as "TTr"."""
        symbol = draw_symbol(part.chance, part.unit, mark)
        return self.paper(part, field_name, kind, by=by, called=called, symbol=symbol, dated=self.today.isoformat())

    def signed(
        self, part: PlayedCase, field_name: str, kind: str, *, by: int, mark: str, called: str = ""
    ) -> dict[str, Json]:
        """Hand in a numbered paper under the name of whoever signs it."""
        paper = self.numbered(part, field_name, kind, by=by, mark=mark, called=called)
        return {**paper, "signer": self.cast.names[by]}

    def do_jobs(self) -> None:
        """Do the jobs that acts left behind, and the jobs that those jobs leave behind, until there are none."""
        while self.tx.jobs_to_ring:
            job_ids, self.tx.jobs_to_ring[:] = list(self.tx.jobs_to_ring), []
            jobs.let_go(self.tx, job_ids)
            for job_id in job_ids:
                job = jobs.claim(self.tx, job_id, lease=LEASE)
                if job is not None:
                    self._effect(job)
                    jobs.finish(self.tx, job)

    def _effect(self, job: ClaimedJob) -> None:
        if job.kind == notices.LETTER:
            written(self.tx, int(job.payload["notification"]), self.post)
            return
        verbs = {
            notices.TELL: notices.expand,
            escalations.KIND: escalations.fire_deadline,
            milestones.KIND: milestones.open_milestone,
        }
        verbs[job.kind](self.tx, job.payload)


def stored_papers(blobs: Blobs) -> dict[str, Stored]:
    """Put the papers into the folder of documents, each once."""
    place = files("trinh.demo").joinpath("papers")
    return {
        kind: documents.store(blobs, BytesIO(place.joinpath(f"{kind}.pdf").read_bytes()), f"{name}.pdf")
        for kind, name in PAPERS.items()
    }
