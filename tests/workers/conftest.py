import pytest

from tests.workers import stage
from workflow.storage.session import Database


@pytest.fixture
def database(database_url):
    """A small province with errands on either kind of database."""
    opened = Database(database_url)
    stage.build(opened)
    yield opened
    opened.close()
