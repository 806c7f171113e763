"""One administrator gives nobody power: a second one, older than the act, confirms what one proposes."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.support.page_reading import Page
from tests.support.site import Site, Visitor
from tests.support.small_province import NOW
from workflow.errors import NotAllowed
from workflow.organisation import GrantForm, PersonForm, grants, pending_acts, people
from workflow.storage.models import AdminActRow, PendingActRow, RoleGrant

PAGE = "/admin/pending"


@pytest.fixture
def site(site: Site) -> Site:
    """A site whose administrators have been so for a week."""
    with site.database.writing() as tx:
        tx.connection.execute(update(RoleGrant).values(granted_at=NOW - timedelta(days=7)))
    return site


def propose(site: Site, role: str = "chair", *, by: str = "admin", to: str = "stranger", unit: str = "37") -> Visitor:
    admin, path = site.visitor(by), f"/admin/people/{site.stage.people[to]}"
    answer = admin.press(path, f"{path}/grants", role=role, unit_id=site.stage.units[unit], valid_from="13/11/2017")
    assert (answer.status_code, answer.headers.get("Location")) == (303, PAGE)
    return admin


def held(site: Site, username: str) -> list[str]:
    with site.database.reading() as tx:
        return [grant.role for grant in grants.of_person(tx, site.stage.people[username])]


def one_form(visitor: Visitor, verb: str) -> str:
    """Where the one form goes that confirms or withdraws."""
    (action,) = (form.action for form in visitor.page(PAGE).forms if form.action.endswith(f"/{verb}"))
    return action


def forced(visitor: Visitor, site: Site, verb: str = "confirm") -> int:
    """What somebody is answered who sends the form although the page does not offer it."""
    with site.database.reading() as tx:
        act_id = tx.connection.execute(select(PendingActRow.id)).scalar_one()
    return visitor.client.post(f"{PAGE}/{act_id}/{verb}", data={"form_token": visitor.token()}).status_code


def wait(site: Site) -> None:
    """Let all that waits have waited long enough."""
    with site.database.writing() as tx:
        tx.connection.execute(update(PendingActRow).values(not_before=NOW))


def test_a_duty_role_is_given_by_two_administrators_and_the_entry_names_both(site: Site):
    admin, second = propose(site), site.visitor("admin2")
    shown = admin.page(PAGE).text
    assert ("Giao vai trò Chủ tịch Ủy ban nhân dân" in shown, held(site, "stranger")) == (True, [])
    assert not any(form.action.endswith("/confirm") for form in admin.page(PAGE).forms)
    assert second.press(PAGE, one_form(second, "confirm")).status_code == 303
    assert held(site, "stranger") == ["chair"]
    with site.database.reading() as tx:
        acts = select(AdminActRow).where(AdminActRow.action == "role_granted").order_by(AdminActRow.seq.desc())
        last = tx.connection.execute(acts.limit(1)).one()
    assert last.person_id == site.stage.people["admin"]
    assert f'"confirmed_by":{site.stage.people["admin2"]}' in last.body
    assert forced_again(second, site) == 404


def forced_again(visitor: Visitor, site: Site) -> int:
    with site.database.reading() as tx:
        assert tx.connection.execute(select(PendingActRow.id)).all() == []
    return visitor.client.post(f"{PAGE}/1/confirm", data={"form_token": visitor.token()}).status_code


def test_whoever_proposed_it_or_is_meant_does_not_confirm_it(site: Site):
    admin = propose(site, to="admin2")
    assert (forced(admin, site), forced(site.visitor("admin2"), site), held(site, "admin2")) == (403, 403, ["admin"])


def test_an_ordinary_role_needs_one_administrator(site: Site):
    admin, path = site.visitor("admin"), f"/admin/people/{site.stage.people['stranger']}"
    unit = site.stage.units["14401"]
    admin.press(path, f"{path}/grants", role="unit_clerk", unit_id=unit, valid_from="13/11/2017")
    assert held(site, "stranger") == ["unit_clerk"]


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_whoever_is_to_administer_or_audit_waits_three_days(site: Site, role: str):
    propose(site, role)
    second = site.visitor("admin2")
    assert "Xác nhận được từ" in second.page(PAGE).text
    assert (forced(second, site), held(site, "stranger")) == (403, [])
    wait(site)
    assert second.press(PAGE, one_form(second, "confirm")).status_code == 303
    assert held(site, "stranger") == [role]


@pytest.mark.parametrize(("hours", "status"), [(71, 403), (73, 303)])
def test_a_puppet_confirms_nothing_before_it_has_administered_for_three_days(site: Site, hours: int, status: int):
    propose(site)
    second = site.stage.people["admin2"]
    with site.database.writing() as tx:
        began = update(RoleGrant).where(RoleGrant.person_id == second, RoleGrant.role == "admin")
        tx.connection.execute(began.values(granted_at=NOW - timedelta(hours=hours)))
    assert forced(site.visitor("admin2"), site) == status


def test_an_administrator_younger_than_the_act_does_not_confirm_it(site: Site):
    propose(site)
    with site.database.writing() as tx:
        tx.connection.execute(update(PendingActRow).values(proposed_at=NOW - timedelta(days=8)))
    assert forced(site.visitor("admin2"), site) == 403


def test_a_duty_role_is_ended_by_two_administrators(site: Site):
    admin, second = site.visitor("admin"), site.visitor("admin2")
    path = f"/admin/people/{site.stage.people['nhoquan.chairman']}"
    before = held(site, "nhoquan.chairman")
    with site.database.reading() as tx:
        grant_id = grants.of_person(tx, site.stage.people["nhoquan.chairman"])[0].id
    assert admin.press(path, f"{path}/grants/{grant_id}/end").headers["Location"] == PAGE
    with site.database.reading() as tx:
        assert all(grant.valid_to is None for grant in grants.of_person(tx, site.stage.people["nhoquan.chairman"]))
    assert second.press(PAGE, one_form(second, "confirm")).status_code == 303
    with site.database.reading() as tx:
        (ended,) = (g for g in grants.of_person(tx, site.stage.people["nhoquan.chairman"]) if g.id == grant_id)
    assert (ended.valid_to, held(site, "nhoquan.chairman")) == (NOW.date(), before)


def test_what_is_proposed_is_withdrawn_or_declined_or_lapses(site: Site):
    admin = propose(site)
    assert admin.press(PAGE, one_form(admin, "withdraw")).status_code == 303
    propose(site)
    second = site.visitor("admin2")
    assert second.press(PAGE, one_form(second, "withdraw")).status_code == 303
    propose(site)
    with site.database.writing() as tx:
        tx.connection.execute(update(PendingActRow).values(expires_at=NOW))
    assert (forced(second, site), held(site, "stranger")) == (404, [])
    assert "Không có việc nào chờ xác nhận" in Page(second.answer(PAGE).text).text


def test_what_was_proposed_is_checked_anew_when_it_is_confirmed(site: Site):
    propose(site)
    with site.database.writing() as tx:
        form = GrantForm(site.stage.people["stranger"], "chair", site.stage.units["37"], NOW.date())
        grants.grant(tx, form, person_id=None, now=NOW)
    assert forced(site.visitor("admin2"), site) == 422
    assert held(site, "stranger") == ["chair"]


def test_the_verb_itself_refuses_one_administrator(site: Site):
    admin = site.stage.people["admin"]
    form = GrantForm(site.stage.people["stranger"], "award_decider", site.stage.units["372"], NOW.date())
    with site.database.writing() as tx:
        for confirmed_by in (None, admin):
            with pytest.raises(NotAllowed) as refused:
                grants.grant(tx, form, person_id=admin, now=NOW, confirmed_by=confirmed_by)
            assert refused.value.code == "needs_second"


def test_a_puppet_of_one_administrator_gets_no_power(site: Site):
    admin = site.stage.people["admin"]
    with site.database.writing() as tx:
        puppet = people.add(tx, PersonForm("puppet", "Bù Nhìn"), person_id=admin, now=NOW)
        form = GrantForm(puppet, "admin", site.stage.units["37"], NOW.date())
        act_id = pending_acts.propose_grant(tx, form, person_id=admin, now=NOW)
        for by in (admin, puppet):
            with pytest.raises(NotAllowed):
                pending_acts.confirm(tx, act_id, person_id=by, now=NOW + timedelta(days=4))
