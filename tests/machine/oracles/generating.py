"""Small definitions drawn at random: a few states, guards over a number, a flag, counts and votes."""

import random
from collections.abc import Iterator
from typing import Any

import yaml

PEOPLE = ("clerk", "head", "chair")
VALUES = {"n": (None, 1, 2, 3), "flag": (None, True, False), "comment": ("Đề nghị bổ sung chỉ tiêu về nhà ở.",)}
"""What the fields may be given; `n` has the bounds 1 and 3."""


def definitions(seed: int, count: int) -> Iterator[str]:
    """Draw so many definitions."""
    for number in range(count):
        yield _Drawn(random.Random(f"{seed}:{number}")).text()


class _Drawn:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.working = [f"s{number}" for number in range(chance.randint(2, 4))]
        self.ends = ["done", "dropped"][: chance.randint(1, 2)]
        self.actions = [f"a{number}" for number in range(4)]
        self.names = {name: chance.sample(self.actions, chance.randint(1, 3)) for name in self.working}
        self.used = sorted({action for names in self.names.values() for action in names})
        self.joined = chance.random() < 0.8

    def text(self) -> str:
        states: dict[str, Any] = {name: self._state(name) for name in self.working}
        for end in self.ends:
            states[end] = {"label": "A | B", "outcome": "good" if end == "done" else "bad"}
        law = {
            "definition": "drawn",
            "title": "A | B",
            "basis": "1/QĐ",
            "fields": {
                "n": {"is": "integer", "min": 1, "max": 3, "label": "A | B"},
                "flag": {"is": "flag", "label": "A | B"},
            },
            "people": {
                "clerk": "unit_clerk at unit",
                "head": "unit_head at unit",
                "chair": "chair above unit",
                "voter": "council_member at province",
            },
            "escalation": {"0 wd": "turn", "2 wd": "escalate_to"},
            "start": {"by": "clerk", "to": "s0"},
            "states": states,
        }
        return yaml.safe_dump(law, allow_unicode=True, sort_keys=False)

    def _state(self, name: str) -> dict[str, Any]:
        who = self.chance.choice(PEOPLE)
        late = self.chance.choice([other for other in PEOPLE if other != who])
        state: dict[str, Any] = {"label": "A | B", "turn": {"who": who, "due": "3 wd", "escalate_to": late}}
        if self.chance.random() < (0.7 if name == "s0" else 0.4):
            state["edit"] = {who: self.chance.choice([["n"], ["n", "flag"], ["n", "flag"]])}
        votes = self.chance.random() < 0.25
        if votes:
            state["ask"] = {"vote": _vote()}
        state["actions"] = {action: self._action(name, votes=votes) for action in self.names[name]}
        if self.joined:
            self._join(name, _listed(state["actions"][self.names[name][0]])[-1])
        if not any("by" not in way for found in state["actions"].values() for way in _listed(found)):
            _listed(next(iter(state["actions"].values())))[0].pop("by")
        return state

    def _join(self, name: str, way: dict[str, Any]) -> None:
        """Let each state lead on to the next, and the last to an end, so that most definitions make sense."""
        line = [*self.working, self.ends[-1]]
        way["to"] = line[line.index(name) + 1]
        if self.chance.random() < 0.9:
            way.pop("when", None)

    def _action(self, state: str, *, votes: bool) -> Any:
        ways = [self._way(state, votes=votes) for _ in range(2 if self.chance.random() < 0.25 else 1)]
        if len(ways) > 1 and self.joined:
            ways[0].setdefault("when", "has(n) && n > 1")
        ways[0]["label"] = "A | B"
        return ways if len(ways) > 1 else ways[0]

    def _way(self, state: str, *, votes: bool) -> dict[str, Any]:
        targets = [*self.working, *self.ends, *self.ends] + ([] if state == "s0" else ["back"])
        way: dict[str, Any] = {"to": self.chance.choice(targets)}
        guard = self._guard(votes=votes)
        if guard:
            way["when"] = guard
        if self.chance.random() < 0.15:
            way["by"] = self.chance.choice(PEOPLE)
        if self.chance.random() < 0.2:
            way["requires"] = [self.chance.choice(["n", "flag", "comment"])]
        return way

    def _guard(self, *, votes: bool) -> str | None:
        if votes and self.chance.random() < 0.6:
            return self.chance.choice(["vote.passed", "vote.failed", "!vote.passed"])
        if self.chance.random() < 0.55:
            return None
        action = self.chance.choice(self.used)
        return self.chance.choice(
            [
                "has(n) && n > 1", "has(n) && n <= 2", "has(n) && n == 2", "has(n)", "!has(n)", "has(flag) && flag",
                "has(flag) && !flag", "has(n) && n == 2 && has(flag) && flag", f"times({action}) > 0",
                f"times({action}) < 2", f"times({action}) == 1", "!has(n) || n > 2",
            ]
        )  # fmt: skip


def _listed(found: Any) -> list[dict[str, Any]]:
    return found if isinstance(found, list) else [found]


def _vote() -> dict[str, Any]:
    return {
        "label": "A | B",
        "of": "voter",
        "answers": {"yes": "A | B", "no": "C | D"},
        "due": "2 wd",
        "result": {"passed": "yes * 2 > members", "failed": "else"},
    }
