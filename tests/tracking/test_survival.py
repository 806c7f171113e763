"""The expected end of a case: against a calculation from first principles, and against what then happened."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from workflow.tracking.survival import FEWEST_ENDED, Range, Stay, remaining

DAYS = st.integers(0, 12)
MOSTLY = st.integers(0, 9).map(lambda chance: chance < 8)
"""Most stays are over and most cases ended, or there would be too few of them to say anything."""


@st.composite
def a_stay(draw: st.DrawFn) -> Stay:
    stayed, left = draw(DAYS), draw(MOSTLY)
    watched = stayed + (draw(DAYS) if left else 0)
    return Stay(stayed, left, watched, ended=left and draw(MOSTLY))


MANY = st.lists(a_stay(), min_size=2 * FEWEST_ENDED, max_size=3 * FEWEST_ENDED)


def lasting_beyond(stays: Sequence[Stay], age: float, time: float) -> Fraction:
    """The product-limit by its definition: over all times of an end, the share of those at risk that did not end."""
    share = Fraction(1)
    for moment in sorted({stay.watched - age for stay in stays if stay.ended and stay.watched - age <= time}):
        at_risk = [stay for stay in stays if stay.watched - age >= moment]
        ended = [stay for stay in at_risk if stay.ended and stay.watched - age == moment]
        share *= 1 - Fraction(len(ended), len(at_risk))
    return share


def by_brute_force(stays: Sequence[Stay], age: float) -> Range | None:
    alike = [stay for stay in stays if stay.stayed > age]
    ends = sorted({stay.watched - age for stay in alike if stay.ended})
    ended = sum(stay.ended for stay in alike)
    reached = [
        next((time for time in ends if lasting_beyond(alike, age, time) <= share), None)
        for share in (Fraction(9, 10), Fraction(1, 10))
    ]
    if ended < FEWEST_ENDED or None in reached:
        return None
    return Range(*reached, ended)  # type: ignore[arg-type] # no None is left


def test_the_range_is_that_of_the_definition_worked_out_by_brute_force():
    ranges = []

    @given(MANY, st.integers(0, 4))
    def alike(stays: list[Stay], age: int) -> None:
        ranges.append(remaining(stays, age))
        assert ranges[-1] == by_brute_force(stays, age)

    alike()
    # In the others there is too little to say anything, which is an answer too.
    assert sum(found is not None for found in ranges) > len(ranges) / 4
    assert None in ranges


@given(st.lists(st.integers(1, 40), min_size=FEWEST_ENDED, max_size=80), st.randoms(use_true_random=False))
def test_the_order_of_the_log_does_not_matter(lengths: list[int], chance: Random):
    stays = [Stay(length, left=True, watched=length, ended=True) for length in lengths]
    shuffled = chance.sample(stays, len(stays))
    assert remaining(stays, 0) == remaining(shuffled, 0)


@given(st.lists(st.integers(1, 40), min_size=FEWEST_ENDED, max_size=80))
def test_without_open_cases_it_is_the_plain_quantile(lengths: list[int]):
    stays = [Stay(length, left=True, watched=length, ended=True) for length in lengths]
    ordered, count = sorted(lengths), len(lengths)
    after = [-(-count // 10), -(-9 * count // 10)]
    assert remaining(stays, 0) == Range(ordered[after[0] - 1], ordered[after[1] - 1], count)


def test_fewer_than_twenty_ended_cases_are_not_enough():
    stays = [Stay(5, left=True, watched=5, ended=True)] * (FEWEST_ENDED - 1)
    assert remaining(stays, 0) is None
    assert remaining([*stays, stays[0]], 0) == Range(5, 5, FEWEST_ENDED)


def test_open_cases_that_hide_the_late_end_are_not_enough():
    ended = [Stay(5, left=True, watched=5, ended=True)] * FEWEST_ENDED
    still_open = [Stay(30, left=False, watched=30, ended=False)] * FEWEST_ENDED
    assert remaining([*ended, *still_open], 0) is None


def test_cases_that_had_left_by_then_are_not_judged_by():
    quick = [Stay(1, left=True, watched=2, ended=True)] * 100
    slow = [Stay(10, left=True, watched=12, ended=True)] * FEWEST_ENDED
    assert remaining([*quick, *slow], 3) == Range(9, 9, FEWEST_ENDED)


# -- held out: judged by what was known on a day, measured by what happened afterwards

Life = Sequence[tuple[str, float]]
"""The states of a case with the time it arrived in each, the last being its end."""


def steady(chance: Random) -> Sequence[tuple[str, float]]:
    return [("receive", chance.uniform(0.2, 2)), ("review", chance.gammavariate(4, 1.2))]


def returning(chance: Random) -> Sequence[tuple[str, float]]:
    rounds = [("receive", chance.uniform(0.2, 2)), ("review", chance.gammavariate(3, 1.5))]
    while chance.random() < 0.3:
        rounds += [("revise", chance.expovariate(1 / 4)), ("review", chance.gammavariate(3, 1))]
    return rounds


def two_kinds(chance: Random) -> Sequence[tuple[str, float]]:
    slow = chance.random() < 0.2
    return [("review", chance.gammavariate(3, 6 if slow else 1)), ("decision", chance.uniform(1, 3))]


def a_log(chance: Random, stays_of: object, *, cases: int) -> list[Life]:
    lives = []
    for _ in range(cases):
        at, life = chance.uniform(0, 250), []
        for state, stayed in stays_of(chance):  # type: ignore[operator] # one of the three above
            life.append((state, at))
            at += stayed
        lives.append([*life, ("end", at)])
    return lives


def seen_by(lives: Sequence[Life], day: float) -> dict[str, list[Stay]]:
    """What a log knows on a day."""
    stays: dict[str, list[Stay]] = {}
    for life in lives:
        until = min(life[-1][1], day)
        for (state, arrived), (_, left) in pairwise(life):
            if arrived < day:
                stay = Stay(min(left, day) - arrived, left <= day, until - arrived, life[-1][1] <= day)
                stays.setdefault(state, []).append(stay)
    return stays


def covered(seed: int, stays_of: object) -> float:
    chance = Random(seed)
    lives = a_log(chance, stays_of, cases=1_000)
    hits = []
    for day in range(100, 240, 20):
        stays = seen_by(lives, day)
        for life in lives:
            here = [(state, arrived) for (state, arrived), (_, left) in pairwise(life) if arrived < day < left]
            for state, arrived in here:
                expected = remaining(stays.get(state, ()), day - arrived)
                if expected is not None:
                    hits.append(expected.soonest <= life[-1][1] - day <= expected.latest)
    assert len(hits) > 50
    return sum(hits) / len(hits)


def test_the_range_holds_what_happened_in_seven_to_nine_cases_of_ten():
    shares = {
        stays_of.__name__: covered(seed, stays_of) for seed, stays_of in enumerate([steady, returning, two_kinds])
    }
    assert {name: share for name, share in shares.items() if not 0.70 <= share <= 0.90} == {}
