"""What is wrong with the operator's settings. What is wrong with a home, a port or the record stands with those."""

from workflow.errors import WorkflowError


class SettingMissing(WorkflowError):
    """Something that has no safe default was not set."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.code, self.facts = "setting_missing", {"name": name}
