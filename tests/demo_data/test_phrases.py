"""Drawn words fit the unit that uses them, are right in Vietnamese text form, and repeat for equal chance."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from importlib.resources import files
from random import Random
from typing import get_args

import pytest

from trinh.demo.organisation import read_units
from trinh.demo.people import DEMO_BEGINS_ON
from trinh.demo.phrases import (
    NomineeKind,
    Pool,
    draw_defects,
    draw_launch_day,
    draw_nominee,
    draw_sentence,
    draw_symbol,
    draw_targets,
)

UNITS = {unit.code: unit for unit in read_units() if unit.is_valid(DEMO_BEGINS_ON)}
SUBMITTERS = [unit for unit in UNITS.values() if unit.owes != "no"]
COMMUNE, TOWNSHIP, DEPARTMENT = UNITS["14404"], UNITS["14383"], UNITS["SLDTBXH"]
RETURN_REASON_AT_LEAST = 20


def chances():
    return [Random(seed) for seed in range(60)]


def test_every_submitter_draws_three_to_five_different_targets_above_zero():
    assert SUBMITTERS
    for unit in SUBMITTERS:
        targets = draw_targets(Random(unit.code), unit)
        assert 3 <= len({target.indicator for target in targets}) == len(targets) <= 5
        assert all(Decimal(target.target) > 0 for target in targets)


def test_targets_are_decimals_in_their_written_form():
    written = {target.target for chance in chances() for target in draw_targets(chance, COMMUNE)}
    assert written
    assert all(re.fullmatch(r"[1-9]\d*|\d+\.\d*[1-9]", figure) for figure in written)


def test_a_unit_puts_the_target_of_its_own_trade_first():
    assert {draw_targets(chance, DEPARTMENT)[0].indicator for chance in chances()} == {
        "Tỷ lệ hộ nghèo toàn tỉnh giảm bình quân mỗi năm (điểm %)"
    }


def test_the_launch_is_a_weekday_before_the_15th():
    days = {draw_launch_day(chance, date(2017, 10, 23), date(2017, 11, 14)) for chance in chances()}
    assert all(day.weekday() < 5 for day in days)
    assert date(2017, 10, 23) <= min(days) <= max(days) <= date(2017, 11, 14)


def test_a_return_lists_defects_at_different_places_each_with_a_reason_of_twenty_characters():
    drawn = [draw_defects(chance) for chance in chances()]
    assert drawn
    for defects in drawn:
        assert len({defect.place for defect in defects}) == len(defects) >= 1
        assert all(len(defect.what) >= RETURN_REASON_AT_LEAST for defect in defects)


@pytest.mark.parametrize("pool", get_args(Pool))
def test_every_remark_is_a_sentence_long_enough_to_be_a_reason(pool):
    sentences = {draw_sentence(chance, pool) for chance in chances()}
    assert len(sentences) >= 3
    assert all(len(text) >= RETURN_REASON_AT_LEAST and text.endswith(".") for text in sentences)


@pytest.mark.parametrize(
    ("code", "symbol"),
    [("14404", "UBND"), ("372", "UBND"), ("SLDTBXH", "LĐTBXH"), ("SYT", "SYT"), ("VPTU", "VPTU"), ("UBMTTQ", "UBMTTQ")],
)
def test_a_paper_carries_its_kind_and_its_issuer(code, symbol):
    assert re.fullmatch(rf"\d+/KH-{symbol}", draw_symbol(Random(1), UNITS[code], "KH"))


@pytest.mark.parametrize("kind", get_args(NomineeKind))
def test_a_nominee_of_each_kind_has_a_name_a_post_and_an_achievement(kind):
    nominees = [draw_nominee(chance, COMMUNE, kind=kind) for chance in chances()]
    assert nominees
    for nominee in nominees:
        assert nominee.kind == kind
        assert (nominee.honorific in {"Ông", "Bà"}) == (kind == "person")
        assert nominee.name
        assert all(nominee.post)
        assert "{" not in nominee.name + nominee.post.vi + nominee.post.en + nominee.achievement


def test_only_communes_nominate_households():
    assert {draw_nominee(chance, COMMUNE).kind for chance in chances()} == set(get_args(NomineeKind))
    assert {draw_nominee(chance, DEPARTMENT).kind for chance in chances()} == {"person", "collective"}


def test_a_township_has_streets_and_a_commune_has_villages():
    names = [draw_nominee(chance, TOWNSHIP, kind="household").name for chance in chances()]
    assert names
    assert all(", phố " in name and name.endswith("thị trấn Nho Quan") for name in names)
    assert all(", thôn " in draw_nominee(chance, COMMUNE, kind="household").name for chance in chances())


def test_no_man_chairs_a_womens_branch():
    nominees = [draw_nominee(Random(seed), COMMUNE, kind="person") for seed in range(300)]
    chairs = [nominee for nominee in nominees if "Phụ nữ" in nominee.post.vi]
    assert {nominee.honorific for nominee in chairs} == {"Bà"}


def test_equal_chance_gives_equal_words():
    for unit in (COMMUNE, DEPARTMENT):
        first, second = ([draw_targets(c, unit), draw_nominee(c, unit)] for c in (Random(7), Random(7)))
        assert first == second


@pytest.mark.parametrize("name", ["phrases.yaml", "names.yaml"])
def test_shipped_words_are_nfc(name):
    assert unicodedata.is_normalized("NFC", files("trinh.demo").joinpath(name).read_text(encoding="utf-8"))
