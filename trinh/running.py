"""`trinh run`: the whole installation in one process, from an empty folder to answering requests.

Knows the order: port, home, tables, the demonstration where it is wanted, what ships, workers, pages. It ends in the
opposite order. What each step does stands in its own module.
"""

from collections.abc import Callable
from dataclasses import dataclass

from trinh import composition, definition_files, home, ports, record, serving
from trinh.terminal import Terminal
from trinh.welcome import welcome
from workflow.installation import business_time, shipping
from workflow.search import filling
from workflow.storage import migrating
from workflow.storage.session import Database, Tx


@dataclass(frozen=True, slots=True)
class StartUp:
    """Where to listen, and what a record may need before it is served; letters of that time link to the address."""

    host: str
    prepare: Callable[[Terminal, Database, str], None]


def run(terminal: Terminal, start: StartUp) -> None:
    """Serve until the process is asked to end. Raises what keeps it from starting."""
    settings = terminal.settings
    serving.end_in_order()
    with ports.listen(start.host, settings.port) as listening:
        port = listening.getsockname()[1]
        base_url = composition.base_url_of(settings, port=port)
        with home.locked(settings.home, address=base_url):
            migrating.migrate(settings.database)
            with record.opened(settings) as database:
                # A demonstration itself publishes what ships, on the first day of its own clock.
                start.prepare(terminal, database, base_url)
                ship(terminal, database)
                filling.fill(database)
                secret_key = composition.embedded_secret_key(settings)
                app = composition.web_of(settings, database, secret_key=secret_key, base_url=base_url)
                with composition.workers_of(settings, database, base_url=base_url):
                    welcome(terminal, database, address=base_url)
                    serving.serve(app, listening)


def ship(terminal: Terminal, database: Database) -> None:
    """Bring the record up to what ships with this release, and say what that changed."""
    with database.writing() as tx:
        shipment = ship_into(tx)
    for file in shipment.drafted:
        terminal.say("shipped_drafted", file=file)


def ship_into(tx: Tx) -> shipping.Shipment:
    """Bring the record up to what ships with this release."""
    return shipping.ship(tx, definition_files.definitions_folder(), now=business_time.read(tx))


def leave_as_it_is(_terminal: Terminal, _database: Database, _base_url: str) -> None:
    """Prepare nothing: an installation of one's own."""
