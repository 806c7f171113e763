"""Plays the demonstration and what follows it on both databases, and freezes the two records.

    python -m tests.records.make FOLDER

Letters and jobs that are done are left out: they are a third of the text and no part of what history proves.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.records import aftermath
from tests.records.decisions import decisions
from tests.records.frozen import KEY, connected, freeze, write_packed
from tests.servers.postgres import PostgresServer, postgres_programs
from trinh.demo import playing, stage
from workers.letters.posting import Post
from workflow.audit import audits
from workflow.canonical import canonical
from workflow.files import Blobs
from workflow.storage import migrating
from workflow.storage.session import Database

POST: Final = Post("https://trinh.example")
PASSWORD: Final = "chi-de-thu-ho-so-2017"


def make(folder: Path) -> None:
    """Write the two records, their checkpoints, and what is decided on them."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name, PostgresServer() as server:
        place = Path(name)
        programs = postgres_programs(place)
        with server.fresh_database(template="template1") as postgresql_url:
            for url in (f"sqlite:///{place / 'trinh.sqlite3'}", postgresql_url):
                migrating.migrate(url)
                _play(url, place, folder)
                with connected(url) as link:
                    link.execute("DELETE FROM letter")
                    link.execute("DELETE FROM job WHERE state = 'done'")
                    link.commit()
                freeze(url, folder, programs=programs)


def _play(url: str, place: Path, folder: Path) -> None:
    blobs = Blobs(place)
    with _opened(url) as database:
        playing.load(database, blobs, seed=playing.SEED, password=PASSWORD, post=POST, tell=lambda _: None)
        with database.writing() as tx:
            now = aftermath.play(tx, stage.stored_papers(blobs), POST, seed=playing.SEED)
        with database.writing() as tx:
            write_packed(folder / f"{database.dialect}.checkpoint.json.xz", audits.checkpoint(tx, KEY))
        with database.reading() as tx:
            decided = decisions(tx, now=now)
    # Both databases decide alike, so the second writes what the first did; the test holds each of them to it.
    write_packed(folder / "decisions.json.xz", canonical(decided).decode())


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
