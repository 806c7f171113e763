"""The search of the header and its page, as a visitor without scripts sees them."""

from tests.support.site import Site


def test_the_search_of_every_page_leads_to_what_it_found(site: Site):
    officer = site.visitor("nhoquan.head")
    page = officer.page("/")
    assert page.form("/cases").values == {"words": ""}
    found = officer.page("/cases?words=cuc+phuong")
    assert f"/cases/{site.case_of('14437')}" in found.links
    assert "<mark>Cúc</mark> <mark>Phương</mark>" in officer.answer("/cases?words=cuc+phuong").text


def test_an_exact_code_leads_to_its_case(site: Site):
    code = site.case_of("14437")
    answer = site.visitor("nhoquan.head").answer(f"/cases?words={code.lower()}")
    assert (answer.status_code, answer.location) == (302, f"/cases/{code}")


def test_the_address_holds_the_filters_and_one_link_drops_them(site: Site):
    page = site.visitor("nhoquan.head").page("/cases?words=cuc&definition=unit_plan&state=owed&since=1/11/2017")
    filters = next(form for form in page.forms if "state" in form.values)
    assert filters.values == {"words": "cuc", "definition": "unit_plan", "state": "owed"} | filters.values
    assert filters.values["since"] == "01/11/2017"
    assert "/cases?words=cuc" in page.links
    assert site.visitor("nhoquan.head").page("/cases?words=cuc&since=x&movement=x&unit=x").text
