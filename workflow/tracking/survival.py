"""How long a case still takes, judged by those that were where it is now and stayed there longer than it has so far.

A pure estimator: the remaining times are those of earlier stays, with the cases that are still open counted as lasting
at least as long as they have been watched (Kaplan and Meier, 1958). Leaving open cases out would favour the quick ones;
taking the quantiles of all stays and subtracting the time passed would favour cases that wait for an unusual reason.
Knows numbers of working days, no calendar and no case.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

FEWEST_ENDED: Final = 20
"""With fewer ended cases to judge by, nothing is said."""
TAIL: Final = 0.1
"""The share of cases that ends before the range, and after it: the range is to hold eight of ten."""
_ROUNDING: Final = 1e-12
"""A product of shares may miss the share that it stands for by less than this."""


class Stay(NamedTuple):
    """One visit of a case to a state, in working days from its arrival there.

    `stayed` is how long it was in the state, so far if it is there still (`left` False). `watched` is how long after
    its arrival the case ended (`ended`), or until when it was seen to be open.
    """

    stayed: float
    left: bool
    watched: float
    ended: bool


class Range(NamedTuple):
    """Within how many more working days a case ends, and how many ended cases that is judged by."""

    soonest: float
    latest: float
    judged_by: int


def remaining(stays: Iterable[Stay], age: float) -> Range | None:
    """Estimate how much longer a case takes that has been in its state for `age` working days; None: not enough data.

    Not enough are fewer than `FEWEST_ENDED` ended cases, or so many open ones that the late end is unknown.
    """
    alike = [stay for stay in stays if stay.stayed > age]
    ended = sum(stay.ended for stay in alike)
    if ended < FEWEST_ENDED:
        return None
    curve = list(_survival(alike, age))
    soonest, latest = _quantile(curve, 1 - TAIL), _quantile(curve, TAIL)
    return None if soonest is None or latest is None else Range(soonest, latest, ended)


def _survival(stays: Iterable[Stay], age: float) -> Iterator[tuple[float, float]]:
    """Go through the times at which cases ended, with the share that lasts longer than each."""
    lasting = sorted((stay.watched - age, not stay.ended) for stay in stays)
    at_risk, share = len(lasting), 1.0
    # A case that was open until the very moment at which another ended was at risk of ending then: it sorts after it.
    for time, is_open in lasting:
        if not is_open:
            share *= (at_risk - 1) / at_risk
            yield time, share
        at_risk -= 1


def _quantile(curve: Iterable[tuple[float, float]], share: float) -> float | None:
    """Return the first time after which no more than a share of the cases is still open; None where it never comes."""
    return next((time for time, lasting in curve if lasting <= share + _ROUNDING), None)
