"""Believable words and figures for plans and nominations, drawn from shipped pools.

Pure: the caller brings the source of chance, and equal chance gives equal words. Knows the pools of `phrases.yaml` and
what kind of unit draws from which; nothing of cases or states.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Literal

from trinh.demo.names import invent_name
from trinh.demo.organisation import UnitRow
from trinh.demo.shipped import DEMO, both, read_tree
from workflow.values import Text

NomineeKind = Literal["person", "collective", "household"]
Pool = Literal[
    "launches", "rewrites", "amendments", "withdrawals",
    "award_opinions", "award_endorsements", "award_returns", "award_refusals", "award_withdrawals",
    "award_suspensions", "award_rechecks", "award_rejections", "award_strikes",
    "list_rewrites", "list_discards", "decision_refusals", "decision_cancels",
    "review_texts", "review_corrections", "review_returns", "complaints", "complaint_dismissals",
    "commendation_rewrites", "feats", "conversions", "lowered",
]  # fmt: skip

COMMITTEE_KINDS = frozenset({"province", "district", "commune"})
FRIDAY = 4
COLLECTIVE = Text("Tập thể", "Collective")
HOUSEHOLD = Text("Hộ gia đình", "Household")
# About the mix that provinces reported for this movement: two persons for each collective, few households.
COMMUNE_MIX: tuple[NomineeKind, ...] = (*("person",) * 4, *("collective",) * 2, "household")


@dataclass(frozen=True, slots=True)
class Target:
    """One row of a plan's targets; the figure is a decimal in its written form ("1.5")."""

    indicator: str
    target: str


@dataclass(frozen=True, slots=True)
class Defect:
    """One row of what must be corrected: where it stands and what is wrong."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody proposed for an award; `honorific` is Ông or Bà, and empty for whoever is not a person."""

    kind: NomineeKind
    name: str
    honorific: str
    post: Text
    achievement: str


def draw_targets(chance: Random, unit: UnitRow) -> list[Target]:
    """Return three to five different targets that fit the unit; its own trade's comes first."""
    phrases = _phrases()
    pool = phrases["indicators"][phrases["pools"].get(unit.kind, "body")]
    own = phrases["own_indicators"].get(unit.code, {})
    drawn = chance.sample(list(pool), chance.randint(3, min(5, len(pool))))
    return [Target(name, _figure(chance, *({**pool, **own})[name])) for name in [*own, *drawn][:5]]


def draw_launch_day(chance: Random, first: date, last: date) -> date:
    """Return a weekday from `first` to `last`, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return chance.choice([day for day in days if day.weekday() <= FRIDAY])


def draw_defects(chance: Random) -> list[Defect]:
    """Return one to three defects of a plan, each at a different place."""
    pool = _phrases()["defects"]
    places = chance.sample(list(pool), chance.choice((1, 1, 2, 2, 3)))
    return [Defect(place, chance.choice(pool[place])) for place in places]


def draw_sentence(chance: Random, pool: Pool) -> str:
    """Return one sentence of a pool of remarks and reasons."""
    sentence: str = chance.choice(_phrases()[pool])
    return sentence


def draw_symbol(chance: Random, unit: UnitRow, mark: str) -> str:
    """Return number and symbol of a unit's paper, as "47/KH-UBND"; `mark` is its kind: KH, TTr, BB."""
    return f"{chance.randint(11, 260)}/{mark}-{_issuer(unit)}"


def draw_nominee(chance: Random, unit: UnitRow, *, kind: NomineeKind | None = None) -> Nominee:
    """Return an invented person, collective or (of a commune only) household with what it achieved."""
    mix = COMMUNE_MIX if unit.kind == "commune" else COMMUNE_MIX[:-1]
    return NOMINEES[chance.choice(mix) if kind is None else kind](chance, unit)


def _person(chance: Random, unit: UnitRow) -> Nominee:
    name = invent_name(chance, women=50)
    phrases = _phrases()
    posts = phrases[_own(unit, "posts")]
    if unit.kind == "commune" and name.gender == "female":
        posts = posts + phrases["women_posts"]
    post = _fill(chance, unit, chance.choice(posts))
    achievement = _fill(chance, unit, chance.choice(phrases["achievements"][_own(unit, "person")]))
    return Nominee("person", name.full, name.honorific, both(post), achievement)


def _collective(chance: Random, unit: UnitRow) -> Nominee:
    phrases = _phrases()
    name = _fill(chance, unit, chance.choice(phrases[_own(unit, "collectives")]))
    achievement = _fill(chance, unit, chance.choice(phrases["achievements"][_own(unit, "collective")]))
    return Nominee("collective", f"{name}, {_in_running_text(unit)}", "", COLLECTIVE, achievement)


def _household(chance: Random, unit: UnitRow) -> Nominee:
    head = invent_name(chance, women=35)
    place = _fill(chance, unit, "{hamlet}")
    name = f"Hộ {head.honorific.lower()} {head.full}, {place}, {_in_running_text(unit)}"
    achievement = _fill(chance, unit, chance.choice(_phrases()["achievements"]["household"]))
    return Nominee("household", name, "", HOUSEHOLD, achievement)


NOMINEES: dict[NomineeKind, Callable[[Random, UnitRow], Nominee]] = {
    "person": _person,
    "collective": _collective,
    "household": _household,
}


def _own(unit: UnitRow, pool: str) -> str:
    return pool if unit.kind == "commune" else f"staff_{pool}"


def _in_running_text(unit: UnitRow) -> str:
    """Return "xã Cúc Phương" for a commune; the names of other bodies keep their capital."""
    name = unit.short_name
    return name[0].lower() + name[1:] if unit.kind in COMMITTEE_KINDS else name


def _fill(chance: Random, unit: UnitRow, sentence: str) -> str:
    phrases = _phrases()
    village, homes = chance.choice(phrases["villages"]), chance.randint(8, 24)
    return sentence.format(
        village=village,
        hamlet=f"{'thôn' if unit.short_name.startswith('Xã ') else 'phố'} {village}",
        trade=chance.choice(phrases["trades"]),
        homes=homes,
        fewer=chance.randint(2, homes // 3),
        money=chance.randrange(35, 185, 5),
        days=chance.randrange(40, 320, 10),
        land=chance.randrange(60, 400, 20),
    )


def _figure(chance: Random, least: str, most: str, step: str) -> str:
    low, high, width = Decimal(least), Decimal(most), Decimal(step)
    figure = low + width * chance.randint(0, int((high - low) / width))
    return f"{figure.normalize():f}"


def _issuer(unit: UnitRow) -> str:
    """Return the issuer's part of a document symbol: UBND, LĐTBXH, VPTU."""
    if unit.kind in COMMITTEE_KINDS:
        return "UBND"
    name = unit.short_name.removesuffix(" tỉnh").removesuffix(" Ninh Bình")
    words = [word for word in name.split() if word[0].isalpha()]
    if words[0] == "Sở" and len(words[1]) > 1 and words[1].isupper():
        return words[1]
    initials = "".join(word if word.isupper() else word[0].upper() for word in words)
    return initials.replace("Ủ", "U")  # Party symbols write Tỉnh ủy as TU.


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = read_tree(DEMO, "phrases.yaml")
    return phrases
