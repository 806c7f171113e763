"""Vietnamese text: what is equal in a search, what comes first in a list, what was typed in an old font.

Pure; imports nothing of the project. The rules are those of DOMAIN 6.2: `đ` has no decomposition, letters with a hook
or hat are letters of their own, tones decide only between words that are otherwise equal, names sort by given name.
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng; no tone comes before them all."""
_PRIMARY: Final = {letter: 0x40 + place for place, letter in enumerate(_LETTERS)}
_DIGIT, _SPACE, _SIGN, _FOREIGN = 0x20, 0x02, 0x04, 0xF0
_MARKED_LETTERS: Final = {"\u0306", "\u0302", "\u031b"}
"""Breve, circumflex and horn make another letter, not another tone."""

# Signs that TCVN3 fonts show as vowels, next to a letter, where no Vietnamese in Unicode has them.
_TCVN3_SIGN = re.compile(r"[A-Za-zÀ-ÿ][µ¸¶¹¨¾¼½ª¬·×÷©]|[µ¸¶¹¨¾¼½ª¬·×÷©®][a-zà-ÿ]")
_NOT_VIETNAMESE = re.compile(r"[ÆÇËÎÏÑØÜÞßäåæçëîïñøöûüþÄÅÖÛ]")
_ONLY_VIETNAMESE = re.compile(r"[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]")
_LEGACY_LETTERS_AT_LEAST = 2


def fold(text: str) -> str:
    """Return what a search compares: without case, marks and the bar of đ, spaces collapsed."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFC", text).casefold()
    bare = "".join(letter for letter in unicodedata.normalize("NFD", folded) if unicodedata.category(letter) != "Mn")
    return " ".join(bare.replace("đ", "d").split())


def slug(text: str) -> str:
    """Return an ASCII name for a file or an address."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> bytes:
    """Return bytes that sort as CLDR's `vi` does: letters, then tones, then case."""
    letters, tones, cases = bytearray(), bytearray(), bytearray()
    for letter, tone, upper in _clusters(text):
        letters += _weight(letter)
        tones.append(1 + tone)
        cases.append(1 + upper)
    return bytes(letters + b"\0" + tones + b"\0" + cases)


def name_sort_key(full_name: str) -> bytes:
    """Return bytes that sort people by given name (the last word), then family name, then middle names."""
    family, *middle, given = full_name.split() if len(full_name.split()) > 1 else ("", full_name.strip())
    return b"\0\0".join(sort_key(part) for part in (given, family, " ".join(middle)))


def looks_like_legacy_font(text: str) -> bool:
    """Say whether a text was written for a TCVN3 or VNI font, so that Unicode shows "Céng hoµ x· héi"."""
    if _TCVN3_SIGN.search(text):
        return True
    return len(_NOT_VIETNAMESE.findall(text)) >= _LEGACY_LETTERS_AT_LEAST and not _ONLY_VIETNAMESE.search(text)


def _clusters(text: str) -> list[tuple[str, int, bool]]:
    """Split into letters of the alphabet with their tone, and whether they are capitals."""
    clusters: list[tuple[str, int, bool]] = []
    for mark in unicodedata.normalize("NFD", text.strip()):
        if mark in _TONES and clusters:
            letter, _, upper = clusters[-1]
            clusters[-1] = (letter, _TONES[mark], upper)
        elif mark in _MARKED_LETTERS and clusters:
            letter, tone, upper = clusters[-1]
            clusters[-1] = (unicodedata.normalize("NFC", letter + mark), tone, upper)
        else:
            clusters.append((mark.lower(), 0, mark != mark.lower()))
    return clusters


def _weight(letter: str) -> bytes:
    if letter in _PRIMARY:
        return bytes((_PRIMARY[letter],))
    if letter.isspace():
        return bytes((_SPACE,))
    if "0" <= letter <= "9":
        return bytes((_DIGIT + int(letter),))
    kind = _FOREIGN if letter.isalpha() else _SIGN
    return bytes((kind,)) + b"".join(ord(part).to_bytes(3, "big") for part in letter)
