"""The real `trinh web` and `trinh worker`, their processes killed from outside at any moment while people send forms.

The seed is printed with the failure and may be given: TRINH_CHAOS_SEED=7 make test-long.
"""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Event

import pytest

from tests.support import errand_cases
from tests.support.errand_cases import let_clerk_sign_in
from tests.support.processes import NOT_ANSWERED, Trinh, Visitor, free_port
from tests.support.small_record import CLERK
from tests.support.waiting import eventually

pytestmark = [
    pytest.mark.processes,
    pytest.mark.long,
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]

SEED = int(os.environ.get("TRINH_CHAOS_SEED", "1"))
BROWSERS, FORMS, MOST = 4, 40, 400
"""Each browser sends so many forms, and more until a kill has come while one was under way."""
NO_DATABASE = 503


@pytest.fixture
def settings(database_url, redis_url, smtp_sink):
    return {
        "TRINH_DATABASE_URL": database_url,
        "TRINH_REDIS_URL": redis_url,
        "TRINH_SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "TRINH_SMTP_HOST": "127.0.0.1",
        "TRINH_SMTP_PORT": str(smtp_sink.port),
        "TRINH_WEB_PROCESSES": "2",
    }


def processes_of(web):
    """The processes that gunicorn keeps, by id."""
    return [int(word) for word in Path(f"/proc/{web.pid}/task/{web.pid}/children").read_text().split()]


def kill_again_and_again(web, over):
    chance, killed = Random(SEED), 0
    while not over.wait(chance.uniform(0.8, 2.5)):
        for process in processes_of(web)[:1]:
            os.kill(process, signal.SIGKILL)
            killed += 1
    return killed


def send_errands(database, clerk, number, struck):
    """Send forms, each as often as it takes, until one was struck; say how many."""
    for form_number in range(MOST):
        if form_number >= FORMS and struck.is_set():
            return form_number
        code = errand_cases.open_errand(database, key=f"open {number} {form_number}")
        persistently(lambda code=code: clerk.go(f"/cases/{code}"))
        form = clerk.filled()
        if persistently(lambda code=code, form=form: clerk.post(f"/cases/{code}/actions/send", form)):
            struck.set()
    return MOST


def persistently(ask):
    """Ask until there is an answer; say how often there was none."""
    vain = 0
    while True:
        try:
            ask()
        except NOT_ANSWERED as error:
            if getattr(error, "code", NO_DATABASE) != NO_DATABASE:
                raise
            vain += 1
        else:
            return vain


@pytest.mark.timeout(300)
def test_forms_sent_while_web_processes_die_at_any_moment_are_carried_out_once(
    database, settings, prove, start, tmp_path
):
    let_clerk_sign_in(database)
    worker, over, struck = start("worker", threads=2), Event(), Event()
    with Trinh("web", home=tmp_path / "home", port=free_port(), **settings) as web:
        eventually(lambda: len(processes_of(web)) == 2, within=60)
        clerks = [Visitor(web.address) for _ in range(BROWSERS)]
        assert all("/sign-out" in clerk.sign_in(f"p{CLERK}") for clerk in clerks)
        with ThreadPoolExecutor(BROWSERS + 1) as together:
            killing = together.submit(kill_again_and_again, web, over)
            places = enumerate(clerks)
            sending = [together.submit(send_errands, database, clerk, number, struck) for number, clerk in places]
            forms = sum(sent.result() for sent in sending)
            over.set()
            assert killing.result() > BROWSERS
        assert struck.is_set(), "no kill came while a form was under way: the test shows nothing"
    worker.until("stays")
    keys = errand_cases.column(database, "SELECT request_key FROM history WHERE action = 'send'")
    assert len(set(keys)) == len(keys) == forms >= BROWSERS * FORMS
    prove(keys, within=120)
    worker.leave()
