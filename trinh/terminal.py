"""How a command speaks to its operator: sentences in one language, rows, JSON, and an error as a sentence.

Knows where errors have their sentences and the exit codes (0 fine, 1 found faults, 2 wrong use), no command.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click
from rich.console import Console
from rich.table import Table

from trinh.command_messages import COMMANDS
from trinh.errors import AddressInsecure, HopsMissing, SettingMissing, SettingsWrong
from trinh.home import HomeTaken, HomeUnusable
from trinh.ports import PortTaken, PortUnusable
from workflow.catalogue import Language
from workflow.error_messages import ERRORS
from workflow.errors import NotAllowed, NotFound, OrganisationError, WorkflowError
from workflow.exchange import FaultyFile
from workflow.machine.definition import DefinitionFaults

if TYPE_CHECKING:
    from trinh.settings import Settings

UNBROKEN: Final = 250
FOUND_FAULTS: Final = 1
WRONG_USE: Final = 2
_WRONG_USE: Final = (
    HomeTaken,
    HomeUnusable,
    PortTaken,
    PortUnusable,
    SettingMissing,
    SettingsWrong,
    AddressInsecure,
    HopsMissing,
    NotFound,
    NotAllowed,
)


@dataclass(frozen=True)
class Terminal:
    """What every command is handed: the settings, and a voice."""

    language: Language

    @cached_property
    def settings(self) -> "Settings":
        """What the operator decided, read when a command first asks. Raises `SettingsWrong`."""
        from trinh import settings  # noqa: PLC0415 -- pydantic takes half the time of a command that opens no record

        return settings.read()

    def sentence(self, code: str, /, **facts: object) -> str:
        """Fill a sentence of the command's own."""
        return COMMANDS.say(code, self.language, **facts)

    def say(self, code: str, /, **facts: object) -> None:
        """Say a sentence on standard output."""
        click.echo(self.sentence(code, **facts))

    def warn(self, line: str) -> None:
        """Say a line on standard error."""
        click.echo(line, err=True)

    def rows(self, headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None) -> None:
        """Show a table."""
        table = Table(*headings, title=title, title_justify="left", pad_edge=False, box=None, header_style="bold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        # A file or a pipe has no width: a row stays on its line, for whoever reads it by lines.
        Console(width=None if sys.stdout.isatty() else UNBROKEN).print(table)

    def as_json(self, value: object) -> None:
        """Write JSON for a program to read."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))

    def fail(self, code: str, /, **facts: object) -> NoReturn:
        """End the command because it found a fault."""
        raise FoundFaults(self.sentence(code, **facts))

    def wrong(self, code: str, /, **facts: object) -> NoReturn:
        """End the command because it was used wrongly."""
        raise Ended(self.sentence(code, **facts))


class Ended(click.ClickException):
    """A command that ends with a sentence, because it was used wrongly."""

    exit_code = WRONG_USE

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


class FoundFaults(Ended):
    """A command that ends with a sentence, because of a fault it found."""

    exit_code = FOUND_FAULTS


@contextmanager
def speaking(language: Language) -> Iterator[Terminal]:
    """Hand a command its terminal; what the engine has a name for ends the command with a sentence."""
    try:
        yield Terminal(language)
    except WorkflowError as error:
        raise ended(error, language=language) from error


def ended(error: WorkflowError, *, language: Language) -> Ended:
    """Turn an error of the engine into the sentences and the exit code of a command."""
    kind = Ended if isinstance(error, _WRONG_USE) else FoundFaults
    return kind("\n".join(lines(error, language=language)))


def lines(error: WorkflowError, *, language: Language) -> list[str]:
    """Say an error of the engine, each fault of a file on a line of its own with its place."""
    if isinstance(error, DefinitionFaults):
        return [f"{error.path}:{fault.line}:{fault.column}: {fault.sentence(language)}" for fault in error.faults]
    if isinstance(error, FaultyFile):
        return [f"{error.name}: {fault.line(language)}" for fault in error.faults]
    if isinstance(error, OrganisationError):
        return [error.sentence(language)]
    if isinstance(error, SettingsWrong):
        return [COMMANDS.say("setting_wrong", language, name=name, problem=problem) for name, problem in error.problems]
    return [_coded(error, language)]


def _coded(error: WorkflowError, language: Language) -> str:
    code, facts = str(getattr(error, "code", "")), getattr(error, "facts", {})
    for catalogue in (COMMANDS, ERRORS):
        if code in catalogue:
            return catalogue.say(code, language, **facts)
    return COMMANDS.say("unexpected", language, problem=f"{type(error).__name__}: {_first_line(error)}")


def _plain(value: object) -> str:
    """Write what JSON has no form for: moments and days as ISO 8601 has them."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _first_line(error: WorkflowError) -> str:
    return str(error).strip().partition("\n")[0]
