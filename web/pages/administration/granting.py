"""A role is granted at once, or proposed where another administrator has to confirm it."""

from typing import Any

from werkzeug.wrappers import Response

from web import answers, door
from workflow.organisation import GrantForm, grants, pending_acts


def grant(wanted: GrantForm, endpoint: str, **address: Any) -> Response:
    """Grant a role and lead to a page, or propose it and lead to what is proposed."""
    with door.writing() as tx:
        by, now = door.visitor().person_id, door.now_in(tx)
        if pending_acts.needs_second(tx, wanted.role):
            pending_acts.propose_grant(tx, wanted, person_id=by, now=now)
            return answers.redirect_done("proposed", "pending_acts.index")
        grants.grant(tx, wanted, person_id=by, now=now)
    return answers.redirect_done("kept", endpoint, **address)
