"""One act with nothing else beside it: on PostgreSQL a statement that reads and one that writes, no lock between them.

Most acts change one case and read no other. Such a Plan compares the version it was decided on as it is written, so
it needs no transaction that is held open while the rules are asked; where somebody came between, the act touches more,
or the answer is no (the request may have been carried out already), it is asked again in a transaction. Called by
doors with the database.
"""

from datetime import datetime
from functools import partial

from workflow.cases import cases
from workflow.cases.cases import Acted
from workflow.cases.writing import Circumstances
from workflow.errors import Conflict, Repeated, WorkflowError
from workflow.storage.session import Database, Tx
from workflow.storage.writing import Writing, applying
from workflow.values import Act, Case, Refusal


class _NotByItself(WorkflowError):
    """The act reads or changes more than its one case, or is refused: that is said under the lock of the case."""


def act(
    database: Database, code: str, asked: Act, *, person_id: int, now: datetime, request_key: str | None = None
) -> Acted | Refusal:
    """Do to a case what a person asks for, or say why not; it stands when this returns.

    Raises `CaseNotFound` as `cases.act` does, `CommitUncertain` where the connection went away meanwhile.
    """
    asking = partial(cases.approached, code=code, asked=asked, person_id=person_id, now=now, request_key=request_key)
    if database.dialect == "postgresql":
        try:
            with database.statements() as tx:
                return asking(tx, how=_by_itself)
        except (_NotByItself, Conflict, Repeated):
            pass
    with database.writing() as tx:
        return asking(tx, how=cases.act_on)


def _by_itself(tx: Tx, case: Case, asked: Act, at_hand: Circumstances) -> Acted | Refusal:
    written = cases.by_itself(tx, case, asked, at_hand)
    if not isinstance(written, Writing):
        raise _NotByItself
    applying.apply_all(tx, [written])
    return Acted(written.plan.case, written.plan)
