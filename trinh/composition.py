"""The installation put together from its settings: the documents, the pages, the workers on a record.

The only module that knows both `web` and `workers`. Decides which part is handed which setting, and which settings are
required where; does no work itself.
"""

from typing import Final
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

from trinh import home, record
from trinh.errors import SettingMissing
from trinh.ports import PREFERRED_PORT
from trinh.settings import Settings
from web.app import create_app
from web.settings import WebSettings
from workers.letters.posting import MailServer, Post
from workers.process import Workers
from workflow.storage.session import Database

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


def base_url_of(settings: Settings, *, port: int | None = None) -> str:
    """The address that letters link to: the operator's, else this machine at the port that is or will be served."""
    return settings.base_url or f"http://localhost:{port or settings.port or PREFERRED_PORT}"


def web_of(settings: Settings, database: Database, *, secret_key: str, base_url: str) -> WSGIApplication:
    """Build the pages for an address."""
    web_settings = WebSettings(
        secret_key=secret_key,
        secure=urlsplit(base_url).scheme == "https",
        trusted_hosts=settings.trusted_hosts or (urlsplit(base_url).hostname or "", *LOOPBACK),
        trusted_hops=settings.trusted_hops,
        letters_leave=settings.smtp_host is not None,
    )
    return create_app(database, blobs=record.blobs_of(settings), settings=web_settings)


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
