"""`trinh definitions list|publish`: definitions in the record, and what the record makes of them.

Hands the bytes of files on; the verbs know who may publish what, and what fits the organisation of today.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from trinh import definition_files, record
from trinh.terminal import Terminal
from workflow import calendars
from workflow.definitions import inspections, publishing, staffing, wording
from workflow.installation import business_time
from workflow.machine.definition import Definition, Finding
from workflow.organisation import people
from workflow.storage.session import Tx
from workflow.values import Refusal


@click.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_(terminal: Terminal, form: str) -> None:
    """List the published versions; the current one of each definition is what new cases use."""
    with record.opened(terminal.settings) as database, database.reading() as tx:
        versions, open_cases = publishing.versions(tx), publishing.open_cases(tx)
    if form == "json":
        terminal.as_json([{**row._asdict(), "open_cases": open_cases[row.hash]} for row in versions])
        return
    terminal.rows(
        ("definition", "version", "current", "open cases", "published", "hash", "title"),
        [
            (
                row.name,
                row.version,
                "*" if row.current else "",
                open_cases[row.hash],
                f"{row.published_at:%Y-%m-%d}",
                row.hash[:12],
                row.title_vi if terminal.language == "vi" else row.title_en,
            )
            for row in versions
        ],
    )


@click.command()
@click.argument("file", type=definition_files.FILE)
@click.option("--author", required=True, metavar="USERNAME", help="The administrator who wrote it.")
@click.option("--publisher", required=True, metavar="USERNAME", help="Another administrator, who publishes it.")
@click.pass_obj
def publish(terminal: Terminal, file: Path, author: str, publisher: str) -> None:
    """Publish a file as the next version: new cases use it, open ones keep theirs. It takes two administrators."""
    text = definition_files.read(terminal, file)
    with record.opened(terminal.settings) as database:
        with database.statements() as tx:
            asked = publishing.ask_about_text(tx, text, now=business_time.read(tx), path=str(file))
        # Answered here and kept, so that publishing does not wait for it with the record locked.
        inspections.inspect(asked)
        with database.writing() as tx:
            answer = publishing.publish_text(
                tx,
                text,
                author_id=people.find_username(tx, author).id,
                publisher_id=people.find_username(tx, publisher).id,
                now=business_time.read(tx),
                path=str(file),
            )
    if isinstance(answer, Refusal):
        reasons = "; ".join(wording.sentence(reason, language=terminal.language) for reason in answer.reasons)
        terminal.fail("refused", reasons=reasons)
    terminal.say("definition_published", name=answer.name, version=answer.version)


def findings(terminal: Terminal, definitions: Mapping[Path, Definition]) -> dict[Path, tuple[Finding, ...]]:
    """Find what the organisation and the movements of today make of definitions."""
    with record.opened(terminal.settings) as database, database.reading() as tx:
        now = business_time.read(tx)
        return {path: _in_record(tx, definition, now=now) for path, definition in definitions.items()}


def _in_record(tx: Tx, definition: Definition, *, now: datetime) -> tuple[Finding, ...]:
    today = calendars.local_date(tx, now)
    return (
        *publishing.in_movements(tx, definition, now=now),
        *staffing.verify_units(tx, definition, on_date=today),
    )
