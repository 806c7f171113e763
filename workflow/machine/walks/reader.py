"""From the text of `walks.yaml` to walks: who stands where, what is given, who does what and what must come of it.

Reads through the same limited composer as definitions and notes every fault with its place. Knows the keys of a walk
and, for values, the types of the definition's fields; whether a walk comes true is for `runner` to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from workflow.machine.calendar import Calendar
from workflow.machine.case import field_of
from workflow.machine.definition import Definition, DefinitionFaults, Field, FindingReport, Mark
from workflow.machine.loading import Cursor, ListNode, MapNode, Node, ScalarNode, compose, normalised
from workflow.machine.walks.simulation import Cast
from workflow.machine.walks.walk_messages import FAULTS
from workflow.values import EMPTY_MAPPING, Capacity, Json, Place, Text

CAPACITIES: Mapping[str, Capacity] = {"KT": "KT", "TL": "TL", "TUQ": "TUQ"}
OUTSIDERS = ("system", "movement")
_GIVEN = ("starts", "movement", "people", "values")
_WALK = ("walk", "people", "movement", "starts", "steps")
_STEP = ("who", "does", "of", "with", "at", "until", "case", "unit")
EXPECTED = ("state", "outcome", "turn", "due", "letters", "refused", "because", "others", "asked", "sees", "warned")
_SCAN: Mapping[str, Json] = {"document": 1, "number": 1, "token": "walk", "name": "scan.pdf", "sha256": "0" * 64}
"""The scan that every paper of a walk has, so that walks speak of numbers and dates only."""
_WHOLE = ("integer", "money", "percent", "unit")


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One line of a walk: an act of somebody, or time passing, and what must be so afterwards."""

    line: int
    who: str | None
    does: str | None
    inputs: Mapping[str, Json]
    at: datetime | None
    case: int | None
    expected: Mapping[str, tuple[str, ...]]
    of: str | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """One example: its name, its people, when it begins, and its steps."""

    name: Text
    line: int
    cast: Cast
    starts: datetime
    movement: Mapping[str, str] | None
    steps: tuple[WalkStep, ...]


def read(
    text: str | bytes,
    definition: Definition,
    *,
    calendar: Calendar,
    path: str,
    family: Mapping[str, Definition] = EMPTY_MAPPING,
) -> tuple[Walk, ...]:
    """Read the walks of a definition; raises DefinitionFaults with every fault and its place.

    `family` are the other definitions, by name, whose cases its steps may open and move: `of: nominee`.
    """
    report = FindingReport()
    node = compose(normalised(text, path=path), report)
    walks = _Reader(definition, calendar, family=family).walks(Cursor(node, "", report)) if node else ()
    if report.faults:
        raise DefinitionFaults(report.faults, path=path)
    return walks


def values_of(text: str | bytes, definition: Definition, *, calendar: Calendar, cast: Cast) -> dict[str, Json]:
    """Read the values given to all walks of a text that was read before."""
    node = compose(normalised(text, path=""), FindingReport())
    given = node.entries.get("given") if isinstance(node, MapNode) else None
    values = given[1].entries.get("values") if given and isinstance(given[1], MapNode) else None
    return (
        _Reader(definition, calendar, cast=cast).inputs(Cursor(values[1], "", FindingReport()), definition)
        if values
        else {}
    )


