"""The errors of the engine: one root, one branch for authors of definitions, one for people who use cases.

Errors carry facts as attributes; the sentences that people read stand in the table of messages. Raised in
`machine`, the verbs and `exchange`; the doors turn them into pages and exit codes.
"""


class WorkflowError(Exception):
    """Anything the engine refuses to go on with."""


class DefinitionError(WorkflowError):
    """The law is wrong: a definition, a guard, a calendar. Its author can put it right."""


class CaseError(WorkflowError):
    """What was asked of a case cannot be. Whoever asked can do something else."""
