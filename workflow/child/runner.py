"""Puts questions about foreign content to child processes: one child a question, and an answer or a named error.

Knows processes and limits, no format. What is asked is a function of a module, called in the child with the content;
the answer comes as JSON, so that a child that was taken over can lie but not run anything here.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from workflow.child import limits, server
from workflow.child.failures import ChildBusy, ChildCrashed, OutOfCpu, OutOfMemory, OutOfTime
from workflow.values import Json

_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1])[1:]; from workflow.child.server import _main; _main()"
)
_PATIENCE: Final = 1.0
"""Seconds that a question waits for its place before it is refused: most answers take a tenth of that."""


class _Server:
    """The forking process of this process: started when first asked, again when it has gone or after a fork."""

    def __init__(self) -> None:
        self.lock, self.places = threading.Lock(), threading.BoundedSemaphore(limits.AT_ONCE)
        self.control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def hand_over(self, *ends: socket.socket) -> None:
        """Give the other ends of a question's two connections to the server."""
        handles = [end.fileno() for end in ends]
        with self.lock:
            try:
                socket.send_fds(self._running(), [b"q"], handles)
            except OSError:
                self.forget()
                socket.send_fds(self._running(), [b"q"], handles)

    def forget(self) -> None:
        """Let go of the server, which ends when nobody holds the other side of its socket."""
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=limits.WALL_SECONDS)
        self.control = self.process = None

    def _running(self) -> socket.socket:
        if self.control is None:
            ours, theirs = socket.socketpair()
            with theirs:
                where = json.dumps([theirs.fileno(), *sys.path])
                # A session of its own: Ctrl+C in a terminal ends us, and our end ends the server.
                self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                    [sys.executable, "-s", "-c", _START, where],
                    env={},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            self.control = ours
        return self.control


_server = _Server()


def _after_fork() -> None:
    """Start over in a forked process: the server and the locks belong to the process that it came from."""
    global _server
    inherited, _server = _server.control, _Server()
    if inherited is not None:
        inherited.close()


os.register_at_fork(after_in_child=_after_fork)


def ask(function: Callable[[bytes], Json], content: bytes) -> Json:
    """Call a public function of a module with some content in a child of its own, and return what it answers.

    Raises `ChildBusy` where too many ask at once, and `ChildCrashed`, `OutOfMemory`, `OutOfCpu` or `OutOfTime`.
    """
    here = _server
    if not here.places.acquire(timeout=_PATIENCE):
        raise ChildBusy
    try:
        talking, childs = socket.socketpair()
        waiting, servers = socket.socketpair()
        with talking, waiting:
            with childs, servers:
                here.hand_over(childs, servers)
            for end in (talking, waiting):
                end.settimeout(limits.WALL_SECONDS + limits.STARTING_SECONDS)
            name = f"{function.__module__}:{function.__name__}".encode()
            answer = _exchange(talking, server.HEAD.pack(len(name), len(content)) + name + content)
            _raise_for(waiting.recv(server.STATUS.size))
    finally:
        here.places.release()
    return _read(answer)


def _exchange(connection: socket.socket, question: bytes) -> bytes:
    """Send a question, and return what comes until the child has ended."""
    answer = bytearray()
    try:
        # A child may end before it has read all.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(question)
        while part := connection.recv(1 << 16):
            answer += part
            if len(answer) > limits.LARGEST_ANSWER:
                raise OutOfMemory
    except TimeoutError as error:
        raise OutOfTime from error
    except ConnectionResetError:
        return b""
    return bytes(answer)


def _raise_for(sent: bytes) -> None:
    """Raise the error that a child's status means; nothing was sent where the server itself was ended."""
    status = server.STATUS.unpack(sent)[0] if sent else limits.FAILED
    if status == limits.TIMED_OUT:
        raise OutOfTime
    if status == limits.NO_MEMORY:
        raise OutOfMemory
    if status == -signal.SIGXCPU:
        raise OutOfCpu
    if status != 0:
        raise ChildCrashed(status)


def _read(answer: bytes) -> Json:
    try:
        read: Json = json.loads(answer)
    except ValueError as error:
        raise ChildCrashed(limits.FAILED) from error
    return read
