"""Everything that a definition's draft must be asked before it is published, as one question and one answer in JSON.

The question carries the text and what the record says around it, so that equal questions have equal answers and an
answer can be kept under the question's hash.
"""

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from workflow.machine.checking import StepsSpentError, bounded, check_text, movement_findings, newly_broken
from workflow.machine.definition import Definition, DefinitionFaults, Finding, PathStep, finding_at, in_order
from workflow.machine.drawing import Languages, diagram
from workflow.machine.loading import EDITION, loader
from workflow.values import Figure, Json, Text

UNDECIDED: Final = "too_many_configurations"
"""The finding of a check that ran out of counted steps."""
RULES: Final = "1"
"""Changes with the checks: an answer by other checks is no answer to this question."""


@dataclass(frozen=True, slots=True)
class InspectionQuestion:
    """A text, and what the record says around it.

    `figures` are those of each regime with the definitions they are for, `milestones` those of the movements under
    way, `others` the texts of the definitions in force with their editions. `origin`: the text that it is compared
    with. With a `language` it is drawn, under the `labels` of roles and milestones.
    """

    name: str
    text: str
    figures: Mapping[str, Sequence[tuple[str, Figure]]]
    milestones: Mapping[str, Sequence[str]]
    others: Sequence[tuple[str, str, int]] = ()
    origin: str | None = None
    language: Languages | None = None
    labels: Mapping[str, Text] | None = None

    def content(self) -> bytes:
        """Write the question as the child reads it."""
        return json.dumps([RULES, EDITION, asdict(self)], ensure_ascii=False, sort_keys=True).encode()

    def digest(self) -> str:
        """Name the question by what is asked."""
        return sha256(self.content()).hexdigest()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What became of a text: findings, its picture, and the lines that differ from its origin.

    `misfits` are the definitions that would no longer fit, each with a line; `hash` is that of the definition that the
    text says, None where it says none, and `of` names the question.
    """

    findings: tuple[Finding, ...]
    misfits: tuple[tuple[str, int], ...] = ()
    picture: str | None = None
    changes: tuple[tuple[Literal["old", "new"], int, str], ...] = ()
    hash: str | None = None
    of: str = ""


def inspect_text(content: bytes) -> Json:
    """Answer a question: what a child process calls."""
    _, _, asked = json.loads(content)
    text, name = str(asked["text"]), str(asked["name"])
    definition = _find_read(text, name)
    findings = check_text(text, figures=_figures(asked["figures"]))
    misfits: dict[str, int] = {}
    picture = None
    if definition is not None:
        findings = in_order((*findings, *movement_findings(definition, asked["milestones"])))
        if not any(finding.severity == "error" for finding in findings):
            misfits, spent = _misfits(definition, asked["others"])
            findings = in_order((*findings, *spent))
        picture = _drawn(definition, findings, asked)
    changes = [] if asked["origin"] is None else list(_changes(asked["origin"].splitlines(), text.splitlines()))
    return {
        "findings": [asdict(finding) for finding in findings],
        "misfits": [[other, line] for other, line in misfits.items()],
        "picture": picture,
        "changes": [[kind, number, line] for kind, number, line in changes],
        "hash": definition.hash if definition else None,
    }


def inspection_of(answer: Any) -> Inspection:
    """Read an answer."""
    return Inspection(
        findings=tuple(_finding(finding) for finding in answer["findings"]),
        misfits=tuple((str(name), int(line)) for name, line in answer["misfits"]),
        picture=answer["picture"],
        changes=tuple((kind, int(number), str(line)) for kind, number, line in answer["changes"]),
        hash=answer["hash"],
    )


def _find_read(text: str, name: str) -> Definition | None:
    try:
        return loader.load(text, path=name)
    except DefinitionFaults:
        return None


def _figures(asked: Mapping[str, Any]) -> dict[str, list[tuple[str, Figure]]]:
    return {
        regime: [
            (name, Figure(layer, param, tuple(keys), value, source))
            for name, (layer, param, keys, value, source) in pairs
        ]
        for regime, pairs in asked.items()
    }


def _misfits(definition: Definition, others: Any) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """Say which definitions in force would no longer fit, each at its first line."""
    lines: dict[str, int] = {}
    read = [loader.load(text, path=name, edition=edition) for name, text, edition in others]
    try:
        with bounded():
            for name, finding in newly_broken(definition, read):
                lines.setdefault(name, finding.line)
    except StepsSpentError:
        return {}, (finding_at(definition, UNDECIDED, "states", severity="undecided"),)
    return lines, ()


def _drawn(definition: Definition, findings: Sequence[Finding], asked: Any) -> str | None:
    if asked["language"] is None:
        return None
    labels = {name: Text(*label) for name, label in asked["labels"].items()}
    faulty = {finding.path for finding in findings if finding.severity == "error"}
    return diagram.draw(definition, language=asked["language"], labels=labels, faulty=faulty)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, str]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        for number in range(old_from, old_to):
            yield "old", number + 1, old[number]
        for number in range(new_from, new_to):
            yield "new", number + 1, new[number]


def _finding(sent: Any) -> Finding:
    facts = {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in sent["facts"].items()}
    steps = tuple(PathStep(**step) for step in sent["steps"])
    said = sent["said"]
    place = sent["line"], sent["column"], sent["path"]
    return Finding(sent["code"], sent["severity"], *place, facts, steps, Text(*said) if said else None)
