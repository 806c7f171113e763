"""A queue of twenty-two plans: communes of Nho Quan that have handed them in, before the reviewer of the district."""

import io

from tests.support.site import PDF, Site
from tests.support.small_province import NOW
from workflow import cases
from workflow.cases import documents
from workflow.values import Act

COMMUNES = (
    "Sơn Thành", "Gia Sơn", "Gia Lâm", "Gia Thủy", "Thạch Bình", "Đức Long", "Phú Lộc", "Quỳnh Lưu", "Lạc Vân",
    "Đồng Phong", "Xích Thổ", "Văn Phong", "Yên Quang", "Thượng Hòa", "Phú Sơn", "Sơn Lai", "Sơn Hà", "Kỳ Phú",
    "Phú Long", "Văn Phú",
)  # fmt: skip
CODES = tuple(str(14500 + place) for place in range(len(COMMUNES)))
UNITS = "".join(
    f"{code},UBND xã {name},{name},commune,372,01/04/1992,,,yes\n" for code, name in zip(CODES, COMMUNES, strict=True)
)
CLERK, HEAD, OFFICER = "cucphuong.clerk", "cucphuong.head", "nhoquan.officer"

MORE = {
    "more_units": UNITS,
    "more_desks": tuple(desk for code in CODES for desk in ((CLERK, "unit_clerk", code), (HEAD, "unit_head", code))),
}
"""What the small province is built with besides its own."""


def fill(site: Site, units: tuple[str, ...] = CODES) -> list[str]:
    """Bring the plans of these units before the reviewer, in their order; returns the codes of the cases."""
    codes = [site.case_of(unit) for unit in units]
    for code in codes:
        hand_in(site, code)
    return codes


def hand_in(site: Site, code: str) -> None:
    """Bring one plan before the reviewer."""
    act(site, code, "begin", CLERK)
    rows = [{"indicator": "Số hộ thoát nghèo", "target": "14"}]
    contact = {"name": "Trần Thị Lan", "person": None}
    act(site, code, "send", CLERK, targets=rows, launch="2017-11-20", contact=contact)
    blobs = site.app.extensions["trinh"].blobs
    stored = documents.store(blobs, io.BytesIO(PDF), "Kế hoạch.pdf")
    with site.database.writing() as tx:
        version = documents.upload(tx, code, "plan", stored, person_id=site.stage.people[HEAD], now=NOW)
    paper = {**documents.value_of(version), "symbol": "12/KH-UBND", "dated": "2017-11-13"}
    act(site, code, "sign", HEAD, plan=paper)
    act(site, code, "receive", OFFICER)


def act(site: Site, code: str, action: str, who: str, **inputs: object) -> None:
    """Do something to a case."""
    with site.database.writing() as tx:
        person = site.stage.people[who]
        done = cases.act_in(tx, code, Act(action, inputs), person_id=person, now=NOW)  # type: ignore[arg-type]
    assert isinstance(done, cases.Acted), done
