"""kill -9 of whoever acts: before the commit, before the ring, before the answer. Asking again brings one answer."""

import pytest

from tests.storage.stage import CLERK
from tests.workers import stage

pytestmark = pytest.mark.processes

PLACES = [{"step": 1, "phase": phase} for phase in ("before", "inside", "ringing", "after")]


@pytest.mark.timeout(120)
def test_an_act_killed_at_each_step_and_asked_again_happens_once_and_is_told(database, start, prove):
    codes = [stage.open_errand(database, key=f"open {number}") for number in range(len(PLACES))]
    requests = [
        {"key": f"send {number}", "code": code, "action": "send", "by": CLERK} for number, code in enumerate(codes)
    ]
    web = start("web", lives=PLACES, requests=requests)
    web.until("over")
    assert len(web.said("died")) == len(web.said("answered")) == len(PLACES)
    worker = start("worker")
    worker.until("stays")
    prove([request["key"] for request in requests])
    assert all([action for action, _ in stage.history(database, code)] == ["open", "send"] for code in codes)
    worker.leave()
