"""An issued review is corrected by a linked one: the old one stands until the new one takes its place, on record."""

from io import BytesIO

import pytest

from tests.support.small_province import NOW, SINCE
from workflow import cases, documents
from workflow.audit import audits
from workflow.cases import Acted
from workflow.files import Blobs
from workflow.organisation import GrantForm, grants
from workflow.storage.queries.cases import loaded_cases as records
from workflow.values import Act, Refusal

TEXT = "Toàn tỉnh giảm được số hộ nghèo theo kế hoạch, các huyện đều có mô hình giúp nhau."
NONE_REPORTED = [{"unit": 5, "reason": "Xã đang sáp nhập"}]


class Reviews:
    """A district's summary and the province's review, acted on through the verbs."""

    def __init__(self, database, province, blobs) -> None:
        self.database, self.province, self.blobs = database, province, blobs
        director = GrantForm(province.people["stranger"], "home_director", province.units["37"], SINCE)
        with database.writing() as tx:
            grants.grant(tx, director, person_id=None, now=NOW)

    def opened(self, definition, unit):
        with self.database.writing() as tx:
            found = cases.open_case(tx, definition, unit_id=self.province.units[unit], person_id=None, now=NOW)
        return found.case.code

    def act(self, code, who, action, **inputs):
        with self.database.writing() as tx:
            return cases.act_in(tx, code, Act(action, inputs), person_id=self.province.people[who], now=NOW)

    def done(self, code, who, action, **inputs):
        answer = self.act(code, who, action, **inputs)
        assert isinstance(answer, Acted), answer
        return answer

    def signed(self, code, who, action, symbol):
        scan = documents.store(self.blobs, BytesIO(b"%PDF-1.7"), "report.pdf")
        with self.database.writing() as tx:
            version = documents.upload(tx, code, "report", scan, person_id=self.province.people[who], now=NOW)
        paper = {**documents.value_of(version), "symbol": symbol, "dated": "2017-11-13"}
        return self.done(code, who, action, report=paper)

    def state(self, code):
        with self.database.reading() as tx:
            return records.load(tx, code).case.state

    def summary(self):
        code = self.opened("review_summary", "372")
        self.done(code, "nhoquan.officer", "begin")
        self.done(code, "nhoquan.officer", "send", expected=1, missing=NONE_REPORTED, text=TEXT)
        self.signed(code, "nhoquan.chairman", "sign", "55/BC-UBND")
        self.done(code, "board.officer", "accept")
        return code

    def issued(self, summary):
        code = self.opened("province_review", "37")
        self.done(code, "board.officer", "begin")
        self.done(code, "board.officer", "send", summaries=[summary], expected=1, text=TEXT)
        self.done(code, "stranger", "approve")
        self.signed(code, "chairman", "issue", "120/BC-UBND")
        return code


@pytest.fixture
def reviews(database, province, tmp_path):
    return Reviews(database, province, Blobs(tmp_path))


def test_a_correction_takes_the_place_of_what_was_issued_when_it_is_issued_itself(reviews):
    summary = reviews.summary()
    first = reviews.issued(summary)
    assert (reviews.state(first), reviews.state(summary)) == ("issued", "consolidated")

    (second,) = reviews.done(first, "board.officer", "correct", comment="Số liệu của Nho Quan sai.").opened
    assert (reviews.state(first), reviews.state(summary), second.state) == ("issued", "accepted", "revise")
    assert "report" not in second.fields
    again = reviews.act(first, "board.officer", "correct", comment="Số liệu của Nho Quan còn sai.")
    assert isinstance(again, Refusal)
    assert [reason.code for reason in again.reasons] == ["already_open"]

    reviews.done(second.code, "board.officer", "send", summaries=[summary])
    reviews.done(second.code, "stranger", "approve")
    reviews.signed(second.code, "chairman", "issue", "131/BC-UBND")
    states = [reviews.state(code) for code in (first, second.code, summary)]
    assert states == ["superseded", "issued", "consolidated"]
    with reviews.database.reading() as tx:
        assert records.load(tx, first).case.fields["report"]["symbol"] == "120/BC-UBND"
        assert records.load(tx, second.code).case.fields["report"]["symbol"] == "131/BC-UBND"
        assert [*audits.verify(tx)] == []
