"""The engine as a library."""

from workflow.library.engine import Engine, open_engine
from workflow.library.replaying import Replay, replay

__all__ = ["Engine", "Replay", "open_engine", "replay"]
