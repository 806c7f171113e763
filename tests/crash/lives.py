"""A process that dies and is started again: `python lives.py SCRIPT.json`, each life a fork that ends by kill -9.

The script names the role (`worker`, `web`) and the addresses. A worker's script says where each life dies: in the nth
ring that gets so far, at a step (the how-manieth transaction) and a phase of it, or after some seconds; a life without
a place to die goes on until SIGTERM. A web is gunicorn around the real application, whose processes die where the
header `X-Dies-In` of a request says: in which of its transactions, in which phase. What happened is said line by line
on stdout.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from dramatiq import Middleware  # noqa: E402 - a script finds the project first
from jinja2 import FileSystemBytecodeCache  # noqa: E402 - the same

from tests.servers.belongings import _die_with_parent  # noqa: E402 - the same
from trinh import composition, ports  # noqa: E402 - the same
from trinh.serving import Gunicorn  # noqa: E402 - the same
from trinh.settings import Settings  # noqa: E402 - the same
from workers.bell import redis_bell  # noqa: E402 - the same
from workers.letters.posting import MailServer, Post  # noqa: E402 - the same
from workers.process import Workers  # noqa: E402 - the same
from workflow.storage.session import Database, Tx  # noqa: E402 - the same

KILLED = -signal.SIGKILL
HEADER = "X-Dies-In"
WRITES = 2
"""The how-manieth of an act's statements writes; the first one loads the case."""
SHORT_LEASE = timedelta(seconds=1)


class Death:
    """Where this life ends. Only threads that work count their steps; the sweeper lives on until the process dies."""

    def __init__(self, place: dict | None) -> None:
        self.wait_at(place)
        self._mine = threading.local()
        self._one_dies = threading.Lock()

    def wait_at(self, place: dict | None) -> None:
        """From now on, this is the place."""
        self._place = place or {}
        self._left = self._place.get("nth", 1)

    def begin(self) -> None:
        """A ring or a request begins on this thread."""
        self._mine.step = 0

    def next_step(self) -> int | None:
        """Another transaction begins on this thread."""
        step = getattr(self._mine, "step", None)
        if step is not None:
            self._mine.step = step + 1
        return getattr(self._mine, "step", None)

    def comes(self, phase: str, step: int | None) -> None:
        """Die here, if this is the place."""
        if (step, phase) != (self._place.get("step"), self._place.get("phase")):
            return
        with self._one_dies:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    @property
    def step(self) -> int | None:
        return getattr(self._mine, "step", None)


class MortalDatabase(Database):
    """A database whose process dies before, inside or after one of its transactions."""

    def __init__(self, url: str, death: Death, bell=None) -> None:
        super().__init__(url, bell)
        self.death = death

    @contextmanager
    def writing(self) -> Iterator[Tx]:
        step = self.death.next_step()
        self.death.comes("before", step)
        with super().writing() as tx:
            yield tx
            self.death.comes("inside", step)
        self.death.comes("after", step)

    @contextmanager
    def statements(self) -> Iterator[Tx]:
        """Statements that stand by themselves: `inside` is between one that reads a case and one that writes."""
        step = self.death.next_step()
        self.death.comes("before", step)
        said = count(1)

        class Mortal(Tx):
            __slots__ = ()

            def driver(mortal):  # noqa: N805 - self is the database here
                if next(said) == WRITES:
                    self.death.comes("inside", step)
                return super().driver()

        with super().statements() as tx:
            tx.__class__ = Mortal
            yield tx
        self.death.comes("after", step)


class Steps(Middleware):
    """Says where one ring ends and the next begins."""

    def __init__(self, death: Death) -> None:
        self.death = death

    def before_process_message(self, broker, message) -> None:  # noqa: ARG002 - Dramatiq's signature
        self.death.begin()


def work(script: dict, place: dict | None) -> None:
    """Live as a worker."""
    death = Death(place)
    database = MortalDatabase(script["database"], death)
    server = MailServer("127.0.0.1", script["smtp_port"])
    post = Post("https://trinh.example", server=server)
    workers = Workers(database, post=post, redis_url=script["redis"], threads=script["threads"], lease=SHORT_LEASE)
    workers._broker.add_middleware(Steps(death))
    signal.signal(signal.SIGTERM, leave)
    with workers:
        threading.Event().wait()


def serve(script: dict) -> None:
    """Live as `trinh web` does, with one process for the pages."""
    settings = Settings(
        database_url=script["database"], redis_url=script["redis"], home=script["home"], secret_key="x" * 32
    )

    def make_app() -> Doomed:
        death = Death(None)
        ring = redis_bell(script["redis"]) if script["redis"] else lambda _job_ids: None

        def bell(job_ids) -> None:
            death.comes("ringing", death.step)
            ring(job_ids)

        database = MortalDatabase(script["database"], death, bell)
        address = f"http://127.0.0.1:{script['port']}"
        app = composition.web_of(settings, database, secret_key="x" * 32, base_url=address)
        # A life finds the templates that those before it compiled.
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(script["templates"])
        return Doomed(app, death)

    Gunicorn(make_app, ports.listen("127.0.0.1", script["port"]), processes=1, threads=1).run()


class Doomed:
    """The application in a process that dies where a request says, in the transaction of its act."""

    def __init__(self, app, death: Death) -> None:
        self._app, self._death = app, death

    def __call__(self, environ, start_response):
        asked = environ.get("HTTP_" + HEADER.upper().replace("-", "_"))
        step, _, phase = (asked or "").partition(" ")
        self._death.wait_at(
            {"step": int(step), "phase": phase} if environ["REQUEST_METHOD"] == "POST" and asked else None
        )
        self._death.begin()
        answer = self._app(environ, start_response)
        # The answer comes after every transaction, whichever was meant.
        self._death.comes("answering", int(step) if asked else None)
        return answer


def leave(_number, _frame) -> None:
    raise SystemExit(0)


def lived(how, *arguments) -> int:
    """Fork a life and wait for its end."""
    sys.stdout.flush()
    place = arguments[1] or {}
    child = os.fork()
    if child == 0:
        _die_with_parent(signal.SIGKILL)()
        code = 1
        try:
            how(*arguments)
            code = 0
        except SystemExit:
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    signal.signal(signal.SIGTERM, lambda _number, _frame: os.kill(child, signal.SIGTERM))
    if "seconds" in place:
        threading.Event().wait(place["seconds"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def say(*words) -> None:
    print(*words, flush=True)  # noqa: T201 - this is how it is heard


def live_as_worker(script: dict) -> None:
    for place in script["lives"]:
        if lived(work, script, place) != KILLED:
            sys.exit(f"did not die at {place}")
        say("died", json.dumps(place))
    say("stays")
    sys.exit(lived(work, script, None))


if __name__ == "__main__":
    wanted = json.loads(Path(sys.argv[1]).read_text())
    {"worker": live_as_worker, "web": serve}[wanted["role"]](wanted)
