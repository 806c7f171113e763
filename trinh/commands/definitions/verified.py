"""`trinh definitions verify`: everything that is wrong or doubtful about definitions, with its line.

Hands the bytes of files on and words the findings; the machine knows what a text means. Opens the record only when
asked to check definitions against it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from trinh import definition_files
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow.machine.checking import check_family, verifier
from workflow.machine.definition import Finding, in_order
from workflow.machine.loading import loader


@click.command()
@click.argument("files", nargs=-1, required=True, type=definition_files.FILE, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--units", "with_units", is_flag=True, help="Check them against the units, people and movements of the record."
)
@click.pass_obj
def verify(terminal: Terminal, files: tuple[Path, ...], form: str, *, with_units: bool) -> None:
    """Say everything that is wrong or doubtful about definitions, with its line. Exit code 1 if any has an error.

    Definitions that act on each other's cases are also checked together, with those that lie beside the files.
    """
    texts = {path: definition_files.read(terminal, path) for path in files}
    findings_by_path = _with_family(
        texts,
        {
            path: verifier.check_text(text, figures=definition_files.regimes_beside(path))
            for path, text in texts.items()
        },
    )
    if with_units:
        findings_by_path = _with_units(terminal, texts, findings_by_path)
    if form == "json":
        terminal.as_json(
            [_as_json(path, finding) for path, findings in findings_by_path.items() for finding in findings]
        )
    else:
        for path, findings in findings_by_path.items():
            _tell(terminal, path, findings)
    if any(_is_error(finding) for findings in findings_by_path.values() for finding in findings):
        raise SystemExit(FOUND_FAULTS)


def _with_family(
    texts: Mapping[Path, bytes], findings_by_path: Mapping[Path, tuple[Finding, ...]]
) -> dict[Path, tuple[Finding, ...]]:
    """Add what is wrong between those definitions that have no errors of their own, and with their neighbours."""
    family = {
        name: neighbour
        for name, neighbour in definition_files.family_of(texts).items()
        if not any(map(_is_error, verifier.check(neighbour)))
    }
    between = check_family(family)
    joined = dict(findings_by_path)
    for path, findings in findings_by_path.items():
        if not any(map(_is_error, findings)):
            own = loader.load(texts[path], path=str(path))
            same = family[own.name].hash == own.hash
            more = between if same else check_family({**family, own.name: own})
            joined[path] = in_order((*findings, *more[own.name]))
    return joined


def _with_units(
    terminal: Terminal, texts: Mapping[Path, bytes], findings_by_path: Mapping[Path, tuple[Finding, ...]]
) -> dict[Path, tuple[Finding, ...]]:
    """Add what the organisation and the movements of today make of definitions that have no errors of their own."""
    from trinh.commands.definitions import recorded  # noqa: PLC0415 -- imports the record, which only --units needs

    sound = {
        path: loader.load(texts[path], path=str(path))
        for path, findings in findings_by_path.items()
        if not any(map(_is_error, findings))
    }
    more = recorded.findings(terminal, sound)
    return {path: (*findings, *more.get(path, ())) for path, findings in findings_by_path.items()}


def _is_error(finding: Finding) -> bool:
    return finding.severity == "error"


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
