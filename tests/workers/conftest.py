import pytest

from tests.support import errand_cases
from workflow.storage.session import Database


@pytest.fixture
def database(database_url):
    """A small province with errands on either kind of database."""
    opened = Database(database_url)
    errand_cases.build(opened)
    yield opened
    opened.close()
