"""What belongs to another unit is as if it did not exist, and what a form has no input for does not happen."""

import re

import pytest
from sqlalchemy import select

from tests.support.page_reading import Page
from tests.support.site import CODE
from tests.web.casting import Cast, token_of
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.organisation import grants, people
from workflow.storage.models import CaseRow

NOBODYS = 999_999
UNKNOWN = {"code": "KH-2017-9999", "token": "A" * 43, "unit_id": NOBODYS, "substitution_id": NOBODYS}


def kept(cast: Cast) -> list[str]:
    """Everything that stands in the record, but the numbers given out: one taken for nothing is not given again."""
    return [line for line in cast.site.digest().splitlines() if not line.startswith("book:")]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/cases/{code}", None),
        ("/cases/{code}/receipt", None),
        ("/cases/{code}/history.pdf", None),
        ("/cases/{code}/receipt/pin", {}),
        ("/documents/{token}", None),
        ("/cases?words={code}", None),
        ("/cases/{code}/draft", {}),
        ("/cases/{code}/rows", {}),
        ("/cases/{code}/actions/withdraw", {}),
        ("/cases/{code}/actions/answer:remark", {"answer": "seen"}),
        (f"/movements/{CODE}/accept", {"milestone": "plans", "unit_id": "{unit_id}"}),
        ("/my-unit/cases", {"definition": "award_nomination", "unit_id": "{unit_id}"}),
        ("/profile/substitutions/{substitution_id}/end", {}),
    ],
)
def test_another_units_is_answered_as_what_does_not_exist(cast: Cast, path: str, form: dict[str, str] | None):
    visitor = cast.visitors["unit B"]

    def answered(names: dict[str, object]) -> tuple[int, str]:
        filled = {name: value.format(**names) for name, value in (form or {}).items()}
        where = path.format(**names)
        sent = {"form_token": token_of(visitor), **filled}
        answer = visitor.answer(where) if form is None else visitor.client.post(where, data=sent)
        # What was asked for is said again: numbers are all that may differ.
        return answer.status_code, re.sub(r"\d+", "#", Page(answer.text).text)

    before = kept(cast)
    theirs, nobodys = answered(cast.names), answered({**cast.names, **UNKNOWN})
    assert theirs == nobodys
    assert kept(cast) == before


def test_a_block_of_ones_own_names_no_case_of_another_unit(cast: Cast):
    code = str(cast.names["code"])
    pages = ("/", "/my-unit", "/cases", f"/movements/{CODE}", "/notifications", "/profile")
    assert [page for page in pages if code in cast.visitors["unit B"].answer(page).text] == []


def test_a_person_edited_gets_nothing_that_the_form_has_no_input_for(cast: Cast):
    admin, stranger = cast.visitors["admin"], int(str(cast.names["person_id"]))
    more = {"is_admin": "1", "role": "admin", "active": "0", "id": "1", "password_hash": "x", "unit_id": "1"}
    form = {"username": "stranger", "full_name": "Hồ Văn Lạ", **more}
    answer = admin.client.post(f"/admin/people/{stranger}", data={"form_token": admin.token(), **form})
    with cast.site.database.reading() as tx:
        found, held = people.find(tx, stranger), grants.of_person(tx, stranger)
    assert answer.status_code == 303
    assert (found.id, found.active, found.unit_id, held) == (stranger, True, None, [])


def test_a_case_is_opened_as_its_definition_says_whatever_the_form_adds(cast: Cast):
    clerk = cast.visitors["unit A"]
    more = {"state": "approved", "version": "9", "person_id": "1", "movement_id": "1", "at": "approved"}
    form = {"definition": "award_nomination", "unit_id": cast.names["unit_id"], "request_key": "k", **more}
    answer = clerk.client.post("/my-unit/cases", data={"form_token": clerk.token(), **form})
    code = answer.headers["Location"].rpartition("/")[2]
    wanted = select(CaseRow.state, CaseRow.version, CaseRow.movement_id).where(CaseRow.code == code)
    with cast.site.database.reading() as tx:
        row = tx.connection.execute(wanted).one()
    assert tuple(row) == ("draft", 1, None)
