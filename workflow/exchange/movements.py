"""Movements from a YAML file: what a campaign is, its milestones, and whom each addresses.

Knows the keys and what may stand in them; which units and kinds exist is passed in. All faults are listed, each with
its path in the file; nothing is written here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from workflow.exchange import units
from workflow.exchange.shipped import Tree, tree
from workflow.exchange.tables import FaultyFile, TableFault
from workflow.values import OWN_MILESTONE, Text

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_HEAD: Final = frozenset({"movement", "title", "basis", "issued", "begins", "ends", "milestones"})
_MILESTONE: Final = frozenset({"title", "before", "until", "source", "opens", "definition", "owed", "invited"})
_TAKEN: Final = ("begins", "ends", OWN_MILESTONE)
"""What guards call a movement's edges, and the milestone that a case is owed for."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom a milestone addresses: units of some kinds, and single units by code."""

    kinds: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone as the file has it; `exclusive` where it says `before`; `source` is the paper that set its date."""

    name: str
    title: Text
    on_date: date
    exclusive: bool
    source: str | None
    definition: str | None
    opens_on: date | None
    owed: Circle
    invited: Circle


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement as the file has it."""

    code: str
    title: Text
    basis: str
    issued_on: date
    begins_on: date
    ends_on: date
    milestones: tuple[MilestoneRow, ...]


@dataclass(frozen=True, slots=True)
class KnownForMovements:
    """What the record has: kinds of unit, units by code, and definitions that a movement can open.

    `definitions` gives for each the milestones that its deadlines count towards.
    """

    kinds: frozenset[str]
    units: frozenset[str]
    definitions: Mapping[str, frozenset[str]]


def read(source: bytes, *, name: str, known: KnownForMovements) -> list[MovementRow]:
    """Read the movements in a file. Raises `FaultyFile` with all faults, `DefinitionFaults` for what is no YAML."""
    reader = _Reader(known)
    document = tree(source, path=name)
    entries = document if isinstance(document, list) else [document]
    rows = [reader.movement(entry, f"[{number}]") for number, entry in enumerate(entries, 1)]
    if reader.faults:
        raise FaultyFile(reader.faults, name=name)
    return rows


class _Reader:
    """Reads one file. Every fault is noted, and reading goes on with an empty value in its place."""

    def __init__(self, known: KnownForMovements) -> None:
        self.known = known
        self.faults: list[TableFault] = []

    def movement(self, entry: Tree, path: str) -> MovementRow:
        keys = self.keys(entry, path, allowed=_HEAD)
        code = self.word(keys.get("movement"), f"{path}.movement", _CODE)
        milestones = self.keys(keys.get("milestones", {}), f"{path}.milestones", allowed=None)
        row = MovementRow(
            code=code,
            title=self.title(keys.get("title"), f"{path}.title"),
            basis=self.text(keys.get("basis"), f"{path}.basis"),
            issued_on=self.day(keys.get("issued"), f"{path}.issued"),
            begins_on=self.day(keys.get("begins"), f"{path}.begins"),
            ends_on=self.day(keys.get("ends"), f"{path}.ends"),
            milestones=tuple(
                self.milestone(name, entry, f"{path}.milestones.{name}") for name, entry in milestones.items()
            ),
        )
        for milestone in row.milestones:
            self.counted_towards(milestone, frozenset(milestones), f"{path}.milestones.{milestone.name}.definition")
        if row.ends_on < row.begins_on:
            self.fault("span_empty", f"{path}.ends")
        if not row.milestones:
            self.fault("value_needed", f"{path}.milestones")
        return row

    def milestone(self, name: str, entry: Tree, path: str) -> MilestoneRow:
        self.word(name, path, _NAME)
        if name in _TAKEN:
            self.fault("name_taken", path, found=name)
        keys = self.keys(entry, path, allowed=_MILESTONE)
        edge = "until" if "until" in keys else "before"
        if ("before" in keys) == ("until" in keys):
            self.fault("before_or_until", path)
        definition = str(keys["definition"]) if "definition" in keys else None
        if definition is not None and definition not in self.known.definitions:
            allowed = ", ".join(sorted(self.known.definitions))
            self.fault("definition_unknown", f"{path}.definition", found=definition, allowed=allowed)
        if definition is None and ("owed" in keys or "invited" in keys):
            self.fault("value_needed", f"{path}.definition")
        return MilestoneRow(
            name=name,
            title=self.title(keys.get("title"), f"{path}.title"),
            on_date=self.day(keys[edge], f"{path}.{edge}") if edge in keys else date.min,
            exclusive=edge == "before",
            source=self.text(keys["source"], f"{path}.source") if "source" in keys else None,
            definition=definition,
            opens_on=self.day(keys["opens"], f"{path}.opens") if "opens" in keys else None,
            owed=self.circle(keys.get("owed", {}), f"{path}.owed"),
            invited=self.circle(keys.get("invited", {}), f"{path}.invited"),
        )

    def counted_towards(self, milestone: MilestoneRow, names: frozenset[str], path: str) -> None:
        """Note the milestones that the definition's deadlines count towards and that this movement does not have."""
        for name in sorted(self.known.definitions.get(milestone.definition or "", frozenset()) - names):
            facts = {"found": name, "definition": milestone.definition, "allowed": ", ".join(sorted(names))}
            self.fault("milestone_missing", path, **facts)

    def circle(self, entry: Tree, path: str) -> Circle:
        keys = self.keys(entry, path, allowed=frozenset({"kinds", "units"}))
        kinds = frozenset(self.codes(keys.get("kinds", []), f"{path}.kinds", self.known.kinds, "kind_unknown"))
        return Circle(
            kinds, frozenset(self.codes(keys.get("units", []), f"{path}.units", self.known.units, "unit_unknown"))
        )

    def codes(self, entry: Tree, path: str, known: frozenset[str], code: str) -> Iterator[str]:
        if not isinstance(entry, list):
            self.fault("list_needed", path)
            return
        for item in entry:
            if str(item) not in known:
                self.fault(code, path, found=str(item), unit=str(item), allowed=sorted(self.known.kinds))
            yield str(item)

    def keys(self, entry: Tree | None, path: str, *, allowed: frozenset[str] | None) -> Mapping[str, Tree]:
        if not isinstance(entry, dict):
            self.fault("mapping_needed", path)
            return {}
        for key in entry:
            if allowed is not None and key not in allowed:
                self.fault("column_unknown", f"{path}.{key}", allowed=", ".join(sorted(allowed)))
        return entry

    def title(self, entry: Tree | None, path: str) -> Text:
        parts = [part.strip() for part in entry.split("|")] if isinstance(entry, str) else []
        if len(parts) != len(Text._fields) or not all(parts):
            self.fault("both_languages_needed", path)
            return Text("", "")
        return Text(*parts)

    def text(self, entry: Tree | None, path: str) -> str:
        if not isinstance(entry, str) or not entry.strip():
            self.fault("value_needed", path)
            return ""
        return entry.strip()

    def word(self, entry: Tree | None, path: str, shape: re.Pattern[str]) -> str:
        if not isinstance(entry, str) or not shape.fullmatch(entry):
            self.fault("code_malformed", path, allowed=shape.pattern)
            return ""
        return entry

    def day(self, entry: Tree | None, path: str) -> date:
        if entry is None:
            self.fault("value_needed", path)
            return date.min
        day = units.day(str(entry))
        if day is None:
            self.fault("date_malformed", path, found=str(entry))
        return day or date.min

    def fault(self, code: str, path: str, **facts: object) -> None:
        self.faults.append(TableFault(code, None, path, facts))
