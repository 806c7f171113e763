"""Acts that are shown before they are done: what one would do, and one that is done unless it must be asked about.

Holds no rule: weight and consequences come from the machine, from the decision that is also written.
"""

from dataclasses import dataclass
from datetime import datetime

from workflow import cases
from workflow.cases import Acted, members
from workflow.definitions import publishing
from workflow.machine.definition import Definition
from workflow.machine.words import KnownNames
from workflow.storage.queries.cases import case_pages
from workflow.storage.session import Database, Tx
from workflow.values import Act, Consequences, Refusal


@dataclass(frozen=True, slots=True)
class Shown:
    """What an act would do, with the names of whom it concerns, as far as the reader may know them."""

    consequences: Consequences
    definition: Definition
    names: KnownNames


def act(
    database: Database,
    code: str,
    asked: Act,
    *,
    agreed: str | None,
    person_id: int,
    now: datetime,
    request_key: str | None = None,
) -> Acted | Consequences | Refusal:
    """Do to a case what a person asks for, say why not, or say what it would do where they must read that first.

    `agreed` is the digest of what they have read. Where that is not what would happen now, nothing is done.
    """

    def must_ask(shown: Consequences) -> bool:
        return shown.asks_first and shown.digest != agreed

    return cases.act_unless(database, code, asked, asks=must_ask, person_id=person_id, now=now, request_key=request_key)


def with_names(tx: Tx, shown: Consequences, *, person_id: int, now: datetime) -> Shown:
    """Add the names that a page shows: of people, and of those cases that this person sees."""
    hashes = {case.definition for case in (shown.case, *shown.moves)} | {of.definition for of in shown.opens}
    definitions = {text_hash: publishing.compiled(tx, text_hash) for text_hash in hashes}
    people = {member for after in shown.asks for member in after.missing}
    if not any(_hides_people(definition) for definition in definitions.values()):
        people |= {*shown.told, *shown.perhaps_told}
    codes = [*(case.code for case in shown.moves), *(line.code for after in shown.asks for line in after.lines)]
    listed = members.coded(tx, codes, person_id=person_id, now=now) if codes else {}
    titles = {code: member.title or member.unit_name for code, member in listed.items()}
    names = KnownNames(definitions, case_pages.names(tx, people), titles)
    return Shown(shown, definitions[shown.case.definition], names)


def _hides_people(definition: Definition) -> bool:
    """Tell whether some state keeps from some people who acts: then it is said how many are told, and not who."""
    return any(state.view for state in definition.states.values())
