"""What is made from the catalogues is in step with them. (The tables: tests/storage/test_migrating.py.)"""

import pytest
from babel.messages.mofile import read_mo
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
    with catalogue.open("rb") as text, compiled.open("rb") as made:
        wanted, found = read_po(text), read_mo(made)
    # Not the bytes: a compiled catalogue is dated, its messages are not.
    assert messages(found) == messages(wanted)


def messages(catalogue):
    return {tuple([it.id] if isinstance(it.id, str) else it.id): list(it.string) for it in catalogue if it.id}
