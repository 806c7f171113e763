"""Cutting an expression into tokens. Knows the spelling of the language, no grammar."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from workflow.machine.expressions.faults import fault_at

MAX_LENGTH = 2_000
MAX_DIGITS = 18
"""Of a number, on either side of the point."""

Kind = Literal["name", "int", "decimal", "text", "sign", "end"]

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)(?![A-Za-z0-9_])
      | (?P<text>"(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
      | (?P<sign>&& | \|\| | == | != | <= | >= | [-+*<>!?:.,()\[\]])
      | (?P<absent>\?\? | [/%=&|])""",
    re.VERBOSE | re.ASCII,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n"}


class Token(NamedTuple):
    """One token and where it stands; of a text, `text` is what is meant, not what is written."""

    kind: Kind
    text: str
    start: int
    end: int


def tokens_of(source: str) -> Iterator[Token]:
    """Cut the source into tokens; the last one is of kind `end`."""
    if len(source) > MAX_LENGTH:
        raise fault_at(source, 0, "too_long", limit=MAX_LENGTH)
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if not match:
            raise _unreadable(source, offset)
        if match.lastgroup != "space":
            yield _token(source, match)
        offset = match.end()
    yield Token("end", "", len(source), len(source))


def _token(source: str, match: re.Match[str]) -> Token:
    start, end, written = match.start(), match.end(), match.group()
    if match.lastgroup == "absent":
        raise fault_at(source, start, "not_offered", found=written)
    if match.lastgroup == "number":
        if max(map(len, written.split("."))) > MAX_DIGITS:
            raise fault_at(source, start, "number_too_long", limit=MAX_DIGITS)
        return Token("decimal" if "." in written else "int", written, start, end)
    if match.lastgroup == "text":
        return Token("text", _meant(source, match), start, end)
    return Token("name" if match.lastgroup == "name" else "sign", written, start, end)


def _meant(source: str, match: re.Match[str]) -> str:
    for escape in _ESCAPE.finditer(source, match.start() + 1, match.end() - 1):
        if escape[1] not in _ESCAPES:
            raise fault_at(source, escape.start(), "bad_escape", found=escape[0])
    return _ESCAPE.sub(lambda escape: _ESCAPES[escape[1]], match.group()[1:-1])


def _unreadable(source: str, offset: int) -> Exception:
    character = source[offset]
    if character in "\"'":
        return fault_at(source, offset, "open_text", found=character)
    if character.isascii() and character.isdigit():
        return fault_at(source, offset, "bad_number")
    return fault_at(source, offset, "bad_character", found=character)
