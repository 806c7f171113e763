"""What is known around a definition in the record, for whoever says its rules in words; and why not, by any verb.

The definitions in force that its lists take cases of, what roles and milestones are called. Knows no rule.
"""

from typing import Final

from workflow.catalogue import Language
from workflow.definitions import publishing
from workflow.error_messages import ERRORS
from workflow.errors import DefinitionNotFound
from workflow.machine.definition import Definition
from workflow.machine.words import NO_CONTEXT, NamingContext, reasons
from workflow.organisation import grants
from workflow.storage.queries import movements
from workflow.storage.session import Tx
from workflow.values import Reason, Text

LABELS: Final = "labels"
"""Under this name a snapshot keeps what roles and milestones are called: a page may say many reasons."""


def around(tx: Tx, definition: Definition) -> NamingContext:
    """Gather what is known around a definition."""
    kinds = {kind for listed in definition.members.values() for kind in listed.of}
    family = {kind: found for kind in sorted(kinds) if (found := _in_force(tx, kind)) is not None}
    return NamingContext(family, tx.once(LABELS, labels))


def labels(tx: Tx) -> dict[str, Text]:
    """What roles and milestones are called, by name; milestones of one name as the latest movement calls them."""
    milestones = {name: Text(title_vi, title_en) for name, title_vi, title_en in movements.milestone_titles(tx)}
    return milestones | grants.role_labels(tx)


def sentence(
    reason: Reason, *, language: Language, definition: Definition | None = None, around: NamingContext = NO_CONTEXT
) -> str:
    """Say a reason, be it of a case or of the publishing of a definition."""
    if reason.code in ERRORS:
        return ERRORS.say(reason.code, language, **reason.facts)
    return reasons.sentence(reason, language=language, definition=definition, context=around)


def _in_force(tx: Tx, kind: str) -> Definition | None:
    try:
        return publishing.current(tx, kind)
    except DefinitionNotFound:
        return None
