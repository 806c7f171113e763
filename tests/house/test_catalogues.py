"""What is made from the catalogues is in step with them. (The tables: tests/storage/test_migrating.py.)"""

from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

CATALOGUES = sorted((ROOT / "web" / "translations").glob("*/LC_MESSAGES/*.po"))


def test_there_is_a_catalogue():
    assert CATALOGUES != []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_translates_every_message_and_doubts_none(catalogue):
    with catalogue.open("rb") as text:
        messages = [message for message in read_po(text) if message.id]
    assert [message.id for message in messages if message.fuzzy or not message.string] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_is_compiled_as_it_stands(catalogue):
    compiled = ROOT / "web" / "catalogues" / catalogue.relative_to(ROOT / "web" / "translations").with_suffix(".mo")
    wanted = BytesIO()
    with catalogue.open("rb") as text:
        write_mo(wanted, read_po(text))
    assert compiled.read_bytes() == wanted.getvalue()
