"""Figures by layer in the record: who sets them, what a case pins on the day it is opened, what history keeps."""

from datetime import UTC, date, datetime

import pytest

from tests.support.figured_definitions import LEAVE_WITH_QUOTA
from tests.support.site import CODE, MOVEMENT
from tests.support.small_province import DEFINITIONS, NOW
from workflow import calendars, cases
from workflow.audit import admin_acts, audits
from workflow.cases.view import view
from workflow.definitions import FigureForm, parameters, publishing
from workflow.errors import DefinitionNotFound, Invalid, NotAllowed, NotFound
from workflow.exchange.regimes import MalformedVocabulary, read_regimes
from workflow.movements import obligations
from workflow.values import Act, Refusal

SHIPPED = (DEFINITIONS / "regimes.yaml").read_text("utf-8")
EARLIER, LATER = datetime(2017, 9, 29, 2, tzinfo=UTC), datetime(2024, 1, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def law(database, province):
    """A definition with a budget and a table that layers may set, and a movement, in every test."""
    people = province.people
    with database.writing() as tx:
        done = publishing.publish_text(
            tx, LEAVE_WITH_QUOTA, author_id=people["admin"], publisher_id=people["admin2"], now=NOW, path="leave.yaml"
        )
        assert isinstance(done, publishing.Published), done
        obligations.import_movement(tx, MOVEMENT.encode(), name="movement.yaml", person_id=None, now=NOW)


def put(database, province, form, *, by="admin", now=NOW):
    with database.writing() as tx:
        return parameters.put(tx, form, person_id=province.people[by] if by else None, now=now)


def opened(database, province, now=NOW, movement=None):
    with database.writing() as tx:
        movement_id = obligations.find(tx, movement).id if movement else None
        clerk = province.people["cucphuong.clerk"]
        unit = province.units["14437"]
        return cases.open_case(tx, "leave", unit_id=unit, person_id=clerk, now=now, movement_id=movement_id).case


@pytest.mark.parametrize(("now", "regime"), [(EARLIER, "nd42_2010"), (NOW, "nd91_2017"), (LATER, "nd98_2023")])
def test_a_case_is_opened_under_the_regime_of_its_day(database, province, now, regime):
    case = opened(database, province, now)
    assert case.params["~regime"] == regime
    with database.reading() as tx:
        seen = view(tx, case.code, person_id=province.people["cucphuong.clerk"], now=now)
    assert seen.regime.code == regime
    assert [(it.param, it.value.en, it.source) for it in seen.figures if it.param == "days_left"] == [
        ("days_left", "5 working days", "Luật")
    ]


def test_the_movement_goes_before_the_province_before_the_regime_and_open_cases_keep_theirs(database, province):
    before = opened(database, province)
    put(database, province, FigureForm("leave", "days_left", 6, "NĐ 91/2017", regime="nd91_2017"))
    assert opened(database, province).params["days_left"] == 6
    put(database, province, FigureForm("leave", "days_left", 7, "QĐ 09/2018", valid_from=date(2017, 11, 1)))
    assert opened(database, province).params["days_left"] == 7
    assert opened(database, province, datetime(2017, 10, 30, 2, tzinfo=UTC)).params["days_left"] == 6
    put(database, province, FigureForm("leave", "days_left", 9, "KH 117", movement=CODE))
    assert opened(database, province).params["days_left"] == 7
    last = opened(database, province, movement=CODE)
    assert last.params["days_left"] == 9
    assert last.params["~sources"] == {"days_left": {"layer": "movement", "source": "KH 117"}}
    assert before.params["days_left"] == 5


def test_a_table_is_pinned_and_history_folds_to_what_it_decided(database, province):
    put(database, province, FigureForm("leave", "quota", 2, "QĐ 09/2018", keys=("light", "false")))
    case = opened(database, province)
    asked = {"reason": "Việc nhà", "work": "light", "night": False}
    with database.writing() as tx:
        clerk = province.people["cucphuong.clerk"]
        refused = cases.act_in(tx, case.code, Act("send", {**asked, "days": 3}), person_id=clerk, now=NOW)
        sent = cases.act_in(tx, case.code, Act("send", {**asked, "days": 2}), person_id=clerk, now=NOW)
    assert isinstance(refused, Refusal)
    assert isinstance(sent, cases.Acted)
    put(database, province, FigureForm("leave", "quota", 1, "QĐ 10/2018", keys=("light", "false")))
    with database.reading() as tx:
        calendar = calendars.calendar_of(tx)
        faults = [
            *audits.verify(tx),
            *audits.refold(tx, definition_of=lambda it: publishing.compiled(tx, it), calendar=calendar),
        ]
    assert faults == []


def test_a_figure_that_has_ended_counts_no_more(database, province):
    number = put(database, province, FigureForm("leave", "days_left", 7, "QĐ 09/2018"))
    with database.writing() as tx:
        parameters.end(tx, number, on_date=date(2017, 11, 13), person_id=province.people["admin"], now=NOW)
    assert opened(database, province).params["days_left"] == 7
    assert opened(database, province, datetime(2017, 11, 14, 2, tzinfo=UTC)).params["days_left"] == 5
    with database.reading() as tx:
        told = [(act.action, act.facts["figure"]) for act in admin_acts.entries(tx, limit=2)]
        assert [*admin_acts.verify(tx)] == []
    assert told == [("figure_ended", number), ("figure_set", number)]


@pytest.mark.parametrize(
    ("form", "answer"),
    [
        (FigureForm("leave", "quotas", 1, "QĐ"), "param_unknown"),
        (FigureForm("leave", "days_left", "viele", "QĐ"), "not_a_number"),
        (FigureForm("leave", "days_left", 0, "QĐ"), "out_of_range"),
        (FigureForm("leave", "quota", 1, "QĐ", keys=("light",)), "wrong_keys"),
        (FigureForm("leave", "quota", 1, "QĐ", keys=("dark", "true")), "key_unknown"),
        (FigureForm("leaves", "quota", 1, "QĐ"), DefinitionNotFound),
        (FigureForm("leave", "quota", 1, " "), Invalid),
        (FigureForm("leave", "quota", 1, "QĐ", movement="no-such"), NotFound),
        (FigureForm("leave", "quota", 1, "QĐ", regime="no-such"), NotFound),
        (FigureForm("leave", "quota", 1, "QĐ", valid_from=date(2018, 1, 2), valid_to=date(2018, 1, 1)), Invalid),
    ],
)
def test_what_cannot_be_set_is_refused(database, province, form, answer):
    if isinstance(answer, type):
        with pytest.raises(answer):
            put(database, province, form)
    else:
        refused = put(database, province, form)
        assert [reason.code for reason in refused.reasons] == [answer]
    with database.reading() as tx:
        assert parameters.every(tx) == []


def test_only_administrators_set_figures(database, province):
    with pytest.raises(NotAllowed):
        put(database, province, FigureForm("leave", "days_left", 7, "QĐ"), by="cucphuong.clerk")


def test_shipped_regimes_are_taken_over_once(database):
    more = SHIPPED + (
        "nd_next:\n  title: Sau này | Next\n  valid: {from: 2030-01-01}\n  source: NĐ\n"
        "  params:\n    leave.quota: {values: {heavy: {true: 20}}, else: 3, source: NĐ}\n"
    )
    shipped = read_regimes(
        more.replace("valid: {from: 2025-07-01}", "valid: {from: 2025-07-01, to: 2029-12-31}"), path="r"
    )
    with database.writing() as tx:
        parameters.ship(tx, shipped, now=NOW)
        parameters.ship(tx, shipped, now=NOW)
        found = parameters.regimes(tx)
        figures = [(it.regime, it.keys, it.value) for it in parameters.every(tx)]
    assert [regime.code for regime in found] == ["nd42_2010", "nd91_2017", "nd98_2023", "nd152_2025", "nd_next"]
    assert found[3].valid_to is None
    assert figures == [("nd_next", (), 3), ("nd_next", ("heavy", "true"), 20)]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("to: 2017-09-30", "to: 2017-10-01", "nd91_2017.valid: nd42_2010"),
        ("to: 2017-09-30", "to: 30/9/2017", "nd42_2010.valid.to: YYYY-MM-DD"),
        ("Nghị định 42/2010/NĐ-CP | Decree 42/2010", "Nghị định", "nd42_2010.title: vi | en"),
        ("valid: {to: 2017-09-30}", "valid: [2017]", "nd42_2010.valid."),
        ("valid: {to: 2017-09-30}", "valid: {until: 2017-09-30}", "nd42_2010.valid.until: from, to"),
        ("{from: 2017-10-01, to: 2023-12-31}", "{from: 2023-12-31, to: 2017-10-01}", "nd91_2017.valid.to: 2017-10-01"),
        (
            "valid: {to: 2017-09-30}",
            "valid: {to: 2017-09-30}\n  params: {quota: {else: 1, source: x}}",
            "nd42_2010.params.quota: DEFINITION.PARAM",
        ),
        (
            "valid: {to: 2017-09-30}",
            "valid: {to: 2017-09-30}\n  params: {a.b: {else: [1], source: x}}",
            "nd42_2010.params.a.b.else",
        ),
        (
            "valid: {to: 2017-09-30}",
            "valid: {to: 2017-09-30}\n  params: {a.b: {else: 1}}",
            "nd42_2010.params.a.b.source",
        ),
    ],
)
def test_a_wrong_file_of_regimes_is_refused_with_its_place(old, new, place):
    with pytest.raises(MalformedVocabulary) as refused:
        read_regimes(SHIPPED.replace(old, new, 1), path="regimes.yaml")
    assert refused.value.facts["place"] == place
