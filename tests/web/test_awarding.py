"""From a unit's dossier to the award, through the pages of everybody who takes part, under the rules that ship."""

import io

import pytest

from tests.verbs.stage import NOW, SINCE
from tests.web.reading import Page
from tests.web.site import PASSWORD, PDF, Site, Visitor
from workflow.accounts import passwords
from workflow.organisation import GrantForm, PersonForm, grants, people

RECORD = "Vận động 120 triệu đồng và 60 ngày công giúp 14 hộ nghèo sửa nhà trước mùa mưa bão năm 2017."
OPINION = "Hồ sơ đủ giấy tờ, thành tích đã đối chiếu với xác nhận của Mặt trận."
MEMBERS = ("an", "binh", "chi")
PEOPLE = {
    "department.head": ("Vũ Văn Hạnh", "unit_head", "SLDTBXH"),
    "officer": ("Cù Thị Chuyên", "award_officer", "37"),
    "reviewer": ("Thạch Văn Thẩm", "award_reviewer", "37"),
    "secretary": ("Đàm Thị Thư", "council_secretary", "37"),
    "vice": ("Vi Văn Phó", "council_standing_vice", "37"),
    "office": ("Khúc Thị Phòng", "decision_office", "37"),
    "decider": ("Nghiêm Văn Quyết", "award_decider", "37"),
    **{name: (f"Ủy viên {name.title()}", "council_member", "37") for name in MEMBERS},
}


class Round:
    """A site on which one department asks for one award."""

    def __init__(self, site: Site) -> None:
        self.site, self.signed_in = site, dict[str, Visitor]()
        hashed = passwords.hashed(PASSWORD, username="nobody")
        with site.database.writing() as tx:
            for username, (full_name, role, unit) in PEOPLE.items():
                form = PersonForm(username, full_name)
                person = people.add(tx, form, person_id=None, now=NOW, password_hash=hashed)
                grants.grant(tx, GrantForm(person, role, site.stage.units[unit], SINCE), person_id=None, now=NOW)

    def visitor(self, username: str) -> Visitor:
        """Somebody's browser, signed in once."""
        if username not in self.signed_in:
            self.signed_in[username] = self.site.visitor(username)
        return self.signed_in[username]

    def opens(self, username: str, definition: str) -> str:
        """Let somebody open a case from the page of their unit; return its path."""
        visitor = self.visitor(username)
        page = visitor.page("/my-unit")
        form = next(it for it in page.forms if it.values.get("definition") == definition)
        answer = visitor.client.post(form.action, data=form.values)
        assert answer.status_code == 303, answer.text
        return answer.location

    def does(self, username: str, path: str, action: str, **typed: object) -> None:
        """Let somebody for whom it waits fill in the form of a case and press a button."""
        visitor = self.visitor(username)
        assert path in visitor.page("/").links
        answer = visitor.press(path, f"{path}/actions/{action}", **typed)
        assert answer.status_code == 303, answer.text

    def ready(self) -> str:
        """A nominee of the department, ready to be put in a letter."""
        path = self.opens("sldtbxh.clerk", "nominee")
        described = {"f__nominee__kind": "person", "f__nominee__name": "Nguyễn Thị Mận", "f__award": "bang_khen"}
        report = {"f__report__file": (io.BytesIO(PDF), "Báo cáo.pdf")}
        self.does("sldtbxh.clerk", path, "ready", **described, **report, f__record=RECORD)
        return path

    def received(self) -> str:
        """The nominee, handed in by a signed letter that the board has received."""
        nominee = self.ready()
        letter = self.opens("sldtbxh.clerk", "dossier")
        listed = {"f__line": "province", "f__nominees": [code_of(nominee)]}
        self.does("sldtbxh.clerk", letter, "send", **listed, **numbered("f__minutes", "4/BB-LĐTBXH"))
        self.does("department.head", letter, "sign", **numbered("sign__letter", "18/TTr-LĐTBXH"))
        self.does("officer", letter, "receive")
        return nominee

    def appraised(self) -> str:
        """The nominee, found fit for the council."""
        nominee = self.received()
        self.does("officer", nominee, "propose", propose__opinion=OPINION)
        self.does("reviewer", nominee, "accept", accept__notice_end="28/11/2017")
        return nominee

    def convened(self, nominee: str) -> str:
        """The session at which the council votes on the nominee."""
        session = self.opens("secretary", "council_session")
        agenda = {"f__mode": "written", "f__day": "29/11/2017", "f__nominees": [code_of(nominee)]}
        self.does("secretary", session, "convene", **agenda)
        return session

    def voted(self, nominee: str, *, choice: str) -> str:
        """The session at which every member gave the same answer; closed."""
        session = self.convened(nominee)
        for member in MEMBERS:
            self.does(member, session, "answer:ballot", **{f"answer:ballot.{code_of(nominee)}": choice})
        self.does("secretary", session, "close", **numbered("close__minutes", "2/BB-HĐ"))
        return session

    def submitted(self, nominee: str) -> str:
        """The decision on the chairman's desk."""
        decision = self.opens("secretary", "decision")
        draft = {"f__draft__file": (io.BytesIO(PDF), "Dự thảo.pdf"), "f__nominees": [code_of(nominee)]}
        self.does("secretary", decision, "submit", **draft)
        self.does("office", decision, "check")
        return decision


