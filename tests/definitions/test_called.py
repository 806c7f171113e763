"""People are told the rules in words: no name of the file stands in what they read of what ships."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from tests.support.calendar_facts import vietnam
from tests.support.definition_schema import DEFINITIONS
from trinh import definition_files
from workflow.machine.drawing.diagram import draw
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.words import NamingContext, sentence
from workflow.values import Reason

SHIPPED = sorted(path.parent.name for path in DEFINITIONS.glob("*/v1.yaml"))
EXAMPLES = sorted(f"examples/{path.parent.name}" for path in DEFINITIONS.glob("examples/*/v1.yaml"))
WORDS = re.compile(r"[^\W\d]\w*")


def path_of(name):
    return DEFINITIONS / name / "v1.yaml"


def loaded(name):
    return load(path_of(name).read_bytes(), path=name)


def around(name):
    return NamingContext(definition_files.family_of([path_of(name)]), definition_files.role_labels())


def names_in(law) -> Iterator[str]:
    """Every name that a file gives: of what people call otherwise."""
    yield law.name
    for part in (law.fields, law.params, law.people, law.external, law.clocks, law.members, law.links, law.reserves):
        yield from part
    for field in law.fields.values():
        yield from (*field.of, *field.columns)
    for state in law.states.values():
        yield from (state.name, *state.actions, *state.asks)
        for ask in state.asks.values():
            yield from (name for name, _ in ask.result)
            yield from (answer.name for answer in ask.answers if not ask.scored)
        for way in (way for action in state.actions.values() for way in action.alternatives):
            yield from (link for link, _ in way.each)
            if way.open:
                yield way.open.link
    yield from (party.place.role for party in law.people.values())


def spoken(svg):
    return " ".join(re.findall(r">([^<]+)<", svg))


@pytest.mark.parametrize("name", [*SHIPPED, *EXAMPLES])
def test_no_name_of_the_file_stands_in_what_vietnamese_people_read(name):
    law, known = loaded(name), around(name)
    internal = {word for other in known.family.values() for word in names_in(other)}
    # Roles of examples are those of other systems and have no labels here.
    internal -= {*law.people, *(party.place.role for party in law.people.values())} if "/" in name else set()
    for text in (explain(law, language="vi", context=known), spoken(draw(law, language="vi", labels=known.labels))):
        assert len(text) > 300
        assert sorted(internal.intersection(WORDS.findall(text))) == []


def test_a_drawing_and_the_prose_say_how_many_days_a_figure_allows():
    law = loaded("commune_commendation")
    said = "2–10 ngày làm việc (Thời hạn giải quyết)"
    assert said in explain(law, language="vi", context=around("commune_commendation"))
    assert said in spoken(draw(law, language="vi", labels={}))
    assert "2–10 working days (Whole procedure)" in explain(law, language="en", context=around("commune_commendation"))


def test_a_refusal_calls_what_it_reads_of_listed_cases_as_their_own_definitions_do():
    law = loaded("council_session")
    guard = law.states["agenda"].actions["convene"].alternatives[0].when
    member = {"code": "DT-1", "award": "bk_ttg", "notice_end": date(2017, 12, 1), "state": "council_ready"}
    facts = {"nominees": [member], "mode": "written", "day": date(2017, 12, 20), "today": date(2017, 12, 1)}
    (clause,) = guard.explain(facts, vietnam())
    reason = Reason("unmet", clause.facts())
    known = around("council_session")
    assert sentence(reason, language="vi", definition=law, context=known) == (
        "Điều kiện chưa đạt: hồ sơ DT-1 của danh sách “Hồ sơ đưa ra họp”: một trong các điều sau phải đạt: "
        "Hình thức đề nghị (hiện là Bằng khen của Thủ tướng Chính phủ) phải khác Bằng khen của Thủ tướng Chính phủ; "
        "Hình thức (hiện là Lấy ý kiến bằng văn bản) phải là Họp."
    )
    assert "award (now bk_ttg) must not be bk_ttg" in sentence(reason, language="en", definition=law)
