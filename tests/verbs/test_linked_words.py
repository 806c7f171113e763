"""In the record: lists dealt with one by one, cases opened by cases that are moved along, people of a linked unit."""

from pathlib import Path

import pytest

import workflow
from tests.support.linked_definitions import BATCH, LISTED_NAME, PART, PLAN
from tests.support.scenes import at, calendar, codes
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.storage.queries.cases import loaded_cases as records
from workflow.values import Refusal

NOW = at("2017-10-16 08:00")


@pytest.fixture
def engine(database_url):
    with workflow.open_engine(database_url) as opened:
        opened.add_unit("P", "Tỉnh", now=NOW)
        opened.add_unit("U", "Sở", now=NOW, above="P")
        for name, role, unit in (
            ("hoa", "unit_clerk", "U"),
            ("tam", "unit_head", "U"),
            ("lan", "award_officer", "U"),
            ("minh", "chair", "P"),
        ):
            opened.add_person(name, name.title(), now=NOW)
            opened.grant(name, role, at=unit, now=NOW)
        yield opened


def does(engine, code, action, by, **inputs):
    answer = engine.act(code, action, by=by, now=NOW, inputs=inputs)
    assert not isinstance(answer, Refusal), answer
    return answer


def refolded(engine, *names):
    with engine.database.reading() as tx:
        law_of = {law.hash: law for law in (publishing.current(tx, name) for name in names)}
        return list(audits.refold(tx, definition_of=law_of.__getitem__, calendar=calendar()))


def test_who_takes_the_act_goes_along_and_the_others_stay(engine):
    engine.publish(LISTED_NAME, now=NOW)
    engine.publish(BATCH, now=NOW)
    names = [engine.open_case("name", unit="U", by="lan", now=NOW).case.code for _ in range(3)]
    for code, years in zip(names, (5, 1, 9), strict=True):
        does(engine, code, "fill", "lan", years=years)
    batch = engine.open_case("batch", unit="U", by="lan", now=NOW).case.code
    does(engine, batch, "put", "lan", names=names)
    done = does(engine, batch, "decide", "lan")
    assert [reason.code for reason in done.plan.warnings] == ["left"]
    with engine.database.reading() as tx:
        assert [records.load(tx, code).case.state for code in names] == ["awarded", "listed", "awarded"]
    assert refolded(engine, "name", "batch") == []


def test_a_part_opens_when_the_one_before_it_closes_at_the_desk_of_the_unit_it_came_from(engine):
    engine.publish(PART, now=NOW)
    engine.publish(PLAN, now=NOW)
    plan = engine.open_case("plan", unit="U", by="hoa", now=NOW).case.code
    does(engine, plan, "fill", "hoa", steps=2)
    (first,) = does(engine, plan, "first", "hoa").opened
    assert codes(engine.act(first.code, "finish", by="hoa", now=NOW)) == ["no_right"]
    (second,) = does(engine, first.code, "finish", "tam").opened
    assert (second.state, second.code != first.code) == ("doing", True)
    assert does(engine, second.code, "finish", "tam").opened == ()
    with engine.database.reading() as tx:
        case = records.load(tx, plan).case
        parts = records.load_links(tx, case.id, {"~part_of"})["~part_of"]
        assert (case.state, [part.state for part in parts]) == ("done", ["done", "done"])
    assert refolded(engine, "plan", "part") == []


NEEDS = Path(__file__).parents[1] / "definitions" / "needs"
SUMMARY, REPORT = ((NEEDS / f"members_by_rule{part}.yaml").read_text("utf-8") for part in ("", ".commune_report"))


@pytest.fixture
def district(database_url):
    """A district with two communes below and one elsewhere, each with a clerk."""
    with workflow.open_engine(database_url) as opened:
        for code, above in (("P", None), ("D", "P"), ("A", "D"), ("B", "D"), ("E", "P")):
            opened.add_unit(code, f"Đơn vị {code}", now=NOW, above=above)
            opened.add_person(f"clerk_{code.lower()}", code, now=NOW)
            opened.grant(f"clerk_{code.lower()}", "unit_clerk", at=code, now=NOW)
        opened.add_person("lan", "Lan", now=NOW)
        opened.grant("lan", "plan_officer", at="D", now=NOW)
        opened.publish(REPORT, now=NOW)
        opened.publish(SUMMARY, now=NOW)
        yield opened


