"""Trình's engine as a library: `workflow.open_engine(url)` is the door, `docs/replaying.md` and the README show it.

Hands out its names when they are first asked for: the rules must stay importable without the record, and what a child
process parses without either.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.library import Engine, Replay, open_engine, replay
    from workflow.machine.words import sentence
    from workflow.values import Refusal

__all__ = ["Engine", "Refusal", "Replay", "open_engine", "replay", "sentence"]
_ROOMS = {
    "Engine": "library",
    "Refusal": "values",
    "Replay": "library",
    "open_engine": "library",
    "replay": "library",
    "sentence": "machine.words",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"workflow.{_ROOMS[name]}"), name)
