"""Defects drafted, sent with the return, corrected with the resubmission, accepted; comments; who reads what."""

from dataclasses import dataclass
from hashlib import sha256

import pytest

from tests.support.plan_verbs import CLERK, HEAD, OFFICER, REVIEWER, TARGETS, PlanVerbs
from tests.support.small_province import NOW
from workflow import calendars, cases, remarks
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.errors import CaseNotFound, Invalid, NotAllowed, NotFound
from workflow.files import Blobs
from workflow.machine.remarks import Anchor, anchor_at, box_in, unsettle
from workflow.remarks import CaseRemarks, correcting, discussing, drafting, readings
from workflow.storage.queries.cases import loaded_cases as records
from workflow.values import Act

LAUNCH = Anchor("launch")
PAPER = sha256(b"%PDF-1.7").hexdigest()


@dataclass
class Round:
    """A plan with the verbs on its remarks, each by somebody."""

    plan: PlanVerbs

    def read(self, who) -> CaseRemarks:
        person = self.plan.person(who)
        with self.plan.database.reading() as tx:
            view = cases.view(tx, self.plan.code, person_id=person, now=NOW)
            return remarks.of_view(tx, view, person_id=person, now=NOW)

    def ask(self, verb, who, *args, **words):
        with self.plan.database.writing() as tx:
            return verb(tx, self.plan.code, *args, person_id=self.plan.person(who), now=NOW, **words)

    def draft(self, text, anchor, who=REVIEWER, **words):
        return self.ask(drafting.draft, who, kind="defect", text=text, anchor=anchor, **words)

    def returned(self, *texts_and_anchors):
        for text, anchor in texts_and_anchors:
            self.draft(text, anchor)
        person = self.plan.person(REVIEWER)
        with self.plan.database.reading() as tx:
            form = cases.form(tx, self.plan.code, person_id=person, now=NOW)
            rows = remarks.defects_to_hand_in(tx, form, None, person_id=person)
        return self.plan.act(REVIEWER, "return", defects=rows)

    def resubmitted(self, **inputs):
        self.plan.act(CLERK, "send", **inputs)
        self.plan.act(HEAD, "sign", plan=self.plan.paper(HEAD))
        self.plan.act(OFFICER, "receive")


@pytest.fixture
def round_(database, province, tmp_path):
    return Round(PlanVerbs(database, province, Blobs(tmp_path)).under_review())


def three():
    row = anchor_at({"targets": TARGETS}, "targets", index=1)
    box = box_in("plan", PAPER, 1, (0.1, 0.6, 0.9, 0.65), "Hội Nông dân xã nhận giúp 6 hộ")
    return ("Ghi rõ số nhà năm 2020", row), ("Phát động trước 15/11/2017", LAUNCH), ("Ghi rõ tên thôn", box)


def clean(database):
    with database.reading() as tx:
        refolded = audits.refold(
            tx, definition_of=lambda text_hash: publishing.compiled(tx, text_hash), calendar=calendars.calendar_of(tx)
        )
        return list(audits.verify(tx)), list(refolded)


def test_three_defects_are_returned_corrected_and_accepted(round_):
    round_.returned(*three())
    asked = round_.read(CLERK)
    assert [(view.number, view.remark.text, view.remark.anchor.field, view.remark.state) for view in asked.defects] == [
        (1, "Ghi rõ số nhà năm 2020", "targets", "open"),
        (2, "Phát động trước 15/11/2017", "launch", "open"),
        (3, "Ghi rõ tên thôn", "plan", "open"),
    ]
    for view in asked.defects:
        round_.ask(correcting.mark_corrected, CLERK, view.remark.id, note="Đã bổ sung")
    assert round_.read(CLERK).uncorrected == ()
    edited = [TARGETS[0], TARGETS[2], {"indicator": "Nhà ở được xây, sửa", "target": "9"}]
    round_.resubmitted(targets=edited, launch="2017-11-14")
    seen = round_.read(REVIEWER).defects
    assert [(view.remark.state, view.fix.remark.text, view.settler) for view in seen] == [
        ("fixed", "Đã bổ sung", "Trần Thị Lan")
    ] * 3
    assert (seen[1].remark.quote, seen[1].place.held) == ("2017-11-25", "2017-11-14")
    assert seen[0].place.standing == "changed"
    for view in seen:
        round_.ask(correcting.accept, REVIEWER, view.remark.id)
    assert {view.remark.state for view in round_.read(REVIEWER).defects} == {"accepted"}
    round_.plan.act(REVIEWER, "acknowledge")
    assert round_.read(CLERK).defects == ()
    assert clean(round_.plan.database) == ([], [])