@dataclass(slots=True)
class _Reader:
    """What holds for the whole file: the definition, and what all walks are given."""

    definition: Definition
    calendar: Calendar
    people: dict[str, Cursor] = field(default_factory=dict)
    values: dict[str, Cursor] = field(default_factory=dict)
    cast: Cast = field(default_factory=lambda: Cast({}))
    family: Mapping[str, Definition] = field(default_factory=dict)

    def walks(self, cursor: Cursor) -> tuple[Walk, ...]:
        parts = _parts(cursor, ("given", "walks"), required=("given", "walks"))
        given = _parts(parts["given"], _GIVEN, required=("starts", "people")) if "given" in parts else {}
        self.people = given["people"].named() if "people" in given else {}
        self.values = given["values"].named() if "values" in given else {}
        return tuple(self.walk(part, given) for part in (parts["walks"].items() if "walks" in parts else ()))

    def walk(self, cursor: Cursor, given: Mapping[str, Cursor]) -> Walk:
        parts = {**given, **_parts(cursor, _WALK, required=("walk", "steps"))}
        self.cast = self.cast_of({**self.people, **(parts["people"].named() if "people" in parts else {})})
        movement = parts.get("movement")
        steps = parts["steps"].items() if "steps" in parts else []
        return Walk(
            name=parts["walk"].text() if "walk" in parts else Text("", ""),
            line=cursor.node.mark.line,
            cast=self.cast,
            starts=self.instant(parts["starts"]) if "starts" in parts else datetime.min.replace(tzinfo=UTC),
            movement={name: day.words() for name, day in movement.named().items()} if movement else None,
            steps=tuple(map(self.step, steps)),
        )

    def cast_of(self, people: Mapping[str, Cursor]) -> Cast:
        places: dict[str, tuple[Place, ...]] = {}
        substitutes: dict[str, tuple[tuple[str, Capacity], ...]] = {}
        for name, cursor in people.items():
            if isinstance(cursor.node, MapNode):
                places[name] = ()
                substitutes[name] = self.substitution(cursor, people)
                continue
            places[name] = tuple(place for item in cursor.one_or_more() if (place := self.place(item)))
        return Cast(places, substitutes)

    def place(self, cursor: Cursor) -> Place | None:
        """Find the place of a name under `people`, or read `role at relation` as it is written there."""
        written = cursor.words()
        if written == "nobody":
            return None
        role, at, relation = written.partition(" at ")
        if at:
            return Place(role, relation)
        party = self.definition.people.get(written)
        if party is None or party.lookup:
            _fault(cursor, "not_people", found=written)
        return party.place if party else None

    def substitution(self, cursor: Cursor, people: Iterable[str]) -> tuple[tuple[str, Capacity], ...]:
        parts = _parts(cursor, ("for", "as"), required=("for", "as"))
        capacity = CAPACITIES.get(parts["as"].words() if "as" in parts else "KT", "KT")
        principals = [item.words() for item in parts["for"].one_or_more()] if "for" in parts else []
        for principal in principals:
            if principal not in people:
                _fault(cursor, "not_introduced", found=principal)
        return tuple((principal, capacity) for principal in principals)

    def step(self, cursor: Cursor) -> WalkStep:
        parts = _parts(cursor, (*_STEP, *EXPECTED))
        time = parts.get("at") or parts.get("until")
        who = parts["who"].words() if "who" in parts else None
        if who and who not in self.cast.places and who not in OUTSIDERS:
            _fault(parts["who"], "not_introduced", found=who)
        if ("who" in parts) != ("does" in parts):
            _fault(cursor, "who_does_what")
        return WalkStep(
            line=cursor.node.mark.line,
            who=who,
            does=parts["does"].words() if "does" in parts else None,
            inputs=self.inputs(parts["with"], self.law_of(parts.get("of"))) if "with" in parts else {},
            at=self.instant(time) if time else None,
            case=parts["case"].integer() if "case" in parts else None,
            expected={key: _words(parts[key]) for key in EXPECTED if key in parts},
            of=self.law_of(parts["of"]).name if "of" in parts else None,
            below="unit" in parts and parts["unit"].one_of(("below",)) == "below",
        )

    def law_of(self, cursor: Cursor | None) -> Definition:
        """Find the definition that a step is about: this one if it does not say."""
        if cursor is None or cursor.words() == self.definition.name:
            return self.definition
        if cursor.words() not in self.family:
            _fault(cursor, "not_in_family", found=cursor.words())
        return self.family.get(cursor.words(), self.definition)

    def instant(self, cursor: Cursor) -> datetime:
        try:
            written = datetime.fromisoformat(cursor.words())
        except ValueError:
            _fault(cursor, "not_a_time")
            written = datetime(2017, 1, 1, tzinfo=self.calendar.zone)
        return self.calendar.instant(written.date(), written.time())

    def inputs(self, cursor: Cursor, law: Definition) -> dict[str, Json]:
        """Read what is handed in: values written here, or names of values given to the whole file."""
        if isinstance(cursor.node, MapNode):
            return {name: self.handed_in(law, name, part) for name, part in cursor.named().items()}
        values: dict[str, Json] = {}
        for item in cursor.one_or_more():
            name = item.words()
            if name not in self.values:
                _fault(item, "no_such_value", found=name)
                continue
            values[name] = self.handed_in(law, name, self.values[name])
        return values

    def handed_in(self, law: Definition, name: str, cursor: Cursor) -> Json:
        """Read the value of a field, the codes on a list, or what is said of each case in an answer or a count."""
        of = field_of(law, name)
        if name in law.members:
            return [item.words() for item in cursor.one_or_more()]
        return _by_case(cursor) if of is None and isinstance(cursor.node, MapNode) else self.value(of, cursor)

    def value(self, of: Field | None, cursor: Cursor) -> Json:
        node = cursor.node
        if of is not None and of.type == "document" and isinstance(node, MapNode):
            return {**_SCAN, **{name: part.words() for name, part in cursor.named().items()}}
        if isinstance(node, MapNode):
            columns = of.columns if of else {}
            return {name: self.part(name, columns.get(name), part) for name, part in cursor.named().items()}
        if isinstance(node, ListNode):
            return [self.value(of, item) for item in cursor.items()]
        return self.scalar(of, cursor, node)

    def part(self, name: str, column: Field | None, cursor: Cursor) -> Json:
        """Read a part of a value; where a person is meant, one of the walk's people."""
        if name == "person" and column is None and isinstance(cursor.node, ScalarNode):
            if cursor.node.text in self.cast.places:
                return self.cast.id_of(cursor.node.text)
            _fault(cursor, "not_introduced", found=cursor.node.text)
        return self.value(column, cursor)

    @staticmethod
    def scalar(of: Field | None, cursor: Cursor, node: Node) -> Json:
        if cursor.is_empty:
            return None
        typed = of is not None and of.type in (*_WHOLE, "flag") and isinstance(node, ScalarNode) and node.plain
        return cursor.json() if typed else cursor.words()


def _by_case(cursor: Cursor) -> Json:
    if not isinstance(cursor.node, MapNode):
        return cursor.json()
    return {key.words(): _by_case(value) for key, value in cursor.keyed()}


def _words(cursor: Cursor) -> tuple[str, ...]:
    if isinstance(cursor.node, MapNode):
        return tuple(f"{key.words()}: {value.words()}" for key, value in cursor.keyed())
    if isinstance(cursor.node, ListNode) and not cursor.node.items:
        return ()
    return tuple(item.words() for item in cursor.one_or_more())


def _parts(cursor: Cursor, allowed: tuple[str, ...], *, required: tuple[str, ...] = ()) -> dict[str, Cursor]:
    parts = cursor.named()
    for key in parts.keys() - set(allowed):
        _fault(parts[key], "unknown_key", key=key, allowed=", ".join(allowed))
    for key in required:
        if key not in parts:
            _fault(cursor, "missing_key", key=key)
    return parts


def _fault(cursor: Cursor, code: str, **facts: str) -> None:
    mark: Mark = cursor.node.mark
    cursor.report.add_said(f"walk_{code}", mark, path=cursor.path, said=FAULTS.text(code, **facts))
