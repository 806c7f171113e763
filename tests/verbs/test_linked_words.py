"""In the record: lists dealt with one by one, cases opened by cases that are moved along, people of a linked unit."""

import pytest

import workflow
from tests.machine.stage import at, calendar, codes
from tests.machine.test_cases_opened_along import PART, PLAN
from tests.machine.test_dealt_one_by_one import LIST, NAME
from workflow import audits, publishing
from workflow.storage.queries import cases as records
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
    engine.publish(NAME, now=NOW)
    engine.publish(LIST, now=NOW)
    names = [engine.open_case("name", unit="U", by="lan", now=NOW).case.code for _ in range(3)]
    for code, years in zip(names, (5, 1, 9), strict=True):
        does(engine, code, "fill", "lan", years=years)
    batch = engine.open_case("batch", unit="U", by="lan", now=NOW).case.code
    does(engine, batch, "put", "lan", names=names)
    done = does(engine, batch, "decide", "lan")
    assert [reason.code for reason in done.plan.warnings] == ["left"]
    with engine.database.reading() as tx:
        assert [records.load_for_act(tx, code).case.state for code in names] == ["awarded", "listed", "awarded"]
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
        case = records.load_for_act(tx, plan).case
        parts = records.load_links(tx, case.id, {"~part_of"})["~part_of"]
        assert (case.state, [part.state for part in parts]) == ("done", ["done", "done"])
    assert refolded(engine, "plan", "part") == []
