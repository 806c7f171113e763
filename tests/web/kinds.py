"""For tests about pages and not about what is kept: on PostgreSQL as well only in the long run."""

import pytest


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    chosen: str = request.param
    return chosen
