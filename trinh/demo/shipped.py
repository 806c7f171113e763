"""Reads the data files that ship with the demonstration: trees (YAML), rows (CSV) and texts in two languages.

Knows where the files lie, in a checkout and in an installed wheel, and nothing of what they mean.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from workflow.values import Text

DEFINITIONS = "definitions"
DEMO = "trinh.demo"


@cache
def read_tree(package: str, *path: str) -> Any:
    """Return a shipped YAML file as mappings, lists and scalars; shared, so not to be changed."""
    return yaml.safe_load(_text(package, path))


def read_rows(package: str, *path: str) -> list[dict[str, str]]:
    """Return a shipped CSV file as one mapping a row."""
    return list(csv.DictReader(_text(package, path).splitlines()))


def both(text: str) -> Text:
    """Split "vi | en"."""
    vi, en = text.split(" | ")
    return Text(vi.strip(), en.strip())


def read_bytes(package: str, *path: str) -> bytes:
    """Return a shipped file as it is."""
    place = files(package)
    for name in path:  # On Python 3.11 `joinpath` of a folder without __init__.py takes a single name.
        place = place.joinpath(name)
    return place.read_bytes()


def _text(package: str, path: tuple[str, ...]) -> str:
    return read_bytes(package, *path).decode()
