"""The two servers: waitress beside the workers in one process, gunicorn with processes of its own in production.

Knows sockets, processes and how each server ends in order; not what is served.
"""

import gc
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Final
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from waitress import create_server

THREADS: Final = 8
LARGEST_REQUEST: Final = 100 * 1024 * 1024
"""Far over what the pages accept, so that they say in words that a file is too large; Waitress keeps it on disk."""
DRAIN_SECONDS: Final = 25
SILENT_SECONDS: Final = 60


def end_in_order() -> None:
    """Let SIGTERM end the main thread as an exit does, so that every `finally` has its turn."""
    signal.signal(signal.SIGTERM, _exit)


def wait_to_be_asked() -> None:
    """Sleep until this process is asked to end."""
    with suppress(SystemExit):
        threading.Event().wait()


def serve(app: WSGIApplication, listening: socket.socket) -> None:
    """Answer requests in this process until it is asked to end, then finish those under way."""
    # What is in memory now stays until the end; frozen, the collector does not go through it each time.
    gc.collect()
    gc.freeze()
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_REQUEST,
        clear_untrusted_proxy_headers=False,
    )
    try:
        server.run()
    finally:
        server.close()


class Lines(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Sends Gunicorn's own log lines where all others go."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Processes with threads around an application that each of them makes for itself."""

    def __init__(
        self, make_app: Callable[[], WSGIApplication], listening: socket.socket, *, processes: int, threads: int
    ) -> None:
        self._make_app = make_app
        self._options = {
            # From here on the socket is gunicorn's, which closes it when it ends.
            "bind": f"fd://{listening.detach()}",
            "workers": processes,
            "threads": threads,
            "worker_class": "gthread",
            "graceful_timeout": DRAIN_SECONDS,
            "timeout": SILENT_SECONDS,
            "post_worker_init": _freeze,
            "control_socket_disable": True,
            "logger_class": Lines,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        return self._make_app()


def _freeze(_worker: Any) -> None:
    gc.collect()
    gc.freeze()


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