def test_the_defects_stand_in_the_entry_that_returned_the_case(round_):
    acted = round_.returned(*three())
    assert acted.plan.inputs["defects"] == [
        {"place": "Chỉ tiêu, dòng 2", "what": "Ghi rõ số nhà năm 2020"},
        {"place": "Ngày phát động", "what": "Phát động trước 15/11/2017"},
        {"place": "Văn bản kế hoạch, trang 1", "what": "Ghi rõ tên thôn"},
    ]


def test_a_defect_that_was_only_typed_is_anchored_by_the_name_of_its_field(round_):
    rows = [{"place": "ngày phát động", "what": "Sớm hơn"}, {"place": "Mục II", "what": "Thiếu nhà ở"}]
    round_.plan.act(REVIEWER, "return", defects=rows)
    assert [(view.remark.anchor.field, view.remark.quote) for view in round_.read(CLERK).defects] == [
        ("launch", "2017-11-25"),
        (None, "Mục II"),
    ]


def test_what_is_sent_again_uncorrected_stays_open(round_):
    round_.returned(*three())
    first, *_ = round_.read(CLERK).defects
    round_.ask(correcting.mark_corrected, CLERK, first.remark.id, note="")
    assert [view.number for view in round_.read(CLERK).uncorrected] == [2, 3]
    round_.resubmitted()
    assert [view.remark.state for view in round_.read(REVIEWER).defects] == ["fixed", "open", "open"]


def test_a_word_that_was_taken_back_corrects_nothing(round_):
    round_.returned(*three())
    first, *_ = round_.read(CLERK).defects
    round_.ask(correcting.mark_corrected, CLERK, first.remark.id, note="Nhầm")
    round_.ask(correcting.unmark_corrected, CLERK, first.remark.id)
    round_.resubmitted()
    assert [view.remark.state for view in round_.read(REVIEWER).defects] == ["open"] * 3


def test_a_correction_that_does_not_do_is_asked_for_again(round_):
    round_.returned(("Sớm hơn", LAUNCH))
    [defect] = round_.read(CLERK).defects
    round_.ask(correcting.mark_corrected, CLERK, defect.remark.id, note="Đã sửa")
    round_.resubmitted()
    round_.draft("Vẫn muộn", LAUNCH, again=defect.remark.id)
    round_.returned()
    [again] = round_.read(CLERK).defects
    assert (again.remark.text, again.remark.answer_to, again.remark.state) == ("Vẫn muộn", defect.remark.id, "open")


def test_acceptance_is_taken_back(round_):
    round_.returned(("Sớm hơn", LAUNCH))
    [defect] = round_.read(CLERK).defects
    round_.ask(correcting.mark_corrected, CLERK, defect.remark.id, note="")
    round_.resubmitted()
    round_.ask(correcting.accept, REVIEWER, defect.remark.id)
    round_.ask(correcting.reopen, REVIEWER, defect.remark.id)
    [seen] = round_.read(REVIEWER).defects
    assert (seen.remark.state, seen.settler) == ("fixed", "Trần Thị Lan")


def test_drafts_are_private_and_dropped_by_another_decision(round_):
    round_.draft("Sớm hơn", LAUNCH)
    assert [len(round_.read(who).drafts) for who in (REVIEWER, CLERK, OFFICER)] == [1, 0, 0]
    round_.plan.act(REVIEWER, "acknowledge")
    assert (round_.read(REVIEWER).drafts, round_.read(CLERK).defects) == ((), ())


