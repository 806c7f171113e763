"""The record of an installation, opened as its settings say; most commands need nothing else of it.

Knows where the database lies and that its tables must be those of this release. The verbs do what is done in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from trinh import home
from trinh.settings import Settings
from workflow.errors import WorkflowError
from workflow.files import Blobs
from workflow.storage import migrating
from workflow.storage.session import Bell, Database


class NotMigrated(WorkflowError):
    """The tables are those of another release."""

    def __init__(self, *, revision: str | None, wanted: str | None) -> None:
        super().__init__(revision, wanted)
        self.code, self.facts = "not_migrated", {"found": revision or "–", "wanted": wanted}


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Open the record of this release while the block lasts; with Redis its commits ring there.

    Raises `NotMigrated` for the tables of another release.
    """
    database = open_record(settings)
    try:
        yield database
    finally:
        database.close()


def open_record(settings: Settings) -> Database:
    """Open the record for as long as the process lives. Raises `NotMigrated` for the tables of another release."""
    make_home(settings)
    revision, wanted = migrating.revision(settings.database), migrating.head()
    if revision != wanted:
        raise NotMigrated(revision=revision, wanted=wanted)
    return Database(settings.database, _bell(settings.redis_url) if settings.redis_url else None)


def make_home(settings: Settings) -> None:
    """Make the folder of the embedded database, so that a first command finds a place for it."""
    if settings.database_url is None:
        home.make(settings.home)


def _bell(redis_url: str) -> Bell:
    from workers.bell import redis_bell  # noqa: PLC0415 -- imports the broker's client, which only Redis needs

    return redis_bell(redis_url)


def blobs_of(settings: Settings) -> Blobs:
    """The folder of the documents' contents."""
    folder = settings.home / home.DOCUMENTS
    home.make(folder)
    return Blobs(folder)
