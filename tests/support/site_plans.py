"""A plan on a site, brought by the people of its commune and district to where a test begins."""

import io

from tests.support.site import PDF, Site, Visitor

ROWS = {"f__targets__0__indicator": "Số hộ thoát nghèo", "f__targets__0__target": "1.234,5"}
FORM = {**ROWS, "f__launch": "20/11/2017", "f__contact__name": "Trần Thị Lan"}


def drafting(site: Site) -> tuple[Visitor, str]:
    clerk, path = site.visitor("cucphuong.clerk"), f"/cases/{site.case_of('14437')}"
    assert clerk.press(path, f"{path}/actions/begin").status_code == 303
    return clerk, path


def signing(site: Site) -> tuple[Visitor, str]:
    clerk, path = drafting(site)
    assert clerk.press(path, f"{path}/actions/send", **FORM).status_code == 303
    return site.visitor("cucphuong.head"), path


def signed(site: Site, again: str | None = None) -> str:
    """Let the head sign a new plan, or the one at a path that waits to be signed again."""
    head, path = signing(site) if again is None else (site.visitor("cucphuong.head"), again)
    paper = {"f__plan__file": (io.BytesIO(PDF), "Kế hoạch.pdf"), "f__plan__symbol": "12/KH-UBND"}
    assert head.press(path, f"{path}/actions/sign", **paper, f__plan__dated="13/11/2017").status_code == 303
    return path


def under_review(site: Site) -> tuple[Visitor, str]:
    path = signed(site)
    assert site.visitor("nhoquan.officer").press(path, f"{path}/actions/receive").status_code == 303
    return site.visitor("nhoquan.head"), path


def returned(site: Site) -> str:
    reviewer, path = under_review(site)
    corrections = {"return__defects__0__place": "Mục 2", "return__defects__0__what": "Chưa nêu số hộ cụ thể"}
    assert reviewer.press(path, f"{path}/actions/return", **corrections).status_code == 303
    return path
