"""The context in which the rules of a definition are said, and the sentence for any reason that a verb gives.

The context is made of the definitions in force whose cases its lists take, and of the labels of roles and
milestones. Knows no rule.
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
"""The name under which a snapshot keeps the labels of roles and milestones: a page may say many reasons."""


def context_of(tx: Tx, definition: Definition) -> NamingContext:
    """Gather what the things that a definition names are called."""
    kinds = {kind for listed in definition.members.values() for kind in listed.of}
    family = {kind: in_force for kind in sorted(kinds) if (in_force := _in_force(tx, kind)) is not None}
    return NamingContext(family, tx.once(LABELS, labels))


def labels(tx: Tx) -> dict[str, Text]:
    """What roles and milestones are called, by name; milestones of one name as the latest movement calls them."""
    milestones = {name: Text(title_vi, title_en) for name, title_vi, title_en in movements.milestone_titles(tx)}
    return milestones | grants.role_labels(tx)


def sentence(
    reason: Reason, *, language: Language, definition: Definition | None = None, context: NamingContext = NO_CONTEXT
) -> str:
    """Say a reason in words: why an act was refused, or the publishing of a definition."""
    if reason.code in ERRORS:
        return ERRORS.say(reason.code, language, **reason.facts)
    return reasons.sentence(reason, language=language, definition=definition, context=context)


def _in_force(tx: Tx, kind: str) -> Definition | None:
    try:
        return publishing.current(tx, kind)
    except DefinitionNotFound:
        return None
