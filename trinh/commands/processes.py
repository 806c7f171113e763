"""`trinh run`, `web`, `worker` and `migrate`: the processes of an installation.

Reads options and hands over to `running`, `serving` and the workers; knows what production requires.
"""

from wsgiref.types import WSGIApplication

import click

from trinh import composition, logs, ports, record, running, serving
from trinh.demo import playing
from trinh.running import StartUp
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow.search import filling
from workflow.storage import migrating

EVERYWHERE = "0.0.0.0"  # noqa: S104 - meant for a container behind a proxy


@click.command()
@click.option("--demo", is_flag=True, help="Load the demonstration into an empty database first.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.pass_obj
def run(terminal: Terminal, *, demo: bool, host: str) -> None:
    """Run everything in one process: database, pages, workers.

    Listens at PORT, or at the first free port from 8000 on; keeps its data in TRINH_HOME.
    """
    logs.for_people()
    running.run(terminal, StartUp(host, playing.prepare if demo else running.leave_as_it_is))


@click.command()
@click.option("--host", default=EVERYWHERE, show_default=True, help="Address to listen at.")
@click.pass_obj
def web(terminal: Terminal, host: str) -> None:
    """Serve the pages with several processes, behind a proxy. Needs TRINH_SECRET_KEY, and a migrated database."""
    logs.for_machines()
    settings = terminal.settings
    secret_key = composition.required_secret_key(settings)
    composition.require_safe_reach(settings)
    with record.opened(settings):
        pass

    def make_app() -> WSGIApplication:
        database = record.open_record(settings)
        base_url = composition.base_url_of(settings)
        return composition.web_of(settings, database, secret_key=secret_key, base_url=base_url)

    listening = ports.listen(host, settings.port or ports.PREFERRED_PORT)
    serving.Gunicorn(make_app, listening, processes=settings.web_processes, threads=settings.web_threads).run()


@click.command()
@click.pass_obj
def worker(terminal: Terminal) -> None:
    """Do the work that waits: letters, reminders, deadlines. Every worker sweeps; run as many as you like."""
    logs.for_machines()
    serving.end_in_order()
    settings = terminal.settings
    with record.opened(settings) as database:
        base_url = composition.base_url_of(settings)
        with composition.workers_of(settings, database, base_url=base_url):
            serving.wait_to_be_asked()


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit code 1 if the tables are not those of this release.")
@click.pass_obj
def migrate(terminal: Terminal, *, check: bool) -> None:
    """Bring the database to the tables of this release, and publish what ships into a new one."""
    url = terminal.settings.database
    if not check:
        record.make_home(terminal.settings)
        migrating.migrate(url)
        with record.opened(terminal.settings) as database:
            running.ship(terminal, database)
            filling.fill(database)
        terminal.say("migrated", revision=migrating.revision(url))
        return
    with record.opened(terminal.settings):
        differences = migrating.drift(url)
    for difference in differences:
        terminal.warn(terminal.sentence("drifted", difference=difference))
    if differences:
        raise SystemExit(FOUND_FAULTS)
    terminal.say("migrated", revision=migrating.revision(url))
