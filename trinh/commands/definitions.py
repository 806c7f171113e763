"""`trinh definitions`: check a definition, list what is published, publish a version, run its walks, draw it.

Reads files and hands their bytes on; what a text means, and who may publish it, is known below. Called by `command`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, cast

import click

from trinh import composition
from trinh.terminal import FOUND_FAULTS, Language, Terminal
from workflow import business_time, people, publishing
from workflow.exchange.shipped import tree
from workflow.machine import drawing, loading, walks
from workflow.machine.calendars import calendar_of
from workflow.machine.faults import Finding
from workflow.machine.reasons import sentence
from workflow.machine.walks import WalkReport
from workflow.values import Refusal

LARGEST: Final = 1024 * 1024
"""More than any definition may have; what is larger is not even read."""

_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group()
def definitions() -> None:
    """Check, publish, test and draw definitions."""


@definitions.command()
@click.argument("files", nargs=-1, required=True, type=_file, metavar="FILE...")
@_form
@click.pass_obj
def verify(terminal: Terminal, files: tuple[Path, ...], form: str) -> None:
    """Say everything that is wrong or doubtful about definitions, with its line. Exit code 1 if any has an error."""
    found = {path: publishing.verify_text(_read(terminal, path)) for path in files}
    if form == "json":
        terminal.as_json([_as_json(path, finding) for path, findings in found.items() for finding in findings])
    else:
        for path, findings in found.items():
            _tell(terminal, path, findings)
    if any(finding.severity == "error" for findings in found.values() for finding in findings):
        raise SystemExit(FOUND_FAULTS)


@definitions.command("list")
@_form
@click.pass_obj
def list_(terminal: Terminal, form: str) -> None:
    """List the published versions; the current one of each definition is what new cases use."""
    with composition.record(terminal.settings) as database, database.reading() as tx:
        versions = publishing.versions(tx)
    if form == "json":
        terminal.as_json([row._asdict() for row in versions])
        return
    terminal.rows(
        ("definition", "version", "current", "open cases", "published", "hash", "title"),
        [
            (
                row.name,
                row.version,
                "*" if row.current else "",
                row.open_cases,
                f"{row.published_at:%Y-%m-%d}",
                row.hash[:12],
                row.title_vi if terminal.language == "vi" else row.title_en,
            )
            for row in versions
        ],
    )


@definitions.command()
@click.argument("file", type=_file)
@click.option("--author", required=True, metavar="USERNAME", help="The administrator who wrote it.")
@click.option("--publisher", required=True, metavar="USERNAME", help="Another administrator, who publishes it.")
@click.pass_obj
def publish(terminal: Terminal, file: Path, author: str, publisher: str) -> None:
    """Publish a file as the next version: new cases use it, open ones keep theirs. It takes two administrators."""
    text = _read(terminal, file)
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


@definitions.command()
@click.argument("files", nargs=-1, type=_file, metavar="[FILE...]")
@_form
@click.pass_obj
def test(terminal: Terminal, files: tuple[Path, ...], form: str) -> None:
    """Play the walks beside definitions (walks.yaml); without a file, those of all definitions that ship.

    Exit code 1 if a step does not come true.
    """
    reports = [_walked(terminal, path) for path in files or _shipped()]
    if form == "json":
        terminal.as_json([_walks_as_json(report, language=terminal.language) for report in reports])
    else:
        for report in reports:
            _tell_walks(terminal, report)
    if not all(report.came_true for report in reports):
        raise SystemExit(FOUND_FAULTS)


@definitions.command()
@click.argument("file", type=_file)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write here, not on standard output.",
)
@click.pass_obj
def draw(terminal: Terminal, file: Path, output: Path | None) -> None:
    """Draw a definition as SVG."""
    picture = drawing.draw(loading.load(_read(terminal, file), path=str(file)), language=terminal.language)
    if output is None:
        click.echo(picture)
        return
    output.write_text(picture, "utf-8")
    terminal.say("drawn", path=output)


def _shipped() -> list[Path]:
    return [path.with_name("v1.yaml") for path in sorted(composition.definitions_folder().glob("*/walks.yaml"))]


def _walked(terminal: Terminal, path: Path) -> WalkReport:
    beside = path.with_name("walks.yaml")
    if not beside.is_file():
        terminal.wrong("walks_missing", path=beside)
    document = tree((composition.definitions_folder() / "calendar.yaml").read_bytes(), path="calendar.yaml")
    calendar = calendar_of(cast("dict[str, object]", document))
    definition = loading.load(_read(terminal, path), path=str(path))
    return walks.run(definition, beside.read_text("utf-8"), calendar=calendar, path=str(beside))


def _tell_walks(terminal: Terminal, report: WalkReport) -> None:
    for line in report.sentences(terminal.language):
        click.echo(line)
    terminal.say(
        "walks_counted",
        path=report.path,
        steps=len(report.results),
        failed=sum(bool(result.faults) for result in report.results),
        covered=len(report.coverage.tried & report.coverage.transitions),
        of=len(report.coverage.transitions),
    )


def _walks_as_json(report: WalkReport, *, language: Language) -> dict[str, Any]:
    faulty = [result for result in report.results if result.faults]
    return {
        "file": report.path,
        "steps": len(report.results),
        "faults": [
            {"line": result.line, "walk": result.walk._asdict(), "sentence": getattr(fault, language)}
            for result in faulty
            for fault in result.faults
        ],
        "untried": report.coverage.untried,
        "unrefused": report.coverage.unrefused,
    }


def _read(terminal: Terminal, path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        terminal.fail("file_too_large", path=path, most=LARGEST // 1024 // 1024)
    return path.read_bytes()


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


COMMANDS = (definitions,)
