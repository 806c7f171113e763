"""The errors of the engine: one root, a branch for authors of definitions, for users of cases, for administrators.

Errors carry facts as attributes; the sentences that people read stand in `error_messages`. The doors turn errors into
pages and exit codes.
"""

from workflow.catalogue import Language
from workflow.error_messages import ERRORS


class WorkflowError(Exception):
    """Anything the engine refuses to go on with."""


class DefinitionError(WorkflowError):
    """The law is wrong: a definition, a guard, a calendar. Its author can put it right."""


class DefinitionNotFound(DefinitionError):
    """No version of that name or hash is published here."""

    def __init__(self, definition: str) -> None:
        super().__init__(definition)
        self.definition = definition


class CaseError(WorkflowError):
    """What was asked of a case cannot be. Whoever asked can do something else."""


class CaseNotFound(CaseError):
    """There is no such case, or the asker may not know of it."""

    def __init__(self, case: int | str) -> None:
        super().__init__(case)
        self.case = case


class Conflict(CaseError):
    """Somebody else acted on one of these cases between its reading and its writing; nothing was written."""

    def __init__(self, case_ids: tuple[int, ...]) -> None:
        super().__init__(case_ids)
        self.case_ids = case_ids


class Repeated(CaseError):
    """This request has been carried out already. The transaction cannot go on; a new one finds the entry it made."""

    def __init__(self, request_key: str) -> None:
        super().__init__(request_key)
        self.request_key = request_key


class OrganisationError(WorkflowError):
    """What was asked outside cases (units, people, grants, calendar, clock, publishing) cannot be.

    `code` is one of `error_messages`, `facts` fill its sentence, `field` is the input at fault.
    """

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code, facts)
        self.code, self.field, self.facts = code, field, facts

    def sentence(self, language: Language) -> str:
        """Say what is wrong in one sentence."""
        return ERRORS.say(self.code, language, **self.facts)


class NotFound(OrganisationError):
    """There is no such thing, or the asker may not know of it."""


class NotAllowed(OrganisationError):
    """Somebody else may do this."""


class Invalid(OrganisationError):
    """An input is wrong; `field` says which."""


class Outdated(OrganisationError):
    """Somebody changed it meanwhile: look again, then decide."""
