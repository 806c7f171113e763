"""What a child may use. One place for both sides: the server sets these, the one who asks waits by them."""

from typing import Final

MEMORY_BYTES: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 5
WALL_SECONDS: Final = 8
AT_ONCE: Final = 2
OPEN_FILES: Final = 64
LARGEST_ANSWER: Final = 32 * 1024 * 1024

STARTING_SECONDS: Final = 30
"""How long the server may take to start, on a machine that is busy."""

TIMED_OUT: Final = 1_000
NO_MEMORY: Final = 77
FAILED: Final = 78
"""Statuses of a child beside those of signals, which are negative, and 0 for an answer."""
