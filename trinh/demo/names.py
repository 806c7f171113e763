"""Invented Vietnamese names: family, middle and given, drawn from weighted pools.

Pure: the caller brings the source of chance. Knows nothing of units or posts. Any likeness to a real person is
accidental, and the best-known names are never drawn.
"""

from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from trinh.demo.shipped import DEMO, read_tree

Gender = Literal["male", "female"]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name in its one written form, with the gender that decides between Ông and Bà."""

    full: str
    gender: Gender

    @property
    def honorific(self) -> str:
        return "Bà" if self.gender == "female" else "Ông"


def invent_name(chance: Random, *, women: int) -> PersonName:
    """Draw a name; `women` is the percentage of women among those drawn."""
    pools = read_tree(DEMO, "names.yaml")
    gender: Gender = "female" if chance.randrange(100) < women else "male"
    while (full := _full(chance, pools, gender=gender)) in pools["avoid"]:
        pass
    return PersonName(full, gender)


def _full(chance: Random, pools: dict[str, Any], *, gender: Gender) -> str:
    of_gender = pools["women" if gender == "female" else "men"]
    family = _weighted(chance, pools["families"])
    middle = _weighted(chance, of_gender["middles"])
    given = chance.choice([name for name in of_gender["givens"] if name not in middle.split() and name != family])
    return f"{family} {middle} {given}"


def _weighted(chance: Random, pool: dict[str, int]) -> str:
    return chance.choices(list(pool), weights=list(pool.values()))[0]
