"""`trinh audit`: prove that nothing was changed afterwards, and sign where the record stands now.

Reads and writes files, words the faults; the proof itself is in `workflow.audit`.
"""

import base64
import binascii
import json
from pathlib import Path
from typing import Any

import click

from trinh import record
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow import calendars, documents
from workflow.audit import ChainFault, audits
from workflow.definitions import publishing

_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group()
def audit() -> None:
    """Verify the history, and sign checkpoints."""


@audit.command()
@click.option("--checkpoint", type=_file, help="Also compare with a checkpoint that was kept elsewhere.")
@click.option("--public-key", help="The key the checkpoint must be signed with, in hex; else that of TRINH_AUDIT_KEY.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def verify(terminal: Terminal, checkpoint: Path | None, public_key: str | None, form: str) -> None:
    """Walk every chain, decide every case again, read every document. Exit code 1 if anything was changed."""
    exported = _exported(terminal, checkpoint) if checkpoint is not None else None
    signer = public_key or (audits.public_key_of(_key(terminal)) if exported is not None else "")
    with record.opened(terminal.settings) as database, database.reading() as tx:
        faults = [
            *audits.verify(tx),
            *audits.refold(
                tx,
                definition_of=lambda text_hash: publishing.compiled(tx, text_hash),
                calendar=calendars.calendar_of(tx),
            ),
            *(audits.check_against(tx, exported, public_key=signer) if exported is not None else ()),
        ]
        damaged = list(documents.damaged(tx, record.blobs_of(terminal.settings)))
        said = [
            *(_as_json(terminal, fault) for fault in faults),
            *(_damaged_as_json(terminal, sha256) for sha256 in damaged),
        ]
    if form == "json":
        terminal.as_json(said)
    else:
        _tell(terminal, [entry["sentence"] for entry in said])
    if said:
        raise SystemExit(FOUND_FAULTS)


@audit.command()
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to write it."
)
@click.pass_obj
def checkpoint(terminal: Terminal, output: Path) -> None:
    """Sign where every chain ends now. Keep the file where the owner of this database is not."""
    key = _key(terminal)
    with record.opened(terminal.settings) as database, database.writing() as tx:
        statement = audits.checkpoint(tx, key)
    output.write_text(statement + "\n", "utf-8")
    terminal.say("checkpoint_written", path=output, public_key=audits.public_key_of(key))


def _key(terminal: Terminal) -> bytes:
    secret = terminal.settings.audit_key
    if secret is None:
        terminal.wrong("audit_key_needed")
    try:
        key = base64.b64decode(secret.get_secret_value(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != audits.KEY_BYTES:
        terminal.wrong("audit_key_wrong")
    return key


def _exported(terminal: Terminal, path: Path) -> str:
    text = path.read_text("utf-8", errors="replace")
    try:
        statement = json.loads(text)
    except ValueError:
        statement = None
    if not isinstance(statement, dict) or not {"heads", "digest", "signature", "administration"} <= statement.keys():
        terminal.wrong("checkpoint_unreadable", path=path)
    return text


def _tell(terminal: Terminal, said: list[str]) -> None:
    for sentence in said:
        click.echo(sentence)
    terminal.say("audit_faults" if said else "audit_sound", count=len(said))


def _damaged_as_json(terminal: Terminal, sha256: str) -> dict[str, Any]:
    return {"kind": "document", "sha256": sha256, "sentence": terminal.sentence("fault_document", sha256=sha256)}


def _as_json(terminal: Terminal, fault: ChainFault) -> dict[str, Any]:
    if fault.case_id is None:
        place = terminal.sentence("place_administration", seq=fault.seq or "–")
    else:
        place = terminal.sentence("place_case", case=fault.case_id, seq=fault.seq or "–")
    return {
        "kind": fault.kind,
        "case_id": fault.case_id,
        "seq": fault.seq,
        "facts": dict(fault.facts),
        "sentence": terminal.sentence(f"fault_{fault.kind}", place=place, **fault.facts),
    }
