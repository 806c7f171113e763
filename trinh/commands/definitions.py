"""`trinh definitions`: check a definition, list what is published, publish a version.

Hands the bytes of files on; what a text means, and who may publish it, is known below. What is done with a definition
besides (walks, drawing, telling, playing) stands in the `definitions_*` modules. Called by `command`.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from trinh import composition, definition_files
from trinh.commands import definitions_played, definitions_told, definitions_walked
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow import business_time, calendars, people, publishing, staffing
from workflow.machine import checking, loading
from workflow.machine.checking_family import check_family
from workflow.machine.definition import Definition
from workflow.machine.faults import Finding, in_order
from workflow.machine.reasons import sentence
from workflow.storage.session import Tx
from workflow.values import Refusal

_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group()
def definitions() -> None:
    """Check, publish, test, play, draw and explain definitions."""


@definitions.command()
@click.argument("files", nargs=-1, required=True, type=definition_files.FILE, metavar="FILE...")
@_form
@click.option(
    "--units", "with_units", is_flag=True, help="Check them against the units, people and movements of the record."
)
@click.pass_obj
def verify(terminal: Terminal, files: tuple[Path, ...], form: str, *, with_units: bool) -> None:
    """Say everything that is wrong or doubtful about definitions, with its line. Exit code 1 if any has an error.

    Definitions that act on each other's cases are also held against each other, with those that lie beside the files.
    """
    texts = {path: definition_files.read(terminal, path) for path in files}
    found = _with_family(
        texts,
        {
            path: publishing.verify_text(text, figures=definition_files.regimes_beside(path))
            for path, text in texts.items()
        },
    )
    if with_units:
        found = _with_units(terminal, texts, found)
    if form == "json":
        terminal.as_json([_as_json(path, finding) for path, findings in found.items() for finding in findings])
    else:
        for path, findings in found.items():
            _tell(terminal, path, findings)
    if any(_is_error(finding) for findings in found.values() for finding in findings):
        raise SystemExit(FOUND_FAULTS)


def _with_family(
    texts: Mapping[Path, bytes], found: Mapping[Path, tuple[Finding, ...]]
) -> dict[Path, tuple[Finding, ...]]:
    """Add what is wrong between those definitions that have no errors of their own, and with their neighbours."""
    family = {
        name: neighbour
        for name, neighbour in definition_files.family_of(texts).items()
        if not any(map(_is_error, checking.check(neighbour)))
    }
    between = check_family(family)
    joined = dict(found)
    for path, findings in found.items():
        if not any(map(_is_error, findings)):
            own = loading.load(texts[path], path=str(path))
            same = family[own.name].hash == own.hash
            more = between if same else check_family({**family, own.name: own})
            joined[path] = in_order((*findings, *more[own.name]))
    return joined


def _with_units(
    terminal: Terminal, texts: Mapping[Path, bytes], found: Mapping[Path, tuple[Finding, ...]]
) -> dict[Path, tuple[Finding, ...]]:
    """Add what the organisation and the movements of today make of definitions that have no errors of their own."""
    with composition.record(terminal.settings) as database, database.reading() as tx:
        now = business_time.read(tx)
        return {
            path: findings
            if any(map(_is_error, findings))
            else (*findings, *_in_record(tx, loading.load(texts[path], path=str(path)), now=now))
            for path, findings in found.items()
        }


def _in_record(tx: Tx, definition: Definition, *, now: datetime) -> tuple[Finding, ...]:
    today = calendars.local_date(tx, now)
    return (
        *publishing.in_movements(tx, definition, now=now),
        *staffing.verify_units(tx, definition, on_date=today),
    )


def _is_error(finding: Finding) -> bool:
    return finding.severity == "error"


@definitions.command("list")
@_form
@click.pass_obj
def list_(terminal: Terminal, form: str) -> None:
    """List the published versions; the current one of each definition is what new cases use."""
    with composition.record(terminal.settings) as database, database.reading() as tx:
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


@definitions.command()
@click.argument("file", type=definition_files.FILE)
@click.option("--author", required=True, metavar="USERNAME", help="The administrator who wrote it.")
@click.option("--publisher", required=True, metavar="USERNAME", help="Another administrator, who publishes it.")
@click.pass_obj
def publish(terminal: Terminal, file: Path, author: str, publisher: str) -> None:
    """Publish a file as the next version: new cases use it, open ones keep theirs. It takes two administrators."""
    text = definition_files.read(terminal, file)
    with composition.record(terminal.settings) as database, database.writing() as tx:
        answer = publishing.publish_text(
            tx,
            text,
            author_id=people.find_username(tx, author).id,
            publisher_id=people.find_username(tx, publisher).id,
            now=business_time.read(tx),
            path=str(file),
        )
    if isinstance(answer, Refusal):
        reasons = "; ".join(sentence(reason, language=terminal.language) for reason in answer.reasons)
        terminal.fail("refused", reasons=reasons)
    terminal.say("definition_published", name=answer.name, version=answer.version)


def _tell(terminal: Terminal, path: Path, findings: tuple[Finding, ...]) -> None:
    if not findings:
        terminal.say("definition_sound", path=path)
    for line in _lines(terminal, path, findings):
        click.echo(line)


def _lines(terminal: Terminal, path: Path, findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        place = f"{path}:{finding.line}:{finding.column}"
        yield f"{place}: {finding.severity}: {finding.sentence(terminal.language)}"
        if finding.steps:
            yield "    " + " → ".join(f"{step.action} ({step.by}) → {step.to}" for step in finding.steps)


def _as_json(path: Path, finding: Finding) -> dict[str, Any]:
    return {
        "file": str(path),
        "line": finding.line,
        "column": finding.column,
        "path": finding.path,
        "severity": finding.severity,
        "code": finding.code,
        "sentence": {"vi": finding.sentence("vi"), "en": finding.sentence("en")},
        "steps": [{"action": step.action, "by": step.by, "to": step.to} for step in finding.steps],
    }


for _command in (*definitions_walked.COMMANDS, *definitions_played.COMMANDS, *definitions_told.COMMANDS):
    definitions.add_command(_command)

COMMANDS = (definitions,)
