"""A transaction pooler as offices run one before PostgreSQL: every transaction goes to the next server connection.

It passes messages on as they are, so that what one client prepares stays on a connection that others get, too. It is a
process of its own: a driver that waits for its answer may keep this process from giving it.
"""

import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import sleep

START_PAUSE_SECONDS, PATIENCE_SECONDS = 0.02, 10
SOCKET = ".s.PGSQL.5432"
ENDS_A_TURN = b"SQ"
KEY, READY, GOODBYE, IDLE = b"K", b"Z", b"X", b"I"


@contextmanager
def pooled(server: Path, folder: Path) -> Iterator[None]:
    """Let a pooler listen in a folder for the server that listens in another, until the block ends."""
    process = subprocess.Popen([sys.executable, __file__, str(server), str(folder)])
    try:
        while not (folder / SOCKET).exists():
            assert process.poll() is None
            sleep(START_PAUSE_SECONDS)
        yield
    finally:
        process.kill()
        process.wait()


class Pooler:
    def __init__(self, server: Path, folder: Path) -> None:
        self._server = server / SOCKET
        self._free: SimpleQueue[socket.socket] = SimpleQueue()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET))
        self._listener.listen()

    def run(self) -> None:
        while True:
            client, _ = self._listener.accept()
            client.settimeout(PATIENCE_SECONDS)
            Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        # Nobody may wait for an answer of a client's that is gone.
        with suppress(OSError), client:
            self._begin(client)
            while True:
                self._turn(client)

    def _begin(self, client: socket.socket) -> None:
        """Open a server connection in the client's name; what it answers goes to the client but for the process."""
        server = socket.socket(socket.AF_UNIX)
        server.settimeout(PATIENCE_SECONDS)
        server.connect(str(self._server))
        length = received(client, 4)
        server.sendall(length + received(client, struct.unpack("!I", length)[0] - 4))
        for kind, body in messages(server):
            process, rest = body[:4], body[4:]
            told = struct.pack("!I", struct.unpack("!I", process)[0] + 1) if kind == KEY else process
            send(client, kind, told + rest)
        self._free.put(server)

    def _turn(self, client: socket.socket) -> None:
        """Pass on one transaction."""
        waiting = message(client)
        if waiting[0] == GOODBYE:
            raise ConnectionError
        server = self._free.get()
        status = b""
        while status != IDLE:
            kind, body = waiting or message(client)
            waiting = None
            send(server, kind, body)
            if kind in ENDS_A_TURN:
                for answer, told in messages(server):
                    send(client, answer, told)
                    status = told
        self._free.put(server)


def messages(link: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """Read up to the one that says that the server is ready."""
    kind = b""
    while kind != READY:
        kind, body = message(link)
        yield kind, body


def message(link: socket.socket) -> tuple[bytes, bytes]:
    head = received(link, 5)
    return head[:1], received(link, struct.unpack("!I", head[1:])[0] - 4)


def received(link: socket.socket, length: int) -> bytes:
    parts = b""
    while len(parts) < length:
        part = link.recv(length - len(parts))
        if not part:
            raise ConnectionError
        parts += part
    return parts


def send(link: socket.socket, kind: bytes, body: bytes) -> None:
    link.sendall(kind + struct.pack("!I", len(body) + 4) + body)


if __name__ == "__main__":
    Pooler(Path(sys.argv[1]), Path(sys.argv[2])).run()
