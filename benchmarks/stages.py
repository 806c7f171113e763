"""The databases that benchmarks run on: a small province with plans in flight, on either kind of database.

PostgreSQL is a server of our own as the tests have it, but durable: a commit reaches the disk, as in production.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import count, cycle
from pathlib import Path

from tests.servers.postgres import SETTINGS, PostgresServer
from tests.support import small_province
from tests.support.scenes import DEFECTS, READY
from workflow import cases, documents
from workflow.cases import Acted
from workflow.documents import Stored
from workflow.files import Blobs
from workflow.storage.migrating import migrate
from workflow.storage.session import Database
from workflow.values import Act, Json, Refusal

DURABLE = SETTINGS | {"fsync": "on", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "256MB"}
Step = tuple[str, Act]


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of an empty migrated database."""
    with PostgresServer(DURABLE) as server:
        server.migrate_template()
        with server.fresh_database() as url:
            yield url


@contextmanager
def sqlite() -> Iterator[str]:
    """Give the address of an empty migrated database."""
    with tempfile.TemporaryDirectory(prefix="trinh-b-") as folder:
        url = f"sqlite:///{Path(folder) / 'trinh.sqlite3'}"
        migrate(url)
        yield url


KINDS = {"postgresql": postgresql, "sqlite": sqlite}


class Plans:
    """A province with plans that have come back once; each `act` takes the next plan a step up or back, endlessly."""

    def __init__(self, database: Database, *, plans: int) -> None:
        self.database = database
        self.now = small_province.NOW
        self._keys = count(1)
        with database.writing() as tx:
            self.stage = small_province.build(tx)
        with tempfile.TemporaryDirectory(prefix="trinh-b-") as folder:
            scan = documents.store(Blobs(Path(folder)), BytesIO(b"%PDF-1.7"), "plan.pdf")
        self.rounds = dict(self._returned(scan) for _ in range(plans))
        self.restart()

    def restart(self) -> None:
        """Begin the round anew, with the plans that are in `rounds` now; all must have come back."""
        steps = zip(*([(code, *step) for step in steps] for code, steps in self.rounds.items()), strict=True)
        self._steps = cycle([step for level in steps for step in level])

    def act(self) -> None:
        """Do the next act, complete: in a transaction of its own, under a key of its own."""
        code, who, act = next(self._steps)
        self.do(code, who, act)

    def do(self, code: str, who: str, act: Act) -> Acted:
        """Let somebody act, who may."""
        person, key = self.stage.people[who], f"bench:{next(self._keys)}"
        return _acted(cases.act(self.database, code, act, person_id=person, now=self.now, request_key=key))

    def _returned(self, scan: Stored) -> tuple[str, list[Step]]:
        """Open a plan, take it up and back once, and say with which acts that can be repeated."""
        unit, head = self.stage.units["14437"], self.stage.people["cucphuong.head"]
        with self.database.writing() as tx:
            opened = cases.open_case(tx, "unit_plan", unit_id=unit, person_id=None, now=self.now)
        code = _acted(opened).case.code
        self.do(code, "cucphuong.clerk", Act("begin"))
        self.do(code, "cucphuong.clerk", Act("send", READY))
        with self.database.writing() as tx:
            version = documents.upload(tx, code, "plan", scan, person_id=head, now=self.now)
        paper: dict[str, Json] = {**documents.value_of(version), "symbol": "12/KH-UBND", "dated": "2017-11-09"}
        steps = [
            ("cucphuong.clerk", Act("send", READY)),
            ("cucphuong.head", Act("sign", {"plan": paper})),
            ("nhoquan.officer", Act("receive")),
            ("nhoquan.head", Act("return", {"defects": DEFECTS})),
        ]
        for who, act in steps[1:]:
            self.do(code, who, act)
        return code, steps


def _acted(answer: Acted | Refusal) -> Acted:
    assert isinstance(answer, Acted), answer
    return answer
