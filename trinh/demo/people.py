"""The invented people of the demonstration and the desks they hold.

One seed always gives the same people; each post draws from a source of chance of its own, so that a unit added later
renames nobody. Knows the posts of `people.yaml`, no database and no password.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Literal

from trinh.demo.names import Gender, invent_name
from trinh.demo.organisation import PLACE, ROOT, UnitRow, read_units
from trinh.demo.shipped import DEFINITIONS, both, read_tree
from workflow.values import Text

Post = Literal["clerk", "head", "desk"]
Rules = dict[str, Any]

DEMO_BEGINS_ON = date(2017, 11, 13)
MAIL_DOMAIN = "ninhbinh.example"
LEVELS = ("province", "district", "commune")
AREA_TYPES = {"Tỉnh": "t", "Thành phố": "tp", "Huyện": "h", "Thị trấn": "tt", "Phường": "p", "Xã": "x"}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a unit: one desk."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account of the demonstration; `works_at` is the unit that employs, `grants` the desks held."""

    username: str
    full_name: str
    gender: Gender
    title: Text
    works_at: str
    grants: tuple[Grant, ...]

    @property
    def email(self) -> str:
        return f"{self.username}@{MAIL_DOMAIN}"

    def holds(self, role: str, *, at: str) -> bool:
        return Grant(role, at) in self.grants


def people(seed: int, *, on: date = DEMO_BEGINS_ON) -> list[PersonRow]:
    """Return everybody who holds a desk on a day, in the order of the units."""
    rules: Rules = read_tree(DEFINITIONS, PLACE, "people.yaml")
    units = [unit for unit in read_units() if unit.is_valid(on)]
    slugs = user_slugs(units)
    extra = _extra_grants(rules, units)
    rows = list(_province_people(seed, rules))
    for unit in units:
        rows.extend(_unit_people(seed, rules, unit=unit, slug=slugs.get(unit.code, ""), extra=extra))
    return rows


def user_slugs(units: list[UnitRow]) -> dict[str, str]:
    """Return what user names of each unit begin with: the area's bare name, with its type where that is not unique.

    Between levels the higher one keeps the bare name: `nhoquan` is the district, `ttnhoquan` the township.
    """
    areas = [unit for unit in units if unit.kind in LEVELS]
    bare = Counter((level, _area(unit)[1]) for unit in areas for level in LEVELS[LEVELS.index(unit.kind) :])
    slugs = {unit.code: unit.code.lower() for unit in units}
    for unit in areas:
        initials, name = _area(unit)
        slugs[unit.code] = name if bare[unit.kind, name] == 1 else initials + name
    return slugs


def _area(unit: UnitRow) -> tuple[str, str]:
    kind = next(kind for kind in AREA_TYPES if unit.short_name.startswith(f"{kind} "))
    return AREA_TYPES[kind], _ascii(unit.short_name.removeprefix(kind))


def _ascii(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in bare if letter.isalnum())


def _extra_grants(rules: Rules, units: list[UnitRow]) -> dict[tuple[str, str], list[Grant]]:
    """Return, by unit and post, the desks that come with heading, being asked, blocks and the council."""
    extra: dict[tuple[str, str], list[Grant]] = {}
    for code, roles in rules["head_desks"].items():
        extra.setdefault((code, "head"), []).extend(Grant(role, ROOT) for role in roles)
    for code in rules["consultees"]:
        extra.setdefault((code, "head"), []).append(Grant("consultee", code))
    for code in rules["council"]:
        extra.setdefault((code, "head"), []).append(Grant("council_member", ROOT))
    for block, lead in rules["block_leads"].items():
        extra.setdefault((lead, "head"), []).extend((Grant("block_lead", block), Grant("unit_head", block)))
        extra.setdefault((lead, "clerk"), []).append(Grant("unit_clerk", block))
    for cluster in (unit.code for unit in units if unit.kind == "cluster"):
        first = next(unit.code for unit in units if unit.block == cluster)
        extra.setdefault((first, "head"), []).append(Grant("block_lead", cluster))
    return extra


def _province_people(seed: int, rules: Rules) -> Iterator[PersonRow]:
    for username, desk in rules["province_desks"].items():
        place = desk["works"]
        grants = tuple(Grant(role, ROOT) for role in desk["grants"])
        yield _person(
            seed, rules, username=username, post="desk", title=both(desk["title"]), place=place, grants=grants
        )


def _unit_people(
    seed: int, rules: Rules, *, unit: UnitRow, slug: str, extra: dict[tuple[str, str], list[Grant]]
) -> Iterator[PersonRow]:
    if unit.owes == "no" or unit.kind == "block":
        return
    clerk = (Grant("unit_clerk", unit.code), *extra.get((unit.code, "clerk"), ()))
    title = both(rules["clerk"][unit.kind])
    yield _person(seed, rules, username=f"{slug}.clerk", post="clerk", title=title, place=unit.code, grants=clerk)
    head = (Grant("unit_head", unit.code), *extra.get((unit.code, "head"), ()))
    if unit.kind == "district":
        yield from _district_people(seed, rules, unit=unit, slug=slug, head=head)
        return
    yield _head(seed, rules, unit=unit, username=f"{slug}.head", grants=head)


def _district_people(
    seed: int, rules: Rules, *, unit: UnitRow, slug: str, head: tuple[Grant, ...]
) -> Iterator[PersonRow]:
    chair = rules["district_chair"]
    grants = (*head, *(Grant(role, unit.code) for role in chair["grants"]))
    yield _head(seed, rules, unit=unit, username=f"{slug}.{chair['account']}", grants=grants)
    for account, desk in rules["district_desks"].items():
        place = unit.code + desk["works"]
        seat = place if desk.get("at") == "works" else unit.code
        held = tuple(Grant(role, seat) for role in desk["grants"])
        title = both(desk["title"])
        yield _person(seed, rules, username=f"{slug}.{account}", post="desk", title=title, place=place, grants=held)


def _head(seed: int, rules: Rules, *, unit: UnitRow, username: str, grants: tuple[Grant, ...]) -> PersonRow:
    area = unit.short_name[0].lower() + unit.short_name[1:]
    title = both(rules["heads"].get(unit.code, rules["head"][unit.kind]).replace("{area}", area))
    if unit.code in rules["women_led"]:
        rules = {**rules, "women": {**rules["women"], "head": 100}}
    return _person(seed, rules, username=username, post="head", title=title, place=unit.code, grants=grants)


def _person(
    seed: int, rules: Rules, *, username: str, post: Post, title: Text, place: str, grants: tuple[Grant, ...]
) -> PersonRow:
    chance = Random(f"{seed}/{username}")  # noqa: S311 - names for a demonstration, not secrets
    name = invent_name(chance, women=rules["women"][post])
    return PersonRow(username, name.full, name.gender, title, place, grants)
