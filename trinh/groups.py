"""A group of commands that imports a command only when it is run, so that no command waits for the imports of others.

Knows no command: each group has a table that says where its commands stand.
"""

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import Any, NamedTuple

import click


class Entry(NamedTuple):
    """A command that is not imported yet: its place, `module:attribute`, and the line that lists say of it."""

    place: str
    line: str


class LazyGroup(click.Group):
    """A group whose commands stand in a table by name. Its help is made from the table, so it imports none of them."""

    def __init__(self, *, table: Mapping[str, Entry], **settings: Any) -> None:
        super().__init__(**settings)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in self.table:
            return None
        command: click.Command = resolve_name(self.table[cmd_name].place)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.table[name].line) for name in self.list_commands(ctx)])
