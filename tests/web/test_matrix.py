"""Who is let in where: every page, for every kind of visitor, against a table that was reviewed by hand.

A page without a row fails. A row says for each of `KINDS`, in their order: `o` let in (what is said then is another
test's matter), `x` refused, `-` as if it did not exist, `s` sent to where one signs in. What an address names is unit
A's: unit B is another commune of the same district.
"""

import pytest
from werkzeug.test import TestResponse

from tests.support.site import MOVEMENT
from tests.web.casting import KINDS, Cast

EVERYBODY = "oooooooo"
SIGNED_IN = "soooooos"
WHO_MAY_KNOW_THE_CASE = "so-o-oos"
WHOSE_TURN_IT_IS_NOT = "sx-x-xxs"
WHOSE_UNIT_IT_IS = "so-x-xxs"
WHO_HAS_THE_PIN = "--------"
NOBODY_WITHOUT_ITS_ADDRESS = "--------"
UNIT_A = "soxxxxxs"
UNIT_A_INVITED = "so-----s"
READERS = "sxxxxoos"
ADMINISTRATORS = "sxxxxoxs"
ADMINISTRATORS_WHERE_NOTHING_WAITS = "sxxxx-xs"
ITS_OWN_AND_ADMINISTRATORS = "s----o-s"
AS_IF_IT_WERE_NOT = "s------s"
TO_SIGN_IN = "ssssssss"

