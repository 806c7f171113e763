"""The small province as a demonstration whose clock stands at 16 October 2017, with workers beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.days import Journey
from tests.machine.calendar_facts import hanoi
from tests.verbs import stage
from workers.letters.posting import Post
from workers.process import Workers
from workflow.files import Blobs
from workflow.installation import business_time
from workflow.storage.session import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def journey(database: Database, tmp_path: Path) -> Iterator[Journey]:
    with database.writing() as tx:
        business_time.mark_demo(tx, starts_at=hanoi("2017-10-16 07:30"))
        province = stage.build(tx)
    with Workers(database, post=Post("https://trinh.example")):
        yield Journey(database, province, Blobs(tmp_path / "documents"))
