"""What is wrong with the operator's settings. What is wrong with a home, a port or the record stands with those."""

from workflow.errors import WorkflowError


class SettingMissing(WorkflowError):
    """Something that has no safe default was not set."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.code, self.facts = "setting_missing", {"name": name}


class SettingsWrong(WorkflowError):
    """Variables of the environment that are not what they should be: pairs of a name and what is wrong with it."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class AddressInsecure(WorkflowError):
    """People would reach the pages over the open network without TLS."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.code, self.facts = "address_insecure", {"address": address}


class HopsMissing(WorkflowError):
    """Nobody has said how many proxies stand in front, so everybody might count as one address."""

    def __init__(self) -> None:
        super().__init__()
        self.code = "hops_missing"
