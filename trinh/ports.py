"""Where an installation listens: a socket taken before anything slow begins, so that nobody else gets the port.

Knows that a port which the operator named is the only one tried, while the preferred one may give way to the next.
"""

import errno
import socket
from collections.abc import Iterator
from typing import Final

from workflow.errors import WorkflowError

PREFERRED_PORT: Final = 8000
"""Where an embedded installation listens when nobody says where; the next free port if that is taken."""
BACKLOG: Final = 1024
_TRIED: Final = 100


class PortTaken(WorkflowError):
    """Another process listens at this port."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.code, self.facts = "port_taken", {"port": port}


class PortUnusable(WorkflowError):
    """The system does not let us listen there: not our address, or a port below 1024."""

    def __init__(self, host: str, port: int, problem: OSError) -> None:
        super().__init__(f"{host}:{port}: {problem}")
        self.code, self.facts = "port_unusable", {"host": host, "port": port, "problem": problem.strerror}


def listen(host: str, port: int | None) -> socket.socket:
    """Listen at a port, or at the first free one from the preferred one on. Raises `PortTaken`, `PortUnusable`."""
    for candidate in _candidates(port):
        taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        try:
            # A connection of the previous run that is still closing must not keep us from this port.
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind((host, candidate))
            taken.listen(BACKLOG)
        except OSError as problem:
            taken.close()
            if problem.errno != errno.EADDRINUSE:
                raise PortUnusable(host, candidate, problem) from problem
        else:
            return taken
    raise PortTaken(port or PREFERRED_PORT)


def _candidates(port: int | None) -> Iterator[int]:
    if port is not None:
        yield port
        return
    yield from range(PREFERRED_PORT, PREFERRED_PORT + _TRIED)
