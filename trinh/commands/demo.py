"""`trinh demo`: loading the demonstration as a command of its own, for installations of several processes."""

import click

from trinh import composition, record
from trinh.demo import playing
from trinh.terminal import Terminal
from trinh.welcome import introduce
from workflow.storage import migrating


@click.group()
def demo() -> None:
    """The demonstration: Ninh Bình in November 2017, with invented people."""


@demo.command()
@click.pass_obj
def load(terminal: Terminal) -> None:
    """Load the demonstration into an empty database. It takes up to a minute, and is loaded whole or not at all."""
    record.make_home(terminal.settings)
    migrating.migrate(terminal.settings.database)
    with record.opened(terminal.settings) as database:
        playing.prepare(terminal, database, composition.base_url_of(terminal.settings))
        with database.reading() as tx:
            introduce(terminal, tx)
