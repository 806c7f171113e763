"""The demonstration, played into an empty database: from September 2016 to the morning of 13 November 2017.

Knows where its record and its papers come from and who may sign in; `programme` says what is played. All in one
transaction: it is loaded whole or not at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from trinh import home, record
from trinh.demo import programme, stage
from trinh.demo.programme import Tell
from trinh.settings import Settings
from trinh.terminal import Terminal
from workers.letters.posting import Post
from workflow.accounts import passwords
from workflow.definitions import publishing
from workflow.errors import NotAllowed
from workflow.files import Blobs
from workflow.installation import business_time, shipping
from workflow.organisation import people
from workflow.storage import migrating
from workflow.storage.session import Database

SEED: Final = 117


def prepare(terminal: Terminal, database: Database, base_url: str) -> None:
    """Load the demonstration into an empty database; where it is loaded already, only bring the password up to date.

    Its letters link to `base_url`.
    """
    settings = terminal.settings
    with database.reading() as tx:
        is_loaded, is_empty = business_time.is_demo(tx), shipping.is_all_there_is(tx)
        is_shipped = bool(publishing.versions(tx))
    if is_loaded:
        keep_password(settings, database)
        return
    if not is_empty:
        raise NotAllowed("demo_needs_empty_database")
    if is_shipped:
        # `trinh migrate` has published what ships, dated by the machine's clock, and published versions never change.
        # The tables are made anew, so that the demonstration publishes on the days of its own clock.
        migrating.rebuild(settings.database)
    with _bar(terminal) as tell:
        load(
            database,
            record.blobs_of(settings),
            seed=SEED,
            password=password_of(settings),
            post=Post(base_url),
            tell=tell,
        )


def password_of(settings: Settings) -> str:
    """The password of all accounts: the operator's, else one made once and kept in the home."""
    given = settings.demo_password
    return given.get_secret_value() if given is not None else home.demo_password(settings.home)


def keep_password(settings: Settings, database: Database) -> None:
    """Give all accounts the password that the operator has set since the demonstration was loaded."""
    if settings.demo_password is None:
        return
    password = settings.demo_password.get_secret_value()
    with database.reading() as tx:
        everybody = people.listing(tx, limit=100_000)
        if people.has_password(tx, people.find_username(tx, "admin").id, password):
            return
    password_hash = passwords.hashed_as_given(password)
    with database.writing() as tx:
        now = business_time.read(tx)
        for person in everybody:
            people.set_password(tx, person.id, password_hash, now=now)


def load(database: Database, blobs: Blobs, *, seed: int, password: str, post: Post, tell: Tell) -> None:
    """Play everything into an empty database, the same for the same seed."""
    password_hash = passwords.hashed_as_given(password)
    papers = stage.stored_papers(blobs)
    with database.writing() as tx:
        programme.play(tx, papers, post, seed=seed, password_hash=password_hash, tell=tell)
        # The play has done all its jobs itself: no worker need be rung.
        tx.jobs_to_ring.clear()
    tell(1.0)


@contextmanager
def _bar(terminal: Terminal) -> Iterator[Tell]:
    """Show how much of the play is over."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console()) as progress:
        task = progress.add_task(terminal.sentence("demo_loading"), total=1.0)
        yield lambda share: progress.update(task, completed=share)
