"""An empty database of either kind, and one with the small province of `stage` in it."""

from collections.abc import Iterator

import pytest

from tests.verbs import stage
from tests.verbs.stage import Stage
from workflow.storage.session import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def province(database: Database) -> Stage:
    with database.writing() as tx:
        return stage.build(tx)