def test_a_draft_is_edited_and_dropped_by_its_author_alone(round_):
    kept = round_.draft("Sớm hơn", LAUNCH)
    round_.ask(drafting.edit, REVIEWER, kept, text="Sớm hơn 15/11")
    with pytest.raises(NotFound):
        round_.ask(drafting.edit, OFFICER, kept, text="Khác")
    assert [view.remark.text for view in round_.read(REVIEWER).drafts] == ["Sớm hơn 15/11"]
    round_.ask(drafting.drop, REVIEWER, kept)
    assert round_.read(REVIEWER).drafts == ()


def test_only_whoever_may_return_drafts_defects_and_only_whoever_edits_corrects_them(round_):
    for who in (CLERK, OFFICER):
        with pytest.raises(NotAllowed):
            round_.draft("Sớm hơn", LAUNCH, who=who)
    with pytest.raises(CaseNotFound):
        round_.draft("Sớm hơn", LAUNCH, who="stranger")
    round_.returned(("Sớm hơn", LAUNCH))
    [defect] = round_.read(CLERK).defects
    with pytest.raises(NotAllowed):
        round_.ask(correcting.mark_corrected, REVIEWER, defect.remark.id, note="")
    with pytest.raises(NotAllowed):
        round_.ask(correcting.accept, CLERK, defect.remark.id)


@pytest.mark.parametrize("text", ["", "   ", "a" * 4001])
def test_a_remark_says_something_and_not_too_much(round_, text):
    with pytest.raises(Invalid):
        round_.draft(text, LAUNCH)


def test_a_comment_is_read_by_all_who_see_the_case_or_by_one_unit(round_):
    round_.ask(discussing.comment, OFFICER, text="Đã gọi cho xã")
    round_.ask(discussing.comment, OFFICER, text="Nội bộ huyện", for_unit=True)
    said = {who: [view.remark.text for view in round_.read(who).comments] for who in (OFFICER, REVIEWER, CLERK)}
    assert said == {
        OFFICER: ["Đã gọi cho xã", "Nội bộ huyện"],
        REVIEWER: ["Đã gọi cho xã", "Nội bộ huyện"],
        CLERK: ["Đã gọi cho xã"],
    }


def test_only_people_who_may_know_of_the_case_can_be_named(round_):
    people = round_.plan.province.people
    round_.ask(discussing.comment, OFFICER, text="Chị Lan xem giúp", mentions=[people[CLERK]])
    assert [view.mentions for view in round_.read(CLERK).comments] == [("Trần Thị Lan",)]
    with pytest.raises(Invalid):
        round_.ask(discussing.comment, OFFICER, text="Xem giúp", mentions=[people["giavien.officer"]])
    with round_.plan.database.reading() as tx:
        view = cases.view(tx, round_.plan.code, person_id=people[OFFICER], now=NOW)
        offered = discussing.mentionable(tx, view, person_id=people[OFFICER], now=NOW)
    assert people[CLERK] in offered
    assert not {people[OFFICER], people["stranger"], people["giavien.officer"]} & set(offered)


def test_what_came_after_the_last_reading_is_new_and_others_see_who_read(round_):
    round_.ask(discussing.comment, OFFICER, text="Đã gọi cho xã")
    assert [view.is_new for view in round_.read(REVIEWER).comments] == [True]
    round_.ask(readings.mark_read, REVIEWER)
    assert [view.is_new for view in round_.read(REVIEWER).comments] == [False]
    assert [view.seen_by for view in round_.read(CLERK).comments] == [("Vũ Thị Êm",)]
    with pytest.raises(CaseNotFound):
        round_.ask(readings.mark_read, "stranger")


@pytest.mark.parametrize("anchor", [Anchor("launch", document=PAPER), Anchor("plan", document="a" * 64)])
def test_a_remark_names_no_file_that_the_case_never_held(round_, anchor):
    with pytest.raises(Invalid):
        round_.draft("Ghi rõ tên thôn", anchor)
    with pytest.raises(Invalid):
        round_.ask(discussing.comment, OFFICER, text="Xem chỗ này", anchor=anchor)


