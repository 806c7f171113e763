"""The files of a draft are as private as its text."""

import io

from tests.support.site import PDF, Site
from tests.support.site_plans import signing


def links_to_papers(page) -> set[str]:
    return {link.partition("?")[0] for link in page.links if link.startswith("/documents/")}


def test_nobody_but_those_who_write_sees_a_file_before_it_is_handed_in(site: Site):
    head, path = signing(site)
    paper = {"f__plan__file": (io.BytesIO(PDF), "Kế hoạch.pdf"), "f__plan__symbol": "12/KH-UBND"}
    assert head.press(path, f"{path}/draft", **paper).status_code == 303
    (drafted,) = links_to_papers(head.page(path))
    officer = site.visitor("nhoquan.officer")
    assert links_to_papers(officer.page(path)) == set()
    assert "Kế hoạch.pdf" not in officer.page(path).text
    for address in (drafted, f"{drafted}/content"):
        assert officer.answer(address).status_code == 404
        assert head.answer(address).status_code == 200
    assert head.press(path, f"{path}/actions/sign", f__plan__dated="13/11/2017").status_code == 303
    assert drafted in links_to_papers(officer.page(path))
    assert officer.answer(drafted).status_code == 200


def test_a_file_that_was_put_aside_in_a_draft_never_comes_to_light(site: Site):
    head, path = signing(site)
    first = {"f__plan__file": (io.BytesIO(PDF + b"% nhap"), "Bản nháp.pdf")}
    assert head.press(path, f"{path}/draft", **first).status_code == 303
    aside = links_to_papers(head.page(path))
    second = {"f__plan__file": (io.BytesIO(PDF), "Kế hoạch.pdf"), "f__plan__symbol": "12/KH-UBND"}
    assert head.press(path, f"{path}/actions/sign", **second, f__plan__dated="13/11/2017").status_code == 303
    officer = site.visitor("nhoquan.officer")
    assert not aside & links_to_papers(officer.page(path))
    assert "Bản nháp.pdf" not in officer.page(path).text
    assert {officer.answer(address).status_code for address in aside} == {404}
