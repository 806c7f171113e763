"""The installation put together from its settings: the record, the documents, the pages, the workers.

The only place that knows `web` and `workers` at once. Decides which part is handed what, and what is required where;
does no work itself. Called by the commands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

from trinh import home
from trinh.settings import PREFERRED_PORT, Settings
from web.app import create_app
from web.settings import WebSettings
from workers.bell import redis_bell
from workers.letters.posting import MailServer, Post
from workers.process import Workers
from workflow.errors import WorkflowError
from workflow.files import Blobs
from workflow.storage import migrating
from workflow.storage.session import Database

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


class SettingMissing(WorkflowError):
    """Something that has no safe default was not set."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.code, self.facts = "setting_missing", {"name": name}


class NotMigrated(WorkflowError):
    """The tables are those of another release."""

    def __init__(self, *, found: str | None, wanted: str | None) -> None:
        super().__init__(found, wanted)
        self.code, self.facts = "not_migrated", {"found": found or "–", "wanted": wanted}


def definitions_folder() -> Path:
    """The folder of what ships, in a checkout and in an installed wheel."""
    return Path(str(files("definitions").joinpath("roles.yaml"))).parent


@contextmanager
def record(settings: Settings) -> Iterator[Database]:
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
    found, wanted = migrating.revision(settings.database), migrating.head()
    if found != wanted:
        raise NotMigrated(found=found, wanted=wanted)
    return Database(settings.database, redis_bell(settings.redis_url) if settings.redis_url else None)


def make_home(settings: Settings) -> None:
    """Make the folder of the embedded database, so that a first command finds a place for it."""
    if settings.database_url is None:
        home.make(settings.home)


def blobs_of(settings: Settings) -> Blobs:
    """The folder of the documents' contents."""
    folder = settings.home / home.DOCUMENTS
    home.make(folder)
    return Blobs(folder)


def base_url_of(settings: Settings, *, port: int = PREFERRED_PORT) -> str:
    """The address that letters link to."""
    return settings.base_url or f"http://localhost:{port}"


def web_of(settings: Settings, database: Database, *, secret_key: str, base_url: str) -> WSGIApplication:
    """Build the pages for an address."""
    web_settings = WebSettings(
        secret_key=secret_key,
        secure=urlsplit(base_url).scheme == "https",
        trusted_hosts=settings.trusted_hosts or (urlsplit(base_url).hostname or "", *LOOPBACK),
        trusted_hops=settings.trusted_hops,
        letters_leave=settings.smtp_host is not None,
    )
    return create_app(database, blobs=blobs_of(settings), settings=web_settings)


def required_secret_key(settings: Settings) -> str:
    """The key of an installation of several processes, which must share one. Raises `SettingMissing`."""
    if settings.secret_key is None:
        raise SettingMissing("TRINH_SECRET_KEY")
    return settings.secret_key.get_secret_value()


def embedded_secret_key(settings: Settings) -> str:
    """The key of an installation in one process: what is set, else one made at its first start."""
    return settings.secret_key.get_secret_value() if settings.secret_key else home.secret_key(settings.home)


def workers_of(settings: Settings, database: Database, *, base_url: str) -> Workers:
    """Build the workers of a process, with Redis where it is set, else with a broker in memory."""
    post = post_of(settings, base_url=base_url)
    return Workers(database, post=post, redis_url=settings.redis_url, threads=settings.worker_threads)


def post_of(settings: Settings, *, base_url: str) -> Post:
    """How letters leave; without a mail server they stay in the outbox."""
    sender = settings.mail_from or f"Trình <trinh@{urlsplit(base_url).hostname}>"
    return Post(base_url, sender, _mail_server(settings))


def _mail_server(settings: Settings) -> MailServer | None:
    if settings.smtp_host is None:
        return None
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
    return MailServer(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_username, password)
