"""What was shipped once is never edited: each version of a definition has the text that it was published with.

`published.txt` holds a line for each file: the SHA-256 of its normalised text, and its path under `definitions/`. A new
version is a new file and a new line; a line that is there is never changed.
"""

from hashlib import sha256

import pytest

from tests.house.tree import ROOT
from workflow.machine.loading import normalised

DEFINITIONS = ROOT / "definitions"
PUBLISHED = dict(
    reversed(line.split("  ")) for line in (ROOT / "tests/definitions/published.txt").read_text("utf-8").splitlines()
)


def test_every_version_that_ships_is_among_the_published():
    shipped = {str(path.relative_to(DEFINITIONS)) for path in DEFINITIONS.glob("**/v*.yaml")}
    assert shipped == PUBLISHED.keys()
    assert len(shipped) >= 22


@pytest.mark.parametrize("path", PUBLISHED)
def test_a_published_version_has_its_text(path):
    text = normalised((DEFINITIONS / path).read_bytes(), path=path)
    assert sha256(text.encode()).hexdigest() == PUBLISHED[path], "publish a new version instead of editing this one"
