"""An act takes into a case only papers that were handed over to that case and that field."""

import io

import pytest

from tests.support.small_province import NOW
from workflow import cases, documents
from workflow.files import Blobs
from workflow.values import Act, Refusal

CLERK = "cucphuong.clerk"


@pytest.fixture
def codes(database, province):
    """Two nominations of the same clerk."""
    with database.writing() as tx:
        return [
            cases.open_case(
                tx,
                "award_nomination",
                unit_id=province.units["14437"],
                person_id=province.people[CLERK],
                now=NOW,
            ).case.code
            for _ in range(2)
        ]


@pytest.fixture
def handed_over(database, province, tmp_path):
    """Hand a file over to a case's field; returns what the field would hold of it."""
    blobs = Blobs(tmp_path / "documents")

    def hand_over(code, field):
        stored = documents.store(blobs, io.BytesIO(b"%PDF-1.7\n% " + field.encode()), f"{field}.pdf")
        with database.writing() as tx:
            version = documents.upload(tx, code, field, stored, person_id=province.people[CLERK], now=NOW)
        return documents.value_of(version)

    return hand_over


def send(database, province, code, papers):
    inputs = {
        "nominee": {"kind": "person", "name": "Bùi Thị Hạ"},
        "award": "giay_khen",
        "achievement": "Giúp mười hai hộ trong thôn thoát nghèo bền vững trong hai năm liền.",
        **papers,
    }
    with database.writing() as tx:
        return cases.act_in(tx, code, Act("send", inputs), person_id=province.people[CLERK], now=NOW)


def papers_of(handed_over, code):
    minutes = {**handed_over(code, "minutes"), "symbol": "12/BB", "dated": "2017-11-01"}
    return {"report": handed_over(code, "report"), "minutes": minutes}


def test_papers_handed_over_to_the_case_are_taken(database, province, codes, handed_over):
    assert isinstance(send(database, province, codes[0], papers_of(handed_over, codes[0])), cases.Acted)


def test_a_paper_of_another_case_is_refused_at_its_field(database, province, codes, handed_over):
    papers = papers_of(handed_over, codes[0])
    refused = send(database, province, codes[0], {**papers, "report": handed_over(codes[1], "report")})
    assert isinstance(refused, Refusal)
    assert [(reason.code, reason.field) for reason in refused.reasons] == [("document_unknown", "report")]


@pytest.mark.parametrize("forged", [{"sha256": "0" * 64}, {"number": 7}, {"token": "made-up"}])
def test_a_forged_paper_is_refused(database, province, codes, handed_over, forged):
    papers = papers_of(handed_over, codes[0])
    refused = send(database, province, codes[0], {**papers, "report": {**papers["report"], **forged}})
    assert isinstance(refused, Refusal)
    assert [reason.code for reason in refused.reasons] == ["document_unknown"]


def test_a_paper_of_another_field_is_refused(database, province, codes, handed_over):
    papers = papers_of(handed_over, codes[0])
    refused = send(database, province, codes[0], {**papers, "report": {**papers["minutes"], "signer": "A"}})
    assert isinstance(refused, Refusal)
    assert [reason.field for reason in refused.reasons] == ["report"]
