"""A secret vote on a real database, from agenda to totals: what it keeps, what it cannot tell, that it replays."""

import io

import pytest
from sqlalchemy import text

from tests.support.council import FAMILY, RECORD, written
from tests.support.scenes import calendar
from tests.support.small_province import NOW, SINCE
from workflow import cases, documents
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.files import Blobs
from workflow.organisation import GrantForm, PersonForm, grants, people
from workflow.values import Act, Refusal

VOTERS = ("an", "binh", "chi")
ROLES = {
    "secretary": "council_secretary",
    "vice": "council_standing_vice",
    "officer": "award_officer",
    "reviewer": "award_reviewer",
    **dict.fromkeys(VOTERS, "council_member"),
}


class Board:
    """People of the council, and what they do."""

    def __init__(self, tx, province):
        self.unit = province.units["37"]
        self.people = {}
        for name, role in ROLES.items():
            self.people[name] = people.add(tx, PersonForm(name, name.title()), person_id=None, now=NOW)
            grants.grant(tx, GrantForm(self.people[name], role, self.unit, SINCE), person_id=None, now=NOW)
        for name in FAMILY:
            publishing.publish_shipped(tx, written(name), now=NOW, path=name)

    def opens(self, tx, who, name, **fields):
        done = cases.open_case(tx, name, unit_id=self.unit, person_id=self.people[who], now=NOW, fields=fields)
        return done.case.code

    def does(self, tx, who, code, action, **inputs):
        return cases.act_in(tx, code, Act(action, inputs), person_id=self.people[who], now=NOW)

    def nominee(self, tx):
        nominee = {"kind": "person", "name": "Nguyễn Văn Bình"}
        code = self.opens(tx, "officer", "nominee", nominee=nominee, award="bang_khen", record=RECORD)
        self.does(tx, "officer", code, "propose")
        self.does(tx, "reviewer", code, "accept", notice_end="2017-12-01")
        return code

    def convened(self, tx, *codes):
        code = self.opens(tx, "secretary", "council_session")
        done = self.does(tx, "secretary", code, "convene", mode="written", day="2017-12-15", nominees=[*codes])
        assert not isinstance(done, Refusal), done
        return code


@pytest.fixture
def board(database, province):
    with database.writing() as tx:
        return Board(tx, province)


def box(tx):
    return tx.connection.execute(text("SELECT * FROM ballot ORDER BY key")).all()


def test_a_vote_is_counted_from_the_box_and_history_replays_without_it(database, board, tmp_path):
    with database.writing() as tx:
        one, two = board.nominee(tx), board.nominee(tx)
        session = board.convened(tx, one, two)
    for who in VOTERS:
        with database.writing() as tx:
            answer = {one: "agree", two: "agree" if who == "an" else "disagree"}
            assert not isinstance(board.does(tx, who, session, "answer:ballot", answer=answer), Refusal)
    stored = documents.store(Blobs(tmp_path / "documents"), io.BytesIO(b"%PDF-1.7\n"), "kiem_phieu.pdf")
    with database.writing() as tx:
        kept = documents.upload(tx, session, "minutes", stored, person_id=board.people["secretary"], now=NOW)
        minutes = {**documents.value_of(kept), "symbol": "3/BB-HĐ", "dated": "2017-11-13"}
        done = board.does(tx, "secretary", session, "close", minutes=minutes)
        assert [(move.case.code, move.action) for move in done.plan.moves] == [(one, "pass"), (two, "fail")]
    with database.writing() as tx:
        bodies = tx.connection.execute(text("SELECT body FROM history WHERE action = 'answer:ballot'")).scalars().all()
        jobs = tx.connection.execute(text("SELECT payload FROM job")).scalars().all()
        assert len(bodies) == len(VOTERS)
        assert not [written for written in (*bodies, *jobs) if '"agree"' in written or '"disagree"' in written]
    with database.reading() as tx:
        assert list(audits.verify(tx)) == []
        faults = audits.refold(tx, definition_of=lambda found: publishing.compiled(tx, found), calendar=calendar())
        assert list(faults) == []


def test_each_ballot_shakes_the_whole_box(database, board):
    kept = []
    with database.writing() as tx:
        one = board.nominee(tx)
        session = board.convened(tx, one)
    for who in VOTERS:
        with database.writing() as tx:
            board.does(tx, who, session, "answer:ballot", answer={one: "agree"})
        with database.reading() as tx:
            kept.append({row.key for row in box(tx)})
    assert [len(keys) for keys in kept] == [1, 2, 3]
    assert not kept[0] & kept[1]
    assert not kept[1] & kept[2]


def test_a_refused_vote_leaves_nothing_in_the_box(database, board):
    with database.writing() as tx:
        one = board.nominee(tx)
        session = board.convened(tx, one)
        assert isinstance(board.does(tx, "an", session, "answer:ballot", answer={one: "maybe"}), Refusal)
        assert box(tx) == []


def test_the_rows_of_a_box_have_no_order_of_their_own(database):
    with database.reading() as tx:
        if tx.dialect == "sqlite":
            made = tx.connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'ballot'")).scalar_one()
            assert "WITHOUT ROWID" in made
        columns = {*tx.connection.execute(text("SELECT * FROM ballot")).keys()}
    assert columns == {"key", "case_id", "ask", "round", "line", "choice"}


def test_nobody_lists_a_case_they_may_not_know_of(database, board):
    with database.writing() as tx:
        hidden = board.nominee(tx)
        unit = tx.connection.execute(text("SELECT id FROM unit WHERE code = '372'")).scalar_one()
        moved = {"unit": unit, "code": hidden}
        tx.connection.execute(text("UPDATE case_file SET unit_id = :unit WHERE code = :code"), moved)
        session = board.opens(tx, "secretary", "council_session")
        tx.connection.execute(text("DELETE FROM assignment"))
        tx.connection.execute(text("UPDATE role SET sees = 'own'"))
        for code in (hidden, "NDC-2017-9999"):
            wanted = {"mode": "written", "day": "2017-12-15", "nominees": [code]}
            unknown = board.does(tx, "secretary", session, "convene", **wanted)
            assert [reason.code for reason in unknown.reasons] == ["cannot_be_put"]


def test_struck_cases_leave_the_list_and_put_ones_stand_on_it(database, board):
    with database.writing() as tx:
        one, two = board.nominee(tx), board.nominee(tx)
        session = board.convened(tx, one)
        board.does(tx, "secretary", session, "adjourn", comment="Hoãn phiên họp vì thiếu tài liệu.")
        board.does(tx, "secretary", session, "convene", mode="written", day="2017-12-15", nominees=[two])
        linked = "SELECT c.code FROM link l JOIN case_file c ON c.id = l.other_id WHERE l.name = 'nominees'"
        assert tx.connection.execute(text(linked)).scalars().all() == [two]
