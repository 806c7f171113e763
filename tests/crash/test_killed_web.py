"""kill -9 of a web worker that serves the real pages: before the commit, before the ring, before the answer.

The browser that got no answer sends the same form, with its request key, again: one act, one entry, one letter.
"""

import urllib.error

import pytest

from tests.crash.lives import HEADER
from tests.servers.belongings import free_port
from tests.support import errand_cases
from tests.support.errand_cases import let_clerk_sign_in
from tests.support.processes import NOT_ANSWERED, Visitor
from tests.support.small_record import CLERK, COMMUNE
from tests.support.waiting import eventually

pytestmark = pytest.mark.processes

PHASES = ("before", "inside", "ringing", "after", "answering")
NEW = f"/my-unit/new/form?kind=errand@{COMMUNE}"
ACT = 4
"""The transaction of a request that acts: who asks, what the form may hold and the clock are read before it."""
OPENING = 2
"""The transaction of a request that opens a case: who asks is read before it."""


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    """Where webs that die leave their compiled templates to those that come after them."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def web(database, start, templates, tmp_path):
    """A web of one process, which dies when it is told to, and the clerk at its door."""
    let_clerk_sign_in(database)
    port = free_port()
    started = start("web", port=port, home=str(tmp_path / "home"), templates=str(templates))
    clerk = Visitor(f"http://127.0.0.1:{port}")
    eventually(lambda: is_answered(lambda: clerk.go("/sign-in")), within=60)
    assert "/sign-out" in clerk.sign_in(f"p{CLERK}")
    yield clerk
    started.leave()


def is_answered(ask):
    try:
        ask()
    except urllib.error.HTTPError:
        raise
    except NOT_ANSWERED:
        return False
    return True


def send_until_answered(clerk, path, *, dies_in, step):
    """Send the form of the present page to a process that dies of it, and the same form again.

    `step` is the how-manieth transaction of the request that is meant.
    """
    form = clerk.filled()
    assert not is_answered(lambda: clerk.post(path, form, **{HEADER: f"{step} {dies_in}"}))
    clerk.post(path, form)


@pytest.mark.timeout(180)
def test_an_act_killed_at_each_step_and_sent_again_happens_once_and_is_told(database, web, start, prove):
    worker = start("worker")
    codes = []
    for phase in PHASES:
        code = errand_cases.open_errand(database, key=f"open {phase}")
        codes.append(code)
        web.go(f"/cases/{code}")
        send_until_answered(web, f"/cases/{code}/actions/send", dies_in=phase, step=ACT)
        done_before = phase in ("ringing", "after", "answering")
        assert ("Yêu cầu này đã được thực hiện" in web.page) == done_before, phase
    worker.until("stays")
    keys = errand_cases.column(database, "SELECT request_key FROM history WHERE action = 'send'")
    assert len(set(keys)) == len(PHASES)
    prove(keys)
    assert all([action for action, _ in errand_cases.history(database, code)] == ["open", "send"] for code in codes)
    worker.leave()


@pytest.mark.timeout(180)
def test_a_case_whose_opening_was_killed_and_sent_again_is_opened_once(database, web):
    for phase in PHASES:
        web.go(NEW)
        send_until_answered(web, "/my-unit/cases", dies_in=phase, step=OPENING)
    keys = errand_cases.column(database, "SELECT request_key FROM history WHERE action = 'open'")
    assert len(set(keys)) == len(keys) == len(PHASES)
    assert len(errand_cases.column(database, "SELECT code FROM case_file")) == len(PHASES)
