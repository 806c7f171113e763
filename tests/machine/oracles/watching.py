"""A stage that notes which of the facts it hands over are read: of all that was asked for, and what ever was."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Any, ClassVar

from workflow.machine.definition import Definition
from workflow.machine.walks.simulation import Scene
from workflow.values import Act, Case, Facts, Needs

Where = tuple[Definition, str, str]
"""A definition, a state and an action."""


class Noted(dict[Any, Any]):
    """Facts of one kind, with the keys under which somebody looked."""

    def __init__(self, known: Mapping[Any, Any], read: set[Hashable], kind: str) -> None:
        super().__init__(known)
        self.read, self.kind = read, kind

    def __getitem__(self, key: Hashable) -> Any:
        self.read.add((self.kind, key))
        return super().__getitem__(key)

    def get(self, key: Hashable, default: object = None) -> Any:
        """Look whether something is there."""
        self.read.add((self.kind, key))
        return super().get(key, default)


class Watched(Scene):
    """`asked` and `read` hold facts by where they were asked for; shared by all stages until they are emptied."""

    asked: ClassVar[dict[Where, set[Hashable]]] = defaultdict(set)
    read: ClassVar[dict[Where, set[Hashable]]] = defaultdict(set)

    def _facts(self, case: Case, wanted: Needs, act: Act) -> Facts:
        facts = super()._facts(case, wanted, act)
        where = (self.definition_of(case), case.state, act.action)
        read = self.read[where]
        kinds = {"seats": facts.seats, "links": facts.links, "cases": facts.cases, "boxes": facts.boxes}
        self.asked[where] |= {(kind, key) for kind, known in kinds.items() if kind != "cases" for key in known}
        if facts.movement is not None:
            self.asked[where].add("movement")
            kinds["movement"] = facts.movement
        return facts._replace(**{kind: Noted(known, read, kind) for kind, known in kinds.items()})

    @classmethod
    def unread(cls) -> dict[Where, set[Hashable]]:
        """List what was asked for and never read, where it was."""
        found: dict[Where, set[Hashable]] = {}
        for where, asked in cls.asked.items():
            read = {fact[0] if isinstance(fact, tuple) and fact[0] == "movement" else fact for fact in cls.read[where]}
            if asked - read:
                found[where] = asked - read
        return found