def code_of(path: str) -> str:
    return path.rpartition("/")[2]


def numbered(name: str, symbol: str) -> dict[str, object]:
    paper = {f"{name}__file": (io.BytesIO(PDF), "Văn bản.pdf"), f"{name}__symbol": symbol}
    return {**paper, f"{name}__dated": "13/11/2017"}


@pytest.fixture
def award(site: Site) -> Round:
    return Round(site)


def test_a_nominee_is_awarded_by_letter_council_and_decision_and_leads_to_all_three(award: Round):
    nominee = award.appraised()
    session = award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    award.does("decider", decision, "sign", **numbered("sign__decision", "512/QĐ-UBND"))
    page = award.visitor("sldtbxh.clerk").page(nominee)
    assert "Được khen thưởng" in page.text
    for called in ("Hồ sơ trình khen thưởng: 18/TTr-LĐTBXH, 13/11/2017", "Phiên họp Hội đồng: 29/11/2017"):
        assert called in page.text
    assert "Quyết định khen thưởng: 512/QĐ-UBND, 13/11/2017" in page.text
    assert {session, decision} <= set(page.links)
    assert nominee in award.visitor("auditor").page(decision).links


def test_while_only_another_case_can_move_it_the_page_says_which(award: Round):
    nominee = award.appraised()
    award.convened(nominee)
    page = award.visitor("sldtbxh.clerk").page(nominee)
    assert "Chờ kết quả của hồ sơ khác: Phiên họp Hội đồng: 29/11/2017" in page.text
    assert "Quản trị hệ thống đã được báo" not in page.text


def test_the_agency_that_is_asked_is_chosen_by_its_name_and_shown_by_it(award: Round):
    nominee = award.received()
    form = award.visitor("officer").page(nominee)
    department = award.site.stage.units["SLDTBXH"]
    assert "Sở cũ" not in form.text
    answer = award.visitor("officer").send(form, f"{nominee}/actions/consult", consult__consulted=str(department))
    assert answer.status_code == 303
    assert "Cơ quan được hỏi ý kiến Sở Lao động – Thương binh và Xã hội" in award.visitor("officer").page(nominee).text


def test_a_decision_without_a_number_is_called_by_whom_it_is_about(award: Round):
    nominee = award.appraised()
    award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    for path in ("/", decision):
        assert "Nguyễn Thị Mận UBND tỉnh Ninh Bình" in award.visitor("decider").page(path).text


def test_a_list_without_cases_and_a_day_too_early_are_refused_in_words(award: Round):
    session = award.opens("secretary", "council_session")
    secretary = award.visitor("secretary")
    agenda = {"f__mode": "written", "f__day": "14/11/2017"}
    text = Page(secretary.press(session, f"{session}/actions/convene", **agenda).text).text
    assert "số hồ sơ trong danh sách (hiện là 0) phải lớn hơn 0" in text
    assert "Ngày họp (hiện là 14/11/2017) không được trước 3 ngày làm việc sau hôm nay (hiện là 16/11/2017)" in text


def test_a_refused_act_is_called_what_it_is_called_in_the_state_where_the_case_stands(award: Round):
    text = award.visitor("officer").page(award.appraised()).text
    assert "Rút hồ sơ “Rút hồ sơ” không thuộc lượt xử lý của bạn. Người làm được: Vũ Văn Hạnh" in text
    assert "Rút đề nghị" not in text


def test_who_is_not_passed_is_not_offered_for_a_decision(award: Round):
    nominee = award.appraised()
    session = award.voted(nominee, choice="disagree")
    assert "Hội đồng không thông qua" in award.visitor("sldtbxh.clerk").page(nominee).text
    secretary = award.visitor("secretary")
    assert "Đồng ý Không đồng ý Nguyễn Thị Mận" in secretary.page(session).text
    decision = award.opens("secretary", "decision")
    assert "Nguyễn Thị Mận" not in secretary.page(decision).text


def test_a_struck_name_stays_struck_when_the_decision_is_signed(award: Round):
    nominee = award.appraised()
    award.voted(nominee, choice="agree")
    decision = award.submitted(nominee)
    decider = award.visitor("decider")
    reason = "Đang có đơn phản ánh chưa được kết luận."
    assert decider.press(nominee, f"{nominee}/actions/strike", strike__reason=reason).status_code == 303
    award.does("decider", decision, "sign", **numbered("sign__decision", "513/QĐ-UBND"))
    assert "Không khen thưởng" in award.visitor("sldtbxh.clerk").page(nominee).text


def test_the_figures_of_a_case_are_told_with_their_units_and_sources(award: Round):
    page = award.visitor("sldtbxh.clerk").page(award.ready())
    assert "Thời hạn thẩm định: 25 ngày làm việc QĐ 318/QĐ-BNV, 2018" in page.text
    # No due takes its days from it, but a guard adds them to a day.
    assert "Thời gian công khai: 10 ngày làm việc (P) chính sách địa phương" in page.text
