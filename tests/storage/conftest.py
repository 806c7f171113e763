import pytest

from tests.support import small_record
from workflow.storage.session import Database


@pytest.fixture
def database(database_url):
    """A small province on either kind of database."""
    opened = Database(database_url)
    with opened.writing() as tx:
        small_record.build(tx)
    yield opened
    opened.close()
