"""The proof that nothing was changed afterwards: every chain walked, every case decided again, heads signed and kept.

Knows hashes, replay and signatures, no table. A chain alone cannot show that its tail or a whole case was removed: for
that a signed checkpoint is kept elsewhere.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from workflow import calendars
from workflow.audit import admin_acts
from workflow.audit.faults import ChainFault
from workflow.canonical import CASES, CHECKPOINTS, canonical, link_hash
from workflow.errors import NotFound
from workflow.machine.calendar import Calendar
from workflow.machine.deciding import replay
from workflow.machine.definition import Definition
from workflow.storage import administration
from workflow.storage.queries.cases import ChainRow
from workflow.storage.queries.cases import histories as rows
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.session import Tx
from workflow.values import Case

KEY_BYTES: Final = 32
"""The length of the Ed25519 seed that signs checkpoints."""


def verify(tx: Tx) -> Iterator[ChainFault]:
    """Walk the chain of every case and of administrators' acts, and give every fault found."""
    for case_id, chain in groupby(rows.chains(tx), key=lambda row: row.case_id):
        yield from _chain_faults(case_id, list(chain))
    for case_id in rows.orphans(tx):
        yield ChainFault("head", case_id)
    yield from admin_acts.verify(tx)


def refold(
    tx: Tx, *, definition_of: Callable[[str], Definition], calendar: Calendar
) -> Iterator[ChainFault]:  # fmt: skip
    """Decide the history of every case again and report each case that differs from it, due dates and clocks included.

    Each entry is decided with the calendar that it names. `calendar` is for entries that name none; the due dates and
    clocks of a case that has such entries are not compared, because administrators edit the calendar.
    """
    for case_id in rows.case_ids(tx):
        decided = [replay.entry_from_json(json.loads(body)) for body in rows.bodies(tx, case_id)]
        try:
            folded = replay.fold(
                definition_of, decided, calendar=calendar, calendar_at=partial(calendars.at_revision, tx)
            )
        except replay.NotFoldable as error:
            yield ChainFault("unfoldable", case_id, error.seq)
            continue
        except NotFound:
            yield ChainFault("calendar", case_id)
            continue
        except ValueError:
            yield ChainFault("head", case_id)
            continue
        timed = all(entry.calendar for entry in decided)
        row = records.load_by_id(tx, case_id).case
        if _settled(_as_in_row(folded, row), timed=timed) != _settled(row, timed=timed):
            yield ChainFault("state", case_id, folded.version)


def checkpoint(tx: Tx, key: bytes) -> str:
    """Sign where every chain ends now; return the statement as JSON.

    It must be kept where the owner of this database cannot change it.
    """
    signing = Ed25519PrivateKey.from_private_bytes(key)
    ends = rows.heads(tx)
    heads = [list(head) for head in ends]
    statement: dict[str, Any] = {
        "format": CHECKPOINTS,
        "made_at": _instant(tx.machine_now()),
        "administration": list(administration.head(tx)),
        "heads": heads,
        "digest": _digest(heads),
        "public_key": signing.public_key().public_bytes_raw().hex(),
    }
    statement["signature"] = signing.sign(_signed(statement)).hex()
    rows.keep_checkpoint(
        tx,
        cases=len(heads),
        entries=sum(head.seq for head in ends),
        digest=statement["digest"],
        signature=statement["signature"],
        public_key=statement["public_key"],
    )
    return canonical(statement).decode()


def check_against(tx: Tx, exported: str, *, public_key: str) -> Iterator[ChainFault]:
    """Compare the record with a checkpoint: every entry that the checkpoint names must still be there with its hash."""
    statement = json.loads(exported)
    if not _is_genuine(statement, public_key):
        yield ChainFault("forged", None)
        return
    for case_id, seq, digest in statement["heads"]:
        yield from _compare(case_id, seq, digest, recorded=rows.find_hash(tx, case_id, seq))
    seq, digest = statement["administration"]
    if seq:
        yield from _compare(None, seq, digest, recorded=administration.find_hash(tx, seq))


def public_key_of(key: bytes) -> str:
    """Return the public half of a signing key in hexadecimal, as `check_against` takes it."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()


def _chain_faults(case_id: int, chain: list[ChainRow]) -> Iterator[ChainFault]:
    previous, expected = "", 1
    for row in chain:
        if row.seq is None:
            yield ChainFault("head", case_id)
            return
        if row.seq != expected:
            yield ChainFault("gap", case_id, row.seq, {"expected": expected})
        if link_hash(CASES, case_id, row.seq, previous, row.body) != row.hash:
            yield ChainFault("changed", case_id, row.seq)
        elif _columns_differ(row):
            yield ChainFault("column", case_id, row.seq)
        previous, expected = row.hash, row.seq + 1
    last = chain[-1]
    if (last.version, last.head) != (last.seq, last.hash):
        yield ChainFault("head", case_id, last.seq)
    elif _row_differs(last):
        yield ChainFault("state", case_id, last.seq)


def _columns_differ(row: ChainRow) -> bool:
    body = json.loads(row.body)
    plan = body["plan"]
    said = (
        body["case"]["id"], plan["version"], body["now"], plan["action"], plan["was"], plan["state"],
        body["actor"]["person"], plan["on_behalf"], plan["capacity"],
    )  # fmt: skip
    held = (
        row.case_id, row.seq, _instant(row.at), row.action, row.was, row.entry_state,
        row.person_id, row.on_behalf_id, row.capacity,
    )  # fmt: skip
    return said != held


def _row_differs(last: ChainRow) -> bool:
    body = json.loads(last.body)
    said = (body["case"]["code"], *(body["plan"][name] for name in ("state", "outcome", "due_at")))
    held = (last.code, last.state, last.outcome, _instant(last.due_at) if last.due_at else None)
    return said != held


def _settled(case: Case, *, timed: bool) -> Case:
    """Return the part of a case that its history determines: not the chain's head, and the times only where `timed`."""
    if timed:
        return case._replace(head="")
    asks = {name: replace(standing, clock=None) for name, standing in case.asks.items()}
    return case._replace(head="", due_at=None, clocks={}, asks=asks)


def _as_in_row(folded: Case, row: Case) -> Case:
    """Leave out the clocks of asks whose row was written before asks had one."""
    clocked = {name for name, standing in row.asks.items() if standing.clock is not None}
    asks = {
        name: standing if name in clocked else replace(standing, clock=None) for name, standing in folded.asks.items()
    }
    return folded._replace(asks=asks)


def _compare(case_id: int | None, seq: int, digest: str, *, recorded: str | None) -> Iterator[ChainFault]:
    if recorded is None:
        yield ChainFault("cut", case_id, seq)
    elif recorded != digest:
        yield ChainFault("replaced", case_id, seq)


def _is_genuine(statement: dict[str, Any], public_key: str) -> bool:
    if statement["digest"] != _digest(statement["heads"]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(statement["signature"]), _signed(statement)
        )
    except InvalidSignature:
        return False
    return True


def _signed(statement: dict[str, Any]) -> bytes:
    return canonical({name: value for name, value in statement.items() if name not in ("heads", "signature")})


def _digest(heads: list[Any]) -> str:
    return hashlib.sha256(canonical(heads)).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
