"""Housekeeping of the sweeper: sessions and throttles that are of no more use go by themselves."""

from datetime import timedelta

from sqlalchemy import update

from tests.support import errand_cases
from tests.support.small_record import CLERK
from tests.support.waiting import eventually
from workers.letters.posting import Post
from workers.process import Workers
from workflow.storage import models
from workflow.storage.queries.accounts import sessions

SESSIONS = "SELECT token_hash FROM web_session"
THROTTLES = "SELECT subject FROM throttle"


def test_sessions_and_throttles_that_nobody_used_for_a_day_are_forgotten(database):
    with database.writing() as tx:
        long_ago = tx.machine_now() - timedelta(hours=25)
        for token in ("old", "new"):
            sessions.start(tx, token_hash=token, person_id=CLERK, csrf="", address="", agent="")
            sessions.count_failure(tx, token, now=tx.machine_now(), forgiven=long_ago)
        old = update(models.SessionRow).where(models.SessionRow.token_hash == "old")
        tx.connection.execute(old.values(seen_at=long_ago))
        tx.connection.execute(update(models.Throttle).where(models.Throttle.subject == "old").values(last_at=long_ago))
    with Workers(database, post=Post("https://x")):
        eventually(lambda: errand_cases.column(database, SESSIONS) == ["new"])
    assert errand_cases.column(database, THROTTLES) == ["new"]
