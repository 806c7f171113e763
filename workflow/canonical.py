"""The bytes that are hashed: canonical JSON (RFC 8785 without floats, texts in NFC) and the links of a hash chain.

Pure; imports nothing of the project but the type of JSON.
"""

import hashlib
import json
from typing import Final
from unicodedata import is_normalized

import orjson

from workflow.values import Json

LARGEST: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly."""
FIRST_BEYOND_SURROGATES: Final = "\ue000"
"""RFC 8785 sorts names by UTF-16 code units; from here on that is not the order of Python's strings."""
CASES: Final = "trinh/1"
ADMINISTRATION: Final = "trinh/1/administration"
CHECKPOINTS: Final = "trinh/1/checkpoint"
"""The name of its chain comes first in every hash, so that no link of one chain can pass for a link of another."""


_SORTS_OTHERWISE: Final = bytes(range(FIRST_BEYOND_SURROGATES.encode()[0], 0x100))
"""First bytes, in UTF-8, of that character and all after it: a name that holds one may sort differently by UTF-16."""
_STRICTLY: Final = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
"""Names by code point; no integer beyond 2^53."""

_by_code_point = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True).encode
_as_it_comes = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class NotCanonical(ValueError):
    """A value that history cannot hold: a float, a text that is not NFC, a number beyond 2^53, a lone surrogate."""


def _refuse_float(text: str) -> float:
    raise NotCanonical(f"{text} is a float")


_read = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float).decode


def canonical(value: Json) -> bytes:
    """Write JSON in its one canonical form, in UTF-8; raises `NotCanonical` for what has none here."""
    return _find_plain(value) or _with_care(value)


def _find_plain(value: Json) -> bytes | None:
    """Write a value whose text by orjson is canonical already; None where each part must be checked.

    Reading the text back shows what JSON would have changed: a tuple, a float, an instant. Every act passes here.
    """
    try:
        written = orjson.dumps(value, option=_STRICTLY)
        text = written.decode()
        same = _read(text) == value
    except (TypeError, ValueError):
        return None
    sorts_alike = len(written.translate(None, _SORTS_OTHERWISE)) == len(written)
    return written if same and (text.isascii() or (sorts_alike and is_normalized("NFC", text))) else None


def _with_care(value: Json) -> bytes:
    text = _by_code_point(value) if _sorts_by_code_point(value) else _as_it_comes(_sorted(value))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate") from error


def link_hash(chain: str, *parts: int | str | bytes) -> str:
    """Hash one link: SHA-256 over the chain's name and each part, with its length in eight bytes before each.

    For a case the parts are its id, the entry's number, the hash before ("" for the first) and the body; numbers are
    written in decimal, texts in UTF-8. The lengths keep two different links from being the same bytes.
    """
    written = [part if isinstance(part, bytes) else str(part).encode() for part in (chain, *parts)]
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in written)).hexdigest()


def _sorts_by_code_point(value: Json) -> bool:
    """Refuse what has no canonical form; say whether Python's order of strings is that of RFC 8785 for all names."""
    alike = True
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            _require_normal(item)
        elif isinstance(item, dict):
            for name in item:
                _require_normal(name)
                alike = alike and (name.isascii() or max(name) < FIRST_BEYOND_SURROGATES)
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, int):
            if not -LARGEST <= item <= LARGEST:
                raise NotCanonical(f"{item} is beyond 2^53")
        elif item is not None:
            raise NotCanonical(f"{type(item).__name__} has no canonical form")
    return alike


def _sorted(value: Json) -> Json:
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return {name: _sorted(value[name]) for name in names}
    return value


def _require_normal(text: str) -> None:
    if not text.isascii() and not is_normalized("NFC", text):
        raise NotCanonical(f"{text!r} is not NFC")