TABLE = {
    "GET administration.index": READERS,
    "GET audit.page": READERS,
    "GET audit.verify": READERS,
    "GET calendar.page": READERS,
    "GET cases.before": WHO_MAY_KNOW_THE_CASE,
    "GET cases.history": WHO_MAY_KNOW_THE_CASE,
    "GET cases.index": SIGNED_IN,
    "GET cases.page": WHO_MAY_KNOW_THE_CASE,
    "GET cases.reminder": WHOSE_TURN_IT_IS_NOT,
    "GET cases.receipt": WHO_MAY_KNOW_THE_CASE,
    "GET clock.page": SIGNED_IN,
    "GET definitions.draft": READERS,
    "GET definitions.index": READERS,
    "GET definitions.version": READERS,
    "GET desk.page": WHO_MAY_KNOW_THE_CASE,
    "GET desk.snooze_form": WHO_MAY_KNOW_THE_CASE,
    "GET desk.view_form": SIGNED_IN,
    "GET documents.download": WHO_MAY_KNOW_THE_CASE,
    "GET figures.page": READERS,
    "GET health.healthz": EVERYBODY,
    "GET home.my_turn": SIGNED_IN,
    "GET incidents.index": READERS,
    "GET lookup.form": EVERYBODY,
    "GET movements.board": SIGNED_IN,
    "GET movements.excel": SIGNED_IN,
    "GET movements.index": SIGNED_IN,
    "GET movements.printed": SIGNED_IN,
    "GET movements.reminder": SIGNED_IN,
    "GET my_unit.blank": SIGNED_IN,
    "GET my_unit.choose": SIGNED_IN,
    "GET my_unit.page": SIGNED_IN,
    "GET notifications.page": SIGNED_IN,
    "GET one_time_links.forgotten": EVERYBODY,
    "GET one_time_links.page": NOBODY_WITHOUT_ITS_ADDRESS,
    "GET outbox.index": READERS,
    "GET outbox.letter": READERS,
    "GET papers.content": WHO_MAY_KNOW_THE_CASE,
    "GET papers.page": WHO_MAY_KNOW_THE_CASE,
    "GET pending_acts.index": READERS,
    "GET people.index": READERS,
    "GET people.new": READERS,
    "GET people.page": READERS,
    "GET profile.calendar": NOBODY_WITHOUT_ITS_ADDRESS,
    "GET person_choices.page": SIGNED_IN,
    "GET profile.page": SIGNED_IN,
    "GET profile.sessions": SIGNED_IN,
    "GET signing_in.form": EVERYBODY,
    "GET signing_in.mark": EVERYBODY,
    "GET signing_in.present": EVERYBODY,
    "GET static": EVERYBODY,
    "GET units.grant_form": READERS,
    "GET units.importing": READERS,
    "GET units.index": READERS,
    "GET units.new": READERS,
    "GET units.page": READERS,
    "POST calendar.clear": ADMINISTRATORS,
    "POST calendar.keep": ADMINISTRATORS,
    "POST cases.act": WHO_MAY_KNOW_THE_CASE,
    "POST cases.remind": WHOSE_TURN_IT_IS_NOT,
    "POST cases.renew_pin": WHOSE_UNIT_IT_IS,
    "POST cases.reshape": WHO_MAY_KNOW_THE_CASE,
    "POST cases.save": WHOSE_TURN_IT_IS_NOT,
    "POST clock.next_day": ADMINISTRATORS,
    "POST clock.to_date": ADMINISTRATORS,
    "POST definitions.begin": ADMINISTRATORS,
    "POST definitions.discard": ADMINISTRATORS,
    "POST definitions.publish": ADMINISTRATORS,
    "POST definitions.save": ADMINISTRATORS,
    "POST desk.act_on_selected": SIGNED_IN,
    "POST desk.awake": SIGNED_IN,
    "POST desk.drop_view": SIGNED_IN,
    "POST desk.keep_view": SIGNED_IN,
    "POST desk.selected": SIGNED_IN,
    "POST desk.undo_selected": SIGNED_IN,
    "POST desk.snooze": WHO_MAY_KNOW_THE_CASE,
    "POST desk.snooze_selected": SIGNED_IN,
    "POST incidents.retry": ADMINISTRATORS,
    "POST lookup.find": WHO_HAS_THE_PIN,
    "POST movements.accept": UNIT_A_INVITED,
    "POST movements.publish": ADMINISTRATORS,
    "POST movements.take_in": ADMINISTRATORS,
    "POST my_unit.open_case": UNIT_A,
    "POST my_unit.reshape": UNIT_A,
    "POST notifications.read": SIGNED_IN,
    "POST one_time_links.spend": NOBODY_WITHOUT_ITS_ADDRESS,
    "POST papers.tick": WHO_MAY_KNOW_THE_CASE,
    "POST pending_acts.confirm": ADMINISTRATORS_WHERE_NOTHING_WAITS,
    "POST pending_acts.withdraw": ADMINISTRATORS_WHERE_NOTHING_WAITS,
    "POST people.add": ADMINISTRATORS,
    "POST people.deactivate": ADMINISTRATORS,
    "POST people.edit": ADMINISTRATORS,
    "POST people.end": ADMINISTRATORS,
    "POST people.grant": ADMINISTRATORS,
    "POST people.reactivate": ADMINISTRATORS,
    "POST people.print_slip": ADMINISTRATORS,
    "POST people.send_link": ADMINISTRATORS,
    "POST profile.appoint": SIGNED_IN,
    "POST profile.change_password": SIGNED_IN,
    "POST profile.choose": SIGNED_IN,
    "POST profile.end": ITS_OWN_AND_ADMINISTRATORS,
    "POST profile.end_session": AS_IF_IT_WERE_NOT,
    "POST profile.speak": SIGNED_IN,
    "POST remarks.accept": WHOSE_TURN_IT_IS_NOT,
    "POST remarks.comment": WHO_MAY_KNOW_THE_CASE,
    "POST remarks.correct": WHOSE_TURN_IT_IS_NOT,
    "POST remarks.draft": WHOSE_TURN_IT_IS_NOT,
    "POST remarks.drop": AS_IF_IT_WERE_NOT,
    "POST remarks.edit": AS_IF_IT_WERE_NOT,
    "POST remarks.mark": WHO_MAY_KNOW_THE_CASE,
    "POST remarks.read": WHO_MAY_KNOW_THE_CASE,
    "POST remarks.reopen": WHOSE_TURN_IT_IS_NOT,
    "POST remarks.resolve": AS_IF_IT_WERE_NOT,
    "POST remarks.uncorrect": WHOSE_TURN_IT_IS_NOT,
    "POST remarks.unresolve": AS_IF_IT_WERE_NOT,
    "POST profile.subscribe": SIGNED_IN,
    "POST profile.unsubscribe": SIGNED_IN,
    "POST signing_in.speak": TO_SIGN_IN,
    "POST units.add": ADMINISTRATORS,
    "POST units.grant": ADMINISTRATORS,
    "POST units.edit": ADMINISTRATORS,
    "POST units.take_in": ADMINISTRATORS,
}
ELSEWHERE = {
    "POST one_time_links.ask",
    "POST profile.sign_out_everywhere",
    "POST signing_in.enter",
    "POST signing_in.enter_again",
    "POST signing_in.leave",
}
"""Signing in and out makes another visitor of whoever does it, and nobody asks for links without end: `test_door` and
`test_one_time_links` ask there."""


