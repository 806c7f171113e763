"""Why a child gave no answer: each way in which foreign content can misbehave has a name of its own."""

from workflow.errors import WorkflowError


class ChildError(WorkflowError):
    """A question to a child process was not answered; the process that asked is unharmed."""


class ChildBusy(ChildError):
    """As many children work as may at once; the same question may be put again in a moment."""


class ChildCrashed(ChildError):
    """The child ended without an answer: a crash of a parser, or an error that nobody expected."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class OutOfMemory(ChildError):
    """The child wanted more memory than it may have."""


class OutOfCpu(ChildError):
    """The child computed longer than it may."""


class OutOfTime(ChildError):
    """The child was not done in time, whatever it was waiting for."""
