"""One department asks for one award on a site, with everybody who takes part."""

import io

from tests.support.site import PASSWORD, PDF, Site, Visitor
from tests.support.small_province import NOW, SINCE
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


class AwardRound:
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
        answer = visitor.press(visitor.new_case(definition), "/my-unit/cases")
        assert answer.status_code == 303, answer.text
        return answer.location

    def does(self, username: str, path: str, action: str, **typed: object) -> None:
        """Let somebody for whom it waits fill in the form of a case and press a button."""
        visitor = self.visitor(username)
        assert path.replace("/cases/", "/desk/") in visitor.page("/").links
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
