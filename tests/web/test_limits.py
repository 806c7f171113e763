"""How many rows a page may read is a number in the text of the statement: PostgreSQL plans for it."""

import re

import pytest

from tests.support.site import Site
from workflow.storage.statements import dialects

LIMIT = re.compile(r"\bLIMIT\s+(\S+)", re.IGNORECASE)


@pytest.fixture
def kind() -> str:
    """Only PostgreSQL keeps what it was asked."""
    return "postgresql"


def test_no_limit_is_a_parameter(site: Site):
    admin = site.visitor("admin")
    addresses = [str(rule) for rule in site.app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    case = f"/cases/{site.case_of('14437')}"
    for address in (*addresses, "/cases?words=cuc&before=999", case):
        for _ in range(3):
            admin.answer(address)
    with site.database.reading() as tx, tx.driver() as link:
        prepared = [text for (text,) in link.execute("SELECT statement FROM pg_prepared_statements")]
    limits = {found for text in prepared for found in LIMIT.findall(text)}
    assert len(limits) > 3
    assert {found for found in limits if not found.rstrip(")").isdecimal()} == set()


@pytest.mark.parametrize("wrong", ["1; DROP TABLE person", "many", None])
def test_a_limit_is_a_whole_number_or_nothing_is_asked(wrong: object):
    with pytest.raises((TypeError, ValueError)):
        dialects.at_most(wrong)
