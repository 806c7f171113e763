"""A plan of the small province, acted on through the verbs until it is under review or returned."""

from io import BytesIO

from sqlalchemy import select

from tests.support.small_province import NOW, Stage
from workflow import cases
from workflow.cases import Acted, documents
from workflow.files import Blobs
from workflow.storage.models import CaseRow
from workflow.storage.session import Database
from workflow.values import Act, Json

CLERK, HEAD, OFFICER, REVIEWER = "cucphuong.clerk", "cucphuong.head", "nhoquan.officer", "nhoquan.head"
TARGETS: list[Json] = [
    {"indicator": "Hộ thoát nghèo", "target": "40"},
    {"indicator": "Nhà ở được xây, sửa", "target": "7"},
    {"indicator": "Người được dạy nghề", "target": "85"},
]


class PlanVerbs:
    """One plan of a commune and everybody who has to do with it."""

    def __init__(self, database: Database, province: Stage, blobs: Blobs) -> None:
        self.database, self.province, self.blobs = database, province, blobs
        with database.writing() as tx:
            opened = cases.open_case(tx, "unit_plan", unit_id=province.units["14437"], person_id=None, now=NOW)
        assert isinstance(opened, Acted), opened
        self.code = opened.case.code

    def person(self, who: str) -> int:
        return self.province.people[who]

    def act(self, who: str, action: str, **inputs: Json) -> Acted:
        answer = cases.act(self.database, self.code, Act(action, inputs), person_id=self.person(who), now=NOW)
        assert isinstance(answer, Acted), answer
        return answer

    def paper(self, who: str) -> dict[str, Json]:
        scan = documents.store(self.blobs, BytesIO(b"%PDF-1.7"), "ke-hoach.pdf")
        with self.database.writing() as tx:
            version = documents.upload(tx, self.code, "plan", scan, person_id=self.person(who), now=NOW)
        return {**documents.value_of(version), "symbol": "12/KH-UBND", "dated": "2017-11-10"}

    def sent(self) -> None:
        self.act(CLERK, "begin")
        contact: Json = {"name": "Trần Thị Lan"}
        self.act(CLERK, "send", targets=TARGETS, launch="2017-11-25", contact=contact)

    def under_review(self) -> "PlanVerbs":
        self.sent()
        self.act(HEAD, "sign", plan=self.paper(HEAD))
        self.act(OFFICER, "receive")
        return self

    def case_id(self) -> int:
        with self.database.reading() as tx:
            return int(tx.connection.execute(select(CaseRow.id).where(CaseRow.code == self.code)).scalar_one())
