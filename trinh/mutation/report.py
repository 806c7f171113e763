"""How sharp the walks of a definition are: the share of small wrongs done to it that make at least one walk fail.

A wrong that the verifier refuses anyway is left out: it could never be published. Knows no file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trinh.mutation.operators import Mutant, mutants
from workflow.errors import WorkflowError
from workflow.machine.calendar import Calendar
from workflow.machine.checking import check
from workflow.machine.definition import Definition
from workflow.machine.walks import Walk, fails, read
from workflow.values import EMPTY_MAPPING


@dataclass(frozen=True, slots=True)
class MutationReport:
    """The wrongs that were noticed and those that were not."""

    noticed: tuple[Mutant, ...]
    survived: tuple[Mutant, ...]

    @property
    def percent(self) -> int:
        """The score, rounded down; 100 where nothing was tried."""
        total = len(self.noticed) + len(self.survived)
        return 100 * len(self.noticed) // total if total else 100


def mutated(
    definition: Definition,
    text: str | bytes,
    *,
    calendar: Calendar,
    path: str = "walks.yaml",
    family: Mapping[str, Definition] = EMPTY_MAPPING,
) -> MutationReport:
    """Play the walks against every mutant that could be published; raises DefinitionFaults for an unreadable text.

    No wrong is done to the `family`, the other definitions whose cases the walks open.
    """
    walks = read(text, definition, calendar=calendar, path=path, family=family)
    noticed: list[Mutant] = []
    survived: list[Mutant] = []
    for mutant in _publishable(definition):
        (noticed if _is_noticed(mutant, walks, calendar, family) else survived).append(mutant)
    return MutationReport(tuple(noticed), tuple(survived))


def _publishable(definition: Definition) -> Iterator[Mutant]:
    for mutant in mutants(definition):
        if not any(finding.severity == "error" for finding in check(mutant.definition)):
            yield mutant


def _is_noticed(mutant: Mutant, walks: tuple[Walk, ...], calendar: Calendar, family: Mapping[str, Definition]) -> bool:
    """Whether a walk fails; a definition under which a walk cannot even be played is noticed too."""
    try:
        return fails(mutant.definition, walks, calendar=calendar, family=family)
    except WorkflowError:
        return True
