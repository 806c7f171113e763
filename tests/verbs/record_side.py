"""The record's side of a play in both worlds: what is done on a scene, done through the verbs, and all that is kept.

An act goes one of the three ways by turns: by itself, in a transaction, on many cases of which it is the only one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from sqlalchemy import select, text

from tests.verbs.seating import Papers
from workflow import cases
from workflow.deadlines import escalations
from workflow.machine.walks.simulation import MOVEMENT, UNIT, Scene
from workflow.storage.models import DeadlineRow
from workflow.storage.queries.cases import loaded_cases
from workflow.storage.session import Database, Tx
from workflow.values import DUE, Act, Actor, Case, Json, Refusal

WAYS = ("act", "act_in", "act_on_many")
DEADLINE_JOB = text("SELECT payload FROM job WHERE kind = 'deadline' ORDER BY id DESC LIMIT 1")
# A refusal leaves a gap among PostgreSQL's ids, which nobody promises to be without one; codes have none.
CLOSE_GAP = text("SELECT setval('case_file_id_seq', (SELECT coalesce(max(id), 0) FROM case_file) + 1, false)")


@dataclass
class Record:
    """A database with the people of a scene in it."""

    database: Database
    papers: Papers
    ways: Iterator[str] = field(default_factory=lambda: cycle(WAYS))

    def open(self, name: str, fields: Mapping[str, Json], actor: Actor, scene: Scene) -> Refusal | None:
        """Let somebody open a case at the scene's time; the refusal, if it is one."""
        with self.database.writing() as tx:
            answer = cases.open_case(
                tx,
                name,
                unit_id=UNIT,
                person_id=actor.person,
                now=scene.now,
                fields=fields,
                movement_id=None if scene.movement is None else MOVEMENT,
            )
            close_gap(tx)
        return answer if isinstance(answer, Refusal) else None

    def act(self, case: Case, act: Act, actor: Actor, scene: Scene) -> Refusal | None:
        """Let somebody act at the scene's time, or a deadline fire; the refusal, if it is one."""
        answer = self._fire(case, act, scene) if act.action.startswith(DUE) else self._act(case, act, actor, scene)
        with self.database.writing() as tx:
            close_gap(tx)
        return answer if isinstance(answer, Refusal) else None

    def _act(self, case: Case, act: Act, actor: Actor, scene: Scene) -> object:
        way, who = next(self.ways), {"person_id": actor.person, "now": scene.now}
        if way == "act":
            return cases.act(self.database, case.code, act, **who)
        with self.database.writing() as tx:
            if way == "act_in":
                return cases.act_in(tx, case.code, act, **who)
            (item,) = cases.act_on_many(tx, [case.code], act, **who)
            return item.answer

    def _fire(self, case: Case, act: Act, scene: Scene) -> object:
        """Ring what is due first, which must be this, and let it fire as the workers do."""
        with self.database.writing() as tx:
            assert escalations.ring_due(tx, now=scene.now, limit=1) == 1
            payload = json.loads(tx.connection.scalar(DEADLINE_JOB))
        assert (payload["case_id"], payload["name"]) == (case.id, act.action.removeprefix(DUE))
        try:
            with self.database.writing() as tx:
                return escalations.fire_deadline(tx, payload)
        except escalations.DeadlineRefused as refused:
            return refused.refusal

    def standing(self, since: Mapping[int, int]) -> dict[str, Any]:
        """Everything that is kept of these cases, of each its entries from one on; of all, what is soon read.

        That is the count of entries, links, places, ballots and books.
        """
        ids = sorted(since)
        few = f"({', '.join(map(str, ids))})"
        entries = " OR ".join(f"(case_id = {number} AND seq >= {first})" for number, first in since.items())
        deadlines = select(DeadlineRow.case_id, DeadlineRow.name, DeadlineRow.due_at, DeadlineRow.rung).where(
            DeadlineRow.rung_at.is_(None), DeadlineRow.case_id.in_(ids)
        )
        with self.database.reading() as tx:

            def read(query: str) -> list[tuple[Any, ...]]:
                return sorted(tuple(row) for row in tx.connection.execute(text(query)))

            loaded = [loaded_cases.load_by_id(tx, number).case for number in ids]
            bodies = read(f"SELECT case_id, seq, body FROM history WHERE {entries}")
            keys = ", ".join(f"'tell:{case_id}:{seq}'" for case_id, seq, _ in bodies)
            notices = read(f"SELECT key, payload FROM job WHERE key IN ({keys})") if bodies else []
            return {
                "count": read("SELECT count(*) FROM history"),
                "cases": {case.id: case._replace(head="") for case in loaded},
                "history": {(case_id, seq): comparable(body) for case_id, seq, body in bodies},
                "turns": read(
                    "SELECT case_id, slot, role, unit_id, coalesce(person_id, 0), excluded FROM assignment"
                    f" WHERE closed_at IS NULL AND case_id IN {few}"
                ),
                "deadlines": sorted(tuple(row) for row in tx.connection.execute(deadlines)),
                "links": read("SELECT case_id, name, other_id FROM link"),
                "places": read("SELECT case_id, definition_name, name, key, number FROM reservation"),
                "ballots": read("SELECT case_id, ask, round, line, choice FROM ballot"),
                "notices": {key: json.loads(payload)["tells"] for key, payload in notices},
                "books": read("SELECT name, year, last FROM book WHERE last > 0"),
            }


def comparable(body: str) -> dict[str, Any]:
    """Read the body of an entry without what a scene has none of, and without the order of the rights of who acted.

    A scene has no revisions of the calendar, and no hashes at the heads of cases.
    """
    read = json.loads(body, object_hook=lambda part: {name: value for name, value in part.items() if name != "head"})
    return read | {"calendar": None, "actor": read["actor"] | {"substitutions": sorted(read["actor"]["substitutions"])}}


def close_gap(tx: Tx) -> None:
    """Let the next case have the next id."""
    if tx.dialect == "postgresql":
        tx.connection.execute(CLOSE_GAP)
