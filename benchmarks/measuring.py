"""How things are measured here: two ways in turns within one run, and the median of their ratios.

A figure alone says little on a machine that others use as well; the ratio of two measurements right after each other
does. Does not know what is measured.
"""

import gc
import resource
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

ROUNDS = 7
SLICE_SECONDS = 0.5
WARM_UP_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `must` and `aim` are bounds: from below where more is better, else from above."""

    work: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    better: Literal["more", "less"] = "more"
    beside: str = ""

    @property
    def verdict(self) -> str:
        """Say which of the two bounds holds."""
        if self.must is None and self.aim is None:
            return ""
        if self.aim is not None and self._holds(self.aim):
            return "aim"
        return "must" if self.must is None or self._holds(self.must) else "MISSED"

    def _holds(self, bound: float) -> bool:
        return self.value >= bound if self.better == "more" else self.value <= bound


@dataclass(frozen=True, slots=True)
class Pair:
    """What two ways of doing the same achieved: medians a second, and the median of the ratios of adjacent slices."""

    ours: float
    reference: float
    ratio: float


def in_turns(
    ours: Callable[[], object],
    reference: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    seconds: float = SLICE_SECONDS,
) -> Pair:
    """Do both for a slice of time each, again and again, and compare what they achieved."""
    for way in (ours, reference):
        rate(way, seconds=WARM_UP_SECONDS)
    # Otherwise the garbage collector might run in only one of the two.
    gc.collect()
    gc.freeze()
    pairs = [(rate(ours, seconds=seconds), rate(reference, seconds=seconds)) for _ in range(rounds)]
    gc.unfreeze()
    return Pair(
        statistics.median(mine for mine, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(mine / other for mine, other in pairs),
    )


def rate(way: Callable[[], object], *, seconds: float) -> float:
    """Do something for so long, and say how often a second it was done."""
    begun = perf_counter()
    done = 0
    while (spent := perf_counter() - begun) < seconds:
        way()
        done += 1
    return done / spent


def seconds_of(way: Callable[[], object]) -> float:
    """Say how long something takes, once."""
    begun = perf_counter()
    way()
    return perf_counter() - begun


def cpu_seconds_of(*command: str) -> float:
    """Say how much CPU time a command takes that ends by itself."""
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime - begun.ru_utime + ended.ru_stime - begun.ru_stime


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