def forms(cast: Cast) -> dict[str, dict[str, object]]:
    """What must stand in a form for the question who may send it to be asked at all."""
    unit = cast.names["unit_id"]
    return {
        "POST calendar.clear": {"on_date": "01/01/2018"},
        "POST calendar.keep": {"on_date": "20/11/2017", "kind": "holiday", "name_vi": "Thử", "name_en": "Test"},
        "POST clock.to_date": {"date": "20/11/2017"},
        "POST desk.snooze": {"until": "14/11/2017"},
        "POST desk.snooze_selected": {"until": "14/11/2017"},
        "POST movements.accept": {"milestone": "plans", "unit_id": unit},
        "POST movements.take_in": {"file": MOVEMENT.encode()},
        "POST my_unit.open_case": {"definition": "award_nomination", "unit_id": unit},
        "POST my_unit.reshape": {"definition": "award_nomination", "unit_id": unit},
        "POST people.add": {"username": "moi", "full_name": "Hà Thị Mới"},
        "POST people.edit": {"username": "stranger", "full_name": "Hồ Văn Lạ"},
        "POST people.end": {"on_date": "20/11/2018"},
        "POST people.grant": {"role": "unit_clerk", "unit_id": unit, "valid_from": "20/11/2017"},
        "POST units.grant": {"holder_id": cast.names["person_id"], "role": "unit_clerk", "valid_from": "20/11/2017"},
        "POST units.take_in": {"file": b"code,name"},
    }


def said(answer: TestResponse) -> str:
    if answer.headers.get("Location", "").startswith("/sign-in"):
        return "s"
    if answer.status_code in (400, 500):
        return f"{answer.status_code}"
    return {403: "x", 404: "-"}.get(answer.status_code, "o")


def test_every_page_has_its_row(cast: Cast):
    assert set(cast.routes()) == set(TABLE) | ELSEWHERE


def test_a_refused_form_shows_nothing_of_the_area_it_belongs_to(cast: Cast):
    refusal = cast.ask("unit B", "GET people.index", {}).text
    sent = [route for route, row in TABLE.items() if row == ADMINISTRATORS and TABLE.get(_area(route)) == READERS]
    shown = [route for route in sent if cast.ask("unit B", route, forms(cast).get(route, {})).text != refusal]
    assert (len(sent) > 10, shown) == (True, [])


def _area(route: str) -> str:
    """The page that the form of a changing page stands on."""
    place = route.removeprefix("POST ").partition(".")[0]
    return next(page for page in TABLE if page.startswith(f"GET {place}."))


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_is_answered_as_the_table_says(cast: Cast, kind: str):
    place = list(KINDS).index(kind)
    answers = {route: said(cast.ask(kind, route, forms(cast).get(route, {}))) for route in TABLE}
    assert answers == {route: row[place] for route, row in TABLE.items()}