def reported(engine, unit, houses):
    clerk = f"clerk_{unit.lower()}"
    code = engine.open_case("commune_report", unit=unit, by=clerk, now=NOW).case.code
    does(engine, code, "send", clerk, houses=houses)
    return code


def test_a_list_is_filled_with_all_that_fits_of_the_units_below(district):
    codes_of = [reported(district, unit, houses) for unit, houses in (("A", 3), ("B", 0), ("D", 5), ("E", 6), ("B", 4))]
    summary = district.open_case("members_by_rule", unit="D", by="lan", now=NOW).case.code
    done = does(district, summary, "sum", "lan")
    assert done.case.fields["houses"] == 7
    with district.database.reading() as tx:
        states = [records.load(tx, code).case.state for code in codes_of]
        assert states == ["taken", "accepted", "accepted", "accepted", "taken"]
        linked = records.load_links(tx, done.case.id, {"reports"})["reports"]
        assert [case.code for case in linked] == [codes_of[0], codes_of[4]]
    assert refolded(district, "commune_report", "members_by_rule") == []


def test_what_is_named_on_such_a_list_must_be_of_a_unit_below_too(district):
    text = SUMMARY.replace("    turn: {who: officer}\n", "    turn: {who: officer}\n    edit: {officer: [reports]}\n")
    district.publish(text, now=NOW)
    below, own = reported(district, "A", 3), reported(district, "D", 5)
    summary = district.open_case("members_by_rule", unit="D", by="lan", now=NOW).case.code
    assert codes(district.act(summary, "sum", by="lan", now=NOW, inputs={"reports": [own]})) == ["cannot_be_put"]
    district.grant("lan", "unit_clerk", at="A", now=NOW)
    assert does(district, summary, "sum", "lan", reports=[below]).case.fields["houses"] == 3


AWARD = """
definition: award
title: Khen thưởng | Award
basis: test
people: {clerk: unit_clerk at unit, officer: award_officer at unit}
start: {by: clerk, to: listed}
states:
  listed:
    label: Trong danh sách | Listed
    turn: {who: link}
    actions:
      give:
        {label: Khen | Give, by: link, to: given, open: {definition: certificate, as: of_award, copy: none, at: made}}
  given: {label: Đã khen | Given, outcome: good}
"""
CERTIFICATE = """
definition: certificate
title: Giấy khen | Certificate
basis: test
people: {clerk: unit_clerk at unit}
start: {by: link, to: made}
states: {made: {label: Đã in | Made, outcome: good}}
"""
ROUND = """
definition: round
title: Đợt khen | Round
basis: test
people: {officer: award_officer at unit}
members: {awards: {of: award, in: listed}}
start: {by: officer, to: open}
states:
  open:
    label: Đang mở | Open
    turn: {who: officer}
    edit: {officer: [awards]}
    actions: {close: {label: Chốt | Close, to: closed, each: {awards: give}}}
  closed: {label: Đã chốt | Closed, outcome: good}
"""


def test_an_act_that_opens_two_cases_opens_two(engine):
    for text in (CERTIFICATE, AWARD, ROUND):
        engine.publish(text, now=NOW)
    awards = [engine.open_case("award", unit="U", by="hoa", now=NOW).case.code for _ in range(2)]
    held = engine.open_case("round", unit="U", by="lan", now=NOW).case.code
    opened = does(engine, held, "close", "lan", awards=awards).opened
    assert len({case.id for case in opened}) == len({case.code for case in opened}) == 2
    with engine.database.reading() as tx:
        assert [records.load_links(tx, case.id, {"of_award"})["of_award"][0].code for case in opened] == awards
    assert refolded(engine, "award", "certificate", "round") == []