def test_who_has_seen_a_comment_are_only_people_who_read_it(round_):
    round_.ask(discussing.comment, OFFICER, text="Nội bộ huyện", for_unit=True)
    for who in (CLERK, REVIEWER):
        round_.ask(readings.mark_read, who)
    assert [view.seen_by for view in round_.read(OFFICER).comments] == [("Vũ Thị Êm",)]


def test_a_comment_for_one_unit_names_nobody_elsewhere(round_):
    people = round_.plan.province.people
    words = {"text": "Nội bộ huyện", "for_unit": True}
    with pytest.raises(Invalid):
        round_.ask(discussing.comment, OFFICER, **words, mentions=[people[CLERK]])
    round_.ask(discussing.comment, OFFICER, **words, mentions=[people[REVIEWER]])


def test_a_comment_is_resolved_by_a_reader_alone_and_no_act_taken_back_opens_it(round_):
    internal = round_.ask(discussing.comment, OFFICER, text="Nội bộ huyện", for_unit=True)
    with pytest.raises(NotFound):
        round_.ask(discussing.resolve, CLERK, internal)
    round_.ask(discussing.resolve, REVIEWER, internal)
    [seen] = round_.read(OFFICER).comments
    assert (seen.remark.state, seen.settler, seen.remark.settled_at_version) == ("fixed", "Vũ Thị Êm", None)
    assert unsettle([seen.remark], version=seen.remark.revision).changed == ()
    round_.ask(discussing.reopen, OFFICER, internal)
    [seen] = round_.read(OFFICER).comments
    assert (seen.remark.state, seen.settler) == ("open", None)
    assert unsettle([seen.remark], version=seen.remark.revision).changed == ()


def test_reasons_used_before_are_offered_most_used_first(round_):
    round_.returned(("Sớm hơn", LAUNCH), ("Ghi rõ ngày", LAUNCH))
    round_.resubmitted()
    round_.returned(("Ghi rõ ngày", LAUNCH))
    person = round_.plan.person(REVIEWER)
    with round_.plan.database.reading() as tx:
        offered = drafting.snippets(tx, person_id=person, definition_name="unit_plan", field="launch")
        elsewhere = drafting.snippets(tx, person_id=person, definition_name="unit_plan", field="contact")
    assert (offered, elsewhere) == (["Ghi rõ ngày", "Sớm hơn"], [])


def test_many_cases_at_once_carry_their_remarks_too(round_):
    round_.draft("Sớm hơn", LAUNCH)
    rows = [{"place": "Ngày phát động", "what": "Sớm hơn"}]
    with round_.plan.database.writing() as tx:
        person = round_.plan.person(REVIEWER)
        cases.act_on_many(tx, [round_.plan.code], Act("return", {"defects": rows}), person_id=person, now=NOW)
    [defect] = round_.read(CLERK).defects
    assert (defect.remark.state, defect.remark.anchor) == ("open", LAUNCH)


def test_two_people_say_that_one_defect_was_corrected_and_the_last_stands(round_):
    round_.returned(("Sớm hơn", LAUNCH))
    [defect] = round_.read(CLERK).defects
    round_.ask(correcting.mark_corrected, CLERK, defect.remark.id, note="Một")
    round_.ask(correcting.mark_corrected, CLERK, defect.remark.id, note="Hai")
    assert round_.read(CLERK).defects[0].fix.remark.text == "Hai"


def test_the_case_itself_says_nothing_of_remarks(round_):
    with round_.plan.database.reading() as tx:
        before = records.load(tx, round_.plan.code).case
    round_.draft("Sớm hơn", LAUNCH)
    round_.ask(discussing.comment, OFFICER, text="Đã gọi cho xã")
    with round_.plan.database.reading() as tx:
        assert records.load(tx, round_.plan.code).case == before
