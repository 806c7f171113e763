"""What happens to one plan, told day by day: people act, the demo's clock moves, the workers do what falls due."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from tests.support.calendar_facts import hanoi, vietnam
from tests.support.small_province import DEFINITIONS, Stage
from tests.support.waiting import eventually
from workers.sweeper import Sweeper
from workflow import calendars, cases, documents, movements
from workflow.cases import assignments, histories
from workflow.deadlines import notices
from workflow.files import Blobs
from workflow.installation import business_time
from workflow.machine.calendar import due_on
from workflow.movements import obligations
from workflow.storage.queries import deadlines
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.movements import to_open
from workflow.storage.session import Database
from workflow.values import Act, Case, Refusal

MOVEMENT = (DEFINITIONS / "ninh_binh" / "movement.yaml").read_text("utf-8").partition("# The anniversary")[0].encode()
CODE = "nguoi-ngheo-2016-2020"
PLAN = {
    "targets": [{"indicator": "Số hộ thoát nghèo bền vững (hộ)", "target": "12"}],
    "launch": "2017-11-20",
    "contact": {"name": "Trần Thị Lan"},
}
DEFECTS = [{"place": "Chỉ tiêu", "what": "Chỉ tiêu giảm nghèo thấp hơn mức tỉnh giao, đề nghị điều chỉnh."}]


@dataclass
class Journey:
    database: Database
    province: Stage
    blobs: Blobs
    sweeper: Sweeper
    code: str = ""

    def publish(self) -> None:
        """Publish the movement; from here on the journey is about the plan of Cúc Phương."""
        with self.database.writing() as tx:
            now = business_time.read(tx)
            obligations.import_movement(tx, MOVEMENT, name="movement.yaml", person_id=None, now=now)
            list(obligations.publish_movement(tx, CODE, person_id=self.province.people["admin"], now=now))
        with self.database.reading() as tx:
            owed = movements.owed(tx, person_id=self.province.people["cucphuong.clerk"], now=now)
        self.code = str(owed[0].row.case_code)

    def owed_by(self, milestone: str, unit: str) -> str | None:
        """The code of what a unit owes by a milestone, as the board has it; None where nothing shows there."""
        with self.database.reading() as tx:
            now = business_time.read(tx)
            board = movements.board(tx, CODE, person_id=self.province.people["auditor"], now=now)
        cells = {row.code: row.cells for row in board.rows}
        return cells[unit][milestone].row.case_code if milestone in cells[unit] else None

    def until(self, when: str) -> None:
        """Move the clock to an hour on the wall in Hà Nội, and wait until everything due by then has been done."""
        self.settle()
        with self.database.writing() as tx:
            business_time.move_to(tx, hanoi(when), person_id=self.province.people["admin"])
        self.settle()

    def settle(self) -> None:
        """Have everything done that is due, without waiting for the second in which the workers look by themselves."""
        while self.sweeper.sweep():
            eventually(self._has_no_jobs)
        eventually(self._is_settled)

    def _has_no_jobs(self) -> bool:
        with self.database.reading() as tx:
            # Jobs in hand are not waiting, but not done either.
            return not tx.connection.scalar(text("SELECT count(*) FROM job WHERE state <> 'done'"))

    def _is_settled(self) -> bool:
        with self.database.reading() as tx:
            now = business_time.read(tx)
            opening = to_open(tx, on_date=calendars.local_date(tx, now))
            settled = deadlines.count_due(tx, now=now) == 0 and not opening
        return settled and self._has_no_jobs()

    def act(self, action: str, *, by: str, seen: int | None = None, **inputs: Any) -> cases.Acted | Refusal:
        """Do something as somebody, at the clock's time."""
        with self.database.writing() as tx:
            return cases.act_in(
                tx,
                self.code,
                Act(action, inputs, seen),
                person_id=self.province.people[by],
                now=business_time.read(tx),
            )

    def must(self, action: str, *, by: str, **inputs: Any) -> Case:
        """Do something that must succeed."""
        done = self.act(action, by=by, **inputs)
        assert isinstance(done, cases.Acted), done
        return done.case

    def signed(self, *, symbol: str, dated: str, of: str = "plan", by: str = "cucphuong.head") -> dict[str, Any]:
        """Hand in a scan of the signed plan, or of another paper."""
        stored = documents.store(self.blobs, io.BytesIO(b"%PDF-1.7\n% " + symbol.encode()), "Kế hoạch.pdf")
        with self.database.writing() as tx:
            version = documents.upload(
                tx,
                self.code,
                of,
                stored,
                person_id=self.province.people[by],
                now=business_time.read(tx),
            )
        return {**documents.value_of(version), "symbol": symbol, "dated": dated}

    @property
    def case(self) -> Case:
        with self.database.reading() as tx:
            loaded = records.load(tx, self.code)
        assert loaded is not None
        return loaded.case

    @property
    def due_day(self) -> date:
        """The last day that counts for whoever has the turn."""
        due_at = self.case.due_at
        assert due_at is not None
        return due_on(vietnam(), due_at)

    def told(self, username: str) -> list[str]:
        """The notices that somebody got about the plan, first to last."""
        with self.database.reading() as tx:
            mine = notices.mine(tx, self.province.people[username])
        return [notice.row.notice for notice in reversed(mine) if notice.row.case_code == self.code]

    def turns(self, username: str) -> list[str]:
        """The cases that wait for somebody."""
        with self.database.reading() as tx:
            now = business_time.read(tx)
            page = assignments.my_turn(tx, person_id=self.province.people[username], now=now)
        return [row.code for row in page.rows]

    def history(self) -> list[tuple[str, str, str | None]]:
        """What was done, on which day in Việt Nam, and by whom (None: the system)."""
        with self.database.reading() as tx:
            entries = histories.entries(tx, self.case.id)
        return [(it.action, f"{vietnam().local(it.at):%d/%m %H:%M}", it.person) for it in entries]
