"""The table of effects: what each kind of job does when its turn comes.

Rules stand in the verbs; this table only says which verb, and in which transaction. An effect inside the database
commits together with the mark that it is done, so it happens once.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from workers.letters import account_sending
from workers.letters.posting import Post
from workers.letters.sending import send
from workers.ringing import Effect, finish
from workflow.accounts import account_letters
from workflow.deadlines import ClaimedJob, escalations, notices
from workflow.movements import milestones
from workflow.storage.session import Database, Tx


def effects(post: Post) -> Mapping[str, Effect]:
    """Build the table; letters leave by this post."""
    return {
        notices.TELL: _in_one_transaction(notices.expand),
        escalations.KIND: _in_one_transaction(escalations.fire_deadline),
        milestones.KIND: _in_one_transaction(milestones.open_milestone),
        notices.LETTER: partial(send, post=post),
        account_letters.KIND: partial(account_sending.send, post=post),
    }


def _in_one_transaction(verb: Callable[[Tx, dict[str, Any]], object]) -> Effect:
    def effect(database: Database, job: ClaimedJob) -> None:
        with database.writing() as tx:
            verb(tx, job.payload)
            finish(tx, job)

    return effect
