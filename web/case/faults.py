"""What was wrong with an act that was tried, arranged by the inputs of the page to which it belongs.

Knows where inputs stand on the page, not why something is wrong: the engine says that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from web.case.inputs import CaseInputs
from web.case.lists import ListPart
from web.forms import EDITED
from workflow.cases import MemberView
from workflow.machine.definition import Field
from workflow.values import Reason, Refusal, Text

COUNTED = "count"
"""The input whose faults stand beside the numbers of a count."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """An input at fault, to which the summary of a refusal leads."""

    at: str
    label: Text


@dataclass(frozen=True)
class CaseFaults:
    """The faults of one page: `lists` are those that stand in its form, `counts` whether papers are counted on it."""

    inputs: CaseInputs
    lists: tuple[ListPart, ...]
    counts: bool
    refusal: Refusal | None
    tried: str | None

    def __bool__(self) -> bool:
        return bool(self.by_input)

    @cached_property
    def _inputs(self) -> frozenset[str | None]:
        """The fields that have an input on the page."""
        given = {input_field.name for offer in self.inputs.asking for input_field in self.inputs.given_with(offer)}
        lists = {part.name for part in self.lists}
        counted = {COUNTED} if self.counts else set()
        return frozenset(given | lists | {input_field.name for input_field in self.inputs.editable}) | counted

    @property
    def general(self) -> tuple[Reason, ...]:
        """Reasons that belong to no input on the page."""
        if self.refusal is None or self.refusal.kind == "stale":
            return ()
        return tuple(reason for reason in self.refusal.reasons if reason.field not in self._inputs)

    @property
    def fields(self) -> tuple[Faulty, ...]:
        """The inputs at fault, in the order in which they stand on the page."""
        return tuple(
            Faulty(f"{at}{place.name}.field", place.label) for at, place in self._places if self.at(at).get(place.name)
        )

    @property
    def _places(self) -> Iterator[tuple[str, Field]]:
        """The inputs of the page with their prefixes."""
        yield from ((EDITED, place) for place in self.inputs.editable)
        for offer in self.inputs.asking:
            yield from ((f"{offer.action}.", place) for place in self.inputs.given_with(offer))

    @cached_property
    def by_input(self) -> Mapping[str, tuple[Reason, ...]]:
        """Reasons by the input they belong to."""
        faults: dict[str, tuple[Reason, ...]] = {}
        for reason in self.refusal.reasons if self.refusal else ():
            if reason.field in self._inputs:
                faults[reason.field or ""] = (*faults.get(reason.field or "", ()), reason)
        return faults

    def at(self, at: str) -> Mapping[str, tuple[Reason, ...]]:
        """Faults of the form itself, or of what one action asks for."""
        return self.by_input if at in (EDITED, f"{self.tried}.") else {}

    def of(self, name: str, line: str, *, but: Sequence[MemberView] = ()) -> tuple[Reason, ...]:
        """What is wrong with one line of a count or one case of a list; without a line, what no case of `but` shows."""
        known = {member.code for member in but}
        faults = self.by_input.get(name, ())
        if line or not but:
            return tuple(reason for reason in faults if reason.facts.get("case", "") == line)
        return tuple(reason for reason in faults if reason.facts.get("case", "") not in known)
