"""The bytes that are hashed: canonical JSON (RFC 8785 without floats, texts in NFC) and the links of a hash chain.

Pure; imports nothing of the project but the type of JSON. Called by `histories`, `admin_acts` and whoever compares two
values by their text.
"""

import hashlib
import json
from typing import Final
from unicodedata import is_normalized

from workflow.values import Json

LARGEST: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly."""
CASES: Final = "trinh/1"
ADMINISTRATION: Final = "trinh/1/administration"
CHECKPOINTS: Final = "trinh/1/checkpoint"
"""What a hash is about comes first in it, so that no link of one chain is one of another."""


class NotCanonical(ValueError):
    """A value that history cannot hold: a float, a text that is not NFC, a number beyond 2^53, a lone surrogate."""


def canonical(value: Json) -> str:
    """Write JSON in its one canonical form; raises `NotCanonical` for what has none here."""
    text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate") from error
    return text


def link_hash(chain: str, *parts: int | str) -> str:
    """Hash one link: SHA-256 over the chain's name and each part, every one after its length in eight bytes.

    For a case the parts are its id, the entry's number, the hash before ("" for the first) and the body; numbers are
    written in decimal, texts in UTF-8. The lengths keep two different links from being the same bytes.
    """
    found = hashlib.sha256()
    for part in (chain, *parts):
        written = str(part).encode()
        found.update(len(written).to_bytes(8, "big"))
        found.update(written)
    return found.hexdigest()


def _ordered(value: Json) -> Json:
    if isinstance(value, str):
        return _normal(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical(f"{value} is beyond 2^53")
        return value
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if isinstance(value, dict):
        # RFC 8785 sorts by UTF-16 code units, which Python's own order of strings is not.
        names = sorted(value, key=lambda name: _normal(name).encode("utf-16-be", "surrogatepass"))
        return {name: _ordered(value[name]) for name in names}
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _normal(text: str) -> str:
    if not is_normalized("NFC", text):
        raise NotCanonical(f"{text!r} is not NFC")
    return text
