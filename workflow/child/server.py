"""The process that forks children: small, single-threaded, without environment, with the rules imported once.

Takes pairs of connections over one socket: a child that is forked for each pair answers on the first, and how it ended
is said on the second, by this process, which also ends the child when its time is over. Forking from here and not from
the process that asks keeps threads, secrets and open files of that process out of the children.
"""

import importlib
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

from workflow.child import limits

PRELOADED: Final = "workflow.machine.inspecting"
"""What most children need, and what takes longest to import: the rules."""
HEAD: Final = struct.Struct("!II")
STATUS: Final = struct.Struct("!i")


@dataclass(slots=True)
class ChildAtWork:
    """A child at work: where its status is waited for, when its time is over, and whether that was so."""

    waiting: socket.socket
    ends_at: float
    is_late: bool = False


def serve(handle: int) -> None:
    """Fork a child for every pair of connections that comes over a socket, until the other side closes it."""
    importlib.import_module(PRELOADED)
    control = socket.socket(fileno=handle)
    wake, waker = socket.socketpair()
    for end in (wake, waker):
        end.settimeout(0)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    children: dict[int, ChildAtWork] = {}
    while True:
        ready = select.select([control, wake], [], [], _patience(children))[0]
        if wake in ready:
            wake.recv(4096)
        _end_late(children)
        _reap(children)
        if control in ready and not _accept(control, children):
            break
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _patience(children: dict[int, ChildAtWork]) -> float | None:
    ends = [child.ends_at for child in children.values() if not child.is_late]
    return max(0.0, min(ends) - monotonic()) if ends else None


def _end_late(children: dict[int, ChildAtWork]) -> None:
    for pid, child in children.items():
        if not child.is_late and monotonic() >= child.ends_at:
            child.is_late = True
            os.kill(pid, signal.SIGKILL)


def _reap(children: dict[int, ChildAtWork]) -> None:
    for pid in list(children):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            continue
        child = children.pop(pid)
        code = limits.TIMED_OUT if child.is_late else os.waitstatus_to_exitcode(status)
        with suppress(OSError):  # Whoever asked may have gone.
            child.waiting.send(STATUS.pack(code))
        child.waiting.close()


def _accept(control: socket.socket, children: dict[int, ChildAtWork]) -> bool:
    """Fork one child; False where the other side has gone."""
    sent, handles, _, _ = socket.recv_fds(control, 1, 2)
    if not sent:
        return False
    connection, waiting = (socket.socket(fileno=handle) for handle in handles)
    pid = os.fork()
    if pid == 0:
        _be_child(connection)
    connection.close()
    children[pid] = ChildAtWork(waiting, monotonic() + limits.WALL_SECONDS)
    return True


def _be_child(connection: socket.socket) -> None:
    """Answer one question and end; nothing returns from here into the server's loop."""
    status = limits.FAILED
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _close_all_but(connection.fileno())
        _limit()
        connection.sendall(_answer(connection.makefile("rb")))
        status = 0
    except MemoryError:
        status = limits.NO_MEMORY
    finally:
        # Whatever was raised, the child ends here: one that went on would be a second server.
        if status == limits.FAILED:
            print("child:", repr(sys.exc_info()[1])[:500], file=sys.stderr, flush=True)  # noqa: T201 - its log
        os._exit(status)


def _close_all_but(handle: int) -> None:
    for other in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        if other > sys.stderr.fileno() and other != handle:
            with suppress(OSError):  # The handle by which the folder itself was read.
                os.close(other)


def _limit() -> None:
    # At the hard limit the kernel kills without saying why, so it lies above the one that is signalled.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1))
    for kind, most in (
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _answer(question: Any) -> bytes:
    """Call what the question names with the content that it carries. The answer is JSON, which runs nothing."""
    name_length, content_length = HEAD.unpack(question.read(HEAD.size))
    module, _, name = question.read(name_length).decode().partition(":")
    function = getattr(importlib.import_module(module), name)
    return json.dumps(function(question.read(content_length))).encode()


def _main() -> None:
    """Serve over the handle that the command line names, with the folders for imports that stand behind it."""
    handle, *sys.path[:] = json.loads(sys.argv[1])
    serve(handle)
