"""The page of a case that waits for a party without an account: whom it waits for, and recording the answer."""

import io
from datetime import timedelta
from pathlib import Path

from tests.support.site import PDF, Site
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow import cases
from workflow.definitions import publishing

LAW = (Path(__file__).parents[1] / "support/outside.yaml").read_text("utf-8")
ROLES = {"board_officer": "plan_officer", "board_head": "plan_reviewer"}


def opened(site: Site) -> str:
    law, people = LAW, site.stage.people
    for role, ours in ROLES.items():
        law = law.replace(role, ours)
    with site.database.writing() as tx:
        publishing.publish_text(
            tx, law, author_id=people["admin"], publisher_id=people["admin2"], now=NOW, path="certificate.yaml"
        )
        by = people["board.officer"]
        return cases.open_case(tx, "certificate", unit_id=site.stage.units["37"], person_id=by, now=NOW).case.code


def test_the_answer_of_an_outside_party_is_recorded_on_the_page(site: Site):
    path = f"/cases/{opened(site)}"
    officer = site.visitor("board.officer")
    request = {"send__request__file": (io.BytesIO(PDF), "Tờ trình.pdf"), "send__request__symbol": "1/TTr"}
    assert officer.press(path, f"{path}/actions/send", **request, send__request__dated="13/11/2017").status_code == 303
    assert "Chờ Ban TĐKT Trung ương trả lời bằng văn bản" in officer.page(path).text

    answer = {"agreed__opinion__file": (io.BytesIO(PDF), "Ý kiến.pdf"), "agreed__opinion__symbol": "9/BTĐKT"}
    answer |= {"agreed__opinion__dated": "13/11/2017", "agreed__opinion__sender": "Ban TĐKT Trung ương"}
    refused = officer.press(path, f"{path}/actions/agreed", **answer, agreed__opinion__received="31/12/2017")
    assert (refused.status_code, "muộn hơn hôm nay" in refused.text) == (422, True)

    answer["agreed__opinion__file"] = (io.BytesIO(PDF), "Ý kiến.pdf")
    today = (NOW + timedelta(hours=7)).strftime("%d/%m/%Y")
    assert officer.press(path, f"{path}/actions/agreed", **answer, agreed__opinion__received=today).status_code == 303
    page = officer.page(path).text
    assert "Chờ Thủ tướng Chính phủ trả lời bằng văn bản" in page
    assert "Ban TĐKT Trung ương gửi, nhận ngày 13/11/2017" in page
