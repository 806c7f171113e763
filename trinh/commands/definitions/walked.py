"""`trinh definitions test`: play the walks beside definitions, and say what they leave untried and unnoticed.

Knows which shares are demanded; the machine plays the walks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from trinh import definition_files
from trinh.mutation import Mutant, MutationReport, mutated
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow.catalogue import Language, in_language
from workflow.machine.loading import loader
from workflow.machine.walks import GuardWatch, WalkReport, runner, watching

LEAST_SCORE: Final = 80
"""Per cent of small wrongs that walks must notice."""
_percent = click.IntRange(0, 100)


@dataclass(frozen=True, slots=True)
class Tried:
    """One definition with what its walks showed; `mutation` is None where no wrongs were tried or the walks fail."""

    path: Path
    report: WalkReport
    guards: GuardWatch
    mutation: MutationReport | None

    def is_enough(self, least_score: int) -> bool:
        """Whether every step came true, nothing was left untried and enough wrongs were noticed."""
        untried = (*self.report.coverage.untried, *self.report.coverage.unrefused, *self.guards.unanswered)
        sharp = self.mutation is None or self.mutation.percent >= least_score
        return self.report.came_true and not untried and sharp


@click.command()
@click.argument("files", nargs=-1, type=definition_files.FILE, metavar="[FILE...]")
@click.option("--walks", "other", type=definition_files.FILE, help="Play these walks, not those beside the file.")
@click.option("--score", type=_percent, default=LEAST_SCORE, show_default=True, help="Wrongs to be noticed, per cent.")
@click.option("--walks-only", is_flag=True, help="Do no wrongs to the definition: a second instead of some.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def test(
    terminal: Terminal, files: tuple[Path, ...], *, other: Path | None, score: int, walks_only: bool, form: str
) -> None:
    """Play the walks beside definitions (walks.yaml); without a file, those of all definitions that ship.

    Then small wrongs are done to each definition, to see whether its walks notice. Exit code 1 if a step does not
    come true, a transition, refusal or answer of a guard is untried, or too few wrongs are noticed.
    """
    trials = [_tried(terminal, path, other, walks_only) for path in files or definition_files.shipped_with_walks()]
    if form == "json":
        terminal.as_json([_as_json(tried, language=terminal.language) for tried in trials])
    else:
        for tried in trials:
            _tell(terminal, tried)
    if not all(tried.is_enough(score) for tried in trials):
        raise SystemExit(FOUND_FAULTS)


def _tried(terminal: Terminal, path: Path, other: Path | None, walks_only: bool) -> Tried:  # noqa: FBT001 -- the flag of the command line, handed on
    beside = other or definition_files.walks_beside(path)
    if not beside.is_file():
        terminal.wrong("walks_missing", path=beside)
    calendar = definition_files.shipped_calendar()
    definition = loader.load(definition_files.read(terminal, path), path=str(path))
    text = definition_files.read(terminal, beside)
    family = {name: member for name, member in definition_files.family_of([path]).items() if name != definition.name}
    watched, guards = watching(definition)
    report = runner.run(watched, text, calendar=calendar, path=str(beside), family=family)
    sharpened = report.came_true and not walks_only
    wrongs = mutated(definition, text, calendar=calendar, family=family) if sharpened else None
    return Tried(path, report, guards, wrongs)


def _tell(terminal: Terminal, tried: Tried) -> None:
    report, mutation = tried.report, tried.mutation
    for line in report.sentences(terminal.language):
        click.echo(line)
    if tried.guards.unanswered:
        terminal.say("guards_unanswered", path=report.path, items=", ".join(tried.guards.unanswered))
    for mutant in mutation.survived if mutation else ():
        terminal.say("wrong_unnoticed", place=_place(tried, mutant), operator=mutant.operator, change=mutant.change)
    terminal.say("walks_counted", **_counts(tried))
    if mutation:
        noticed, all_of = len(mutation.noticed), len(mutation.noticed) + len(mutation.survived)
        terminal.say("wrongs_counted", path=report.path, noticed=noticed, of=all_of, percent=mutation.percent)


def _counts(tried: Tried) -> dict[str, object]:
    coverage = tried.report.coverage
    return {
        "path": tried.report.path,
        "steps": len(tried.report.results),
        "failed": sum(bool(result.faults) for result in tried.report.results),
        "covered": len(coverage.tried & coverage.transitions),
        "of": len(coverage.transitions),
        "refused": len(coverage.refused & coverage.refusals),
        "of_refusals": len(coverage.refusals),
        "answers": len(tried.guards.seen),
        "of_answers": len(tried.guards.possible),
    }


def _place(tried: Tried, mutant: Mutant) -> str:
    return f"{tried.path}:{mutant.definition.mark(mutant.path).line}"


def _as_json(tried: Tried, *, language: Language) -> dict[str, Any]:
    report, mutation = tried.report, tried.mutation
    return {
        "file": report.path,
        "steps": len(report.results),
        "faults": list(_faults(report, language)),
        "counts": {key: count for key, count in _counts(tried).items() if key != "path"},
        "untried": report.coverage.untried,
        "unrefused": report.coverage.unrefused,
        "unanswered": tried.guards.unanswered,
        "score": mutation.percent if mutation else None,
        "survived": [
            {"place": _place(tried, mutant), "operator": mutant.operator, "change": mutant.change}
            for mutant in (mutation.survived if mutation else ())
        ],
    }


def _faults(report: WalkReport, language: Language) -> Iterator[dict[str, Any]]:
    for result in report.results:
        for fault in result.faults:
            yield {"line": result.line, "walk": result.walk._asdict(), "sentence": in_language(fault, language)}
