"""The key of a request is one person's for one act on one case."""

from tests.support.site import Site
from tests.support.site_plans import FORM


def test_a_key_that_was_used_on_one_case_does_nothing_to_another(site: Site):
    key = "k" * 24
    for username, unit in (("cucphuong.clerk", "14437"), ("giatuong.clerk", "14401")):
        clerk, path = site.visitor(username), f"/cases/{site.case_of(unit)}"
        assert clerk.press(path, f"{path}/actions/begin", request_key=key).status_code == 303
        assert clerk.page(path).offers(f"{path}/actions/send"), username


def test_a_key_that_was_used_for_one_act_does_not_stop_the_next(site: Site):
    clerk, path = site.visitor("cucphuong.clerk"), f"/cases/{site.case_of('14437')}"
    for action, typed in (("begin", {}), ("send", FORM)):
        assert clerk.press(path, f"{path}/actions/{action}", request_key="k", **typed).status_code == 303
    assert not clerk.page(path).offers(f"{path}/actions/send")


def test_the_same_request_twice_is_one_act(site: Site):
    clerk, path = site.visitor("cucphuong.clerk"), f"/cases/{site.case_of('14437')}"
    page = clerk.page(path)
    assert clerk.tries(page, f"{path}/actions/begin").status_code == 303
    before = site.digest()
    assert clerk.tries(page, f"{path}/actions/begin").status_code == 303
    assert site.digest() == before
