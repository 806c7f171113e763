"""The offline checker: reads the tables and the letters received after a crash test, and lists every broken promise.

The invariants are those of the reliability bars: I1 acts, I2–I4 history, I6 letters, I7 deadlines, I8 leases.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import text

from workflow import calendars
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.installation import business_time
from workflow.storage.queries import deadlines
from workflow.storage.queries import notices as records
from workflow.storage.session import Database, Tx
from workflow.values import Desk


def broken(database: Database, *, acknowledged: Collection[str], letters: Sequence[EmailMessage]) -> list[str]:
    """List what is wrong; `acknowledged` are the request keys of all acts that were answered with yes."""
    with database.reading() as tx:
        return [
            *_acts(tx, acknowledged),
            *_histories(tx),
            *_jobs(tx),
            *_deadlines(tx),
            *_notifications(tx),
            *_letters(tx, letters),
        ]


def at_rest(database: Database) -> bool:
    """Is nothing left to be done: no job, no deadline that is due, be it that the sweeper has not looked yet?"""
    with database.reading() as tx:
        waiting = rows(tx, "SELECT count(*) AS n FROM job WHERE state = 'due'")[0]["n"]
        return not waiting and not deadlines.count_due(tx, now=business_time.read(tx))


def rows(tx: Tx, query: str) -> list[dict]:
    return [dict(row) for row in tx.connection.execute(text(query)).mappings()]


def _acts(tx: Tx, acknowledged: Collection[str]) -> Iterator[str]:
    kept = Counter(row["request_key"] for row in rows(tx, "SELECT request_key FROM history"))
    for key in acknowledged:
        if kept[key] != 1:
            yield f"I1: act {key} was answered and stands {kept[key]} times in history"


def _histories(tx: Tx) -> Iterator[str]:
    for fault in audits.verify(tx):
        yield f"I3, I4: {fault}"
    for fault in audits.refold(
        tx,
        definition_of=lambda text_hash: publishing.compiled(tx, text_hash),
        calendar=calendars.calendar_of(tx),
    ):
        yield f"I2: {fault}"


def _jobs(tx: Tx) -> Iterator[str]:
    for job in rows(tx, "SELECT * FROM job WHERE state <> 'done'"):
        yield f"I8: job {job['key']} is {job['state']} after {job['tries']} tries: {job['last_error']}"
    keys = {job["key"] for job in rows(tx, "SELECT key FROM job")}
    for entry in rows(tx, "SELECT case_id, seq, body FROM history"):
        if json.loads(entry["body"])["plan"].get("tells") and f"tell:{entry['case_id']}:{entry['seq']}" not in keys:
            yield f"I6: nobody will be told of entry {entry['case_id']}:{entry['seq']}"


def _deadlines(tx: Tx) -> Iterator[str]:
    now = business_time.read(tx)
    if deadlines.count_due(tx, now=now):
        yield "I7: a deadline is due and has not fired"
    fired = Counter(
        (row["case_id"], row["action"], str(row["at"]))
        for row in rows(tx, "SELECT case_id, action, at FROM history WHERE action LIKE 'due:%'")
    )
    for (case_id, action, at), times in fired.items():
        if times != 1:
            yield f"I7: {action} of case {case_id} fired {times} times at {at}"
    entries = sum(fired.values())
    jobs = rows(tx, "SELECT count(*) AS n FROM job WHERE kind = 'deadline'")[0]["n"]
    if entries > jobs:
        yield f"I7: {entries} deadlines fired for {jobs} jobs"


def _notifications(tx: Tx) -> Iterator[str]:
    calendar = calendars.calendar_of(tx)
    kept = {row["key"] for row in rows(tx, "SELECT key FROM notification")}
    wanted = set()
    for job in rows(tx, "SELECT payload FROM job WHERE kind = 'tell'"):
        told = json.loads(job["payload"])
        for tell in told["tells"]:
            on_date = calendar.local_date(datetime.fromisoformat(told["at"]))
            desks = [Desk(*desk) for desk in tell["desks"]]
            people = records.at_desks(tx, desks, tell["people"], on_date=on_date) - set(tell["excluded"])
            wanted |= {f"{told['case']}:{told['seq']}:{tell['notice']}:{person}" for person in people}
    yield from (f"I6: notification {key} is missing" for key in sorted(wanted - kept))
    yield from (f"I6: notification {key} was asked for by nobody" for key in sorted(kept - wanted))


def _letters(tx: Tx, letters: Sequence[EmailMessage]) -> Iterator[str]:
    received = Counter(str(letter["Message-ID"]) for letter in letters)
    written = rows(tx, "SELECT * FROM letter")
    notified = rows(tx, "SELECT count(*) AS n FROM notification")[0]["n"]
    if len(written) != notified:
        yield f"I6: {notified} notifications, {len(written)} letters"
    for letter in written:
        name, times = letter["message_id"], received.pop(letter["message_id"], 0)
        if letter["sent_at"] is None or times == 0:
            yield f"I6: letter {name} was lost"
        if times > letter["transmissions"]:
            yield f"I6: letter {name} arrived {times} times, {letter['transmissions']} were counted"
    yield from (f"I6: a letter {name} arrived that nobody wrote" for name in received)
