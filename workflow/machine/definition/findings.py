"""What is wrong with a definition: findings with their place, and the error that carries all of them at once.

Knows codes, places and facts; the sentences stand in `messages`, those of guards beside the guards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from workflow.catalogue import Language, in_language
from workflow.errors import DefinitionError
from workflow.machine.definition.messages import FINDINGS
from workflow.machine.definition.model import Definition, Mark
from workflow.values import Text

Severity = Literal["error", "warning", "undecided"]
Fact = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a path that shows a finding: who did what, and where the case stood then."""

    action: str
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or warning, at a place of the file (counted from 1), with the shortest path that shows it.

    An `error` refuses publishing, a `warning` does not, `undecided` says that a check had to give up.
    """

    code: str
    severity: Severity
    line: int
    column: int
    path: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    steps: tuple[PathStep, ...] = ()
    said: Text | None = None

    def sentence(self, language: Language) -> str:
        """Say the finding in one sentence."""
        return in_language(self.said, language) if self.said else FINDINGS.say(self.code, language, **self.facts)

    def text(self) -> Text:
        """Say the finding in both languages."""
        return self.said or FINDINGS.text(self.code, **self.facts)


class DefinitionFaults(DefinitionError):
    """A text is no definition; `faults` says everything that is wrong with it, in the order of the file."""

    def __init__(self, faults: Iterable[Finding], *, path: str) -> None:
        self.faults = in_order(faults)
        self.path = path
        super().__init__(
            "; ".join(f"{path}:{fault.line}:{fault.column}: {fault.sentence('en')}" for fault in self.faults)
        )


def finding_at(
    definition: Definition,
    code: str,
    path: str,
    *,
    severity: Severity = "error",
    steps: tuple[PathStep, ...] = (),
    **facts: Fact,
) -> Finding:
    """Make a finding at a path of a definition, with the place where that stands in its file."""
    mark = definition.mark(path)
    return Finding(code, severity, mark.line, mark.column, path, facts, steps)


class FindingReport:
    """The faults found so far, and the places of everything read so far."""

    MOST = 100

    def __init__(self) -> None:
        self.faults: list[Finding] = []
        self.marks: dict[str, Mark] = {}

    def add(self, code: str, mark: Mark, *, path: str, **facts: Fact) -> None:
        """Note a fault; beyond the first hundred nobody reads them. A fact `near` makes it ask what was meant."""
        if facts.get("near"):
            code = f"{code}_near"
        self._keep(Finding(code, "error", mark.line, mark.column, path, facts))

    def add_said(self, code: str, mark: Mark, *, path: str, said: Text) -> None:
        """Note a fault that comes with its sentence."""
        self._keep(Finding(code, "error", mark.line, mark.column, path, said=said))

    def _keep(self, fault: Finding) -> None:
        if len(self.faults) < self.MOST:
            self.faults.append(fault)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings as the file is read, each once: of several ways to show one, the first (shortest) is kept."""
    unique: dict[tuple[int, int, str, str, str], Finding] = {}
    for finding in findings:
        unique.setdefault((finding.line, finding.column, finding.code, finding.path, finding.sentence("en")), finding)
    return tuple(unique[key] for key in sorted(unique))
