"""Vietnamese text: what is equal in a search, what comes first in a list, what was typed in an old font.

Pure; imports nothing of the project. The rules are those of DOMAIN 6.2: `đ` has no decomposition, letters with a hook
or hat are letters of their own, tones decide only between words that are otherwise equal, names sort by given name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

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

LONGEST_WORD: Final = 48
"""The most characters of a word that a search compares."""
_WORDS_KEPT: Final = 32_768
_SIGNS_INSIDE = re.compile(r"[^\W_]+")


class FoldedWord(NamedTuple):
    """A word as a search compares it: folded, and with its marks, which is empty where it has none.

    `marked` is the tone (a digit) before the letters, so that "hòa" and "hoà" are one word.
    """

    folded: str
    marked: str


def fold(text: str) -> str:
    """Return what a search compares: without case, marks and the bar of đ, spaces collapsed."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFC", text).casefold()
    bare = "".join(letter for letter in unicodedata.normalize("NFD", folded) if unicodedata.category(letter) != "Mn")
    return " ".join(bare.replace("đ", "d").split())


def words_in(text: str) -> Iterator[FoldedWord]:
    """Return the words of a text; what has digits and signs within (21/KH-UBND) is one word, and its parts are words.

    A text may be in any normal form of Unicode.
    """
    for token in unicodedata.normalize("NFC", text).split():
        parts = _SIGNS_INSIDE.findall(token)
        if is_number_like(token):
            yield _word(token[token.index(parts[0]) : token.rindex(parts[-1]) + len(parts[-1])])
        yield from map(_word, parts)


def words_asked(text: str) -> Iterator[FoldedWord]:
    """Return the words that somebody looks for: a number of a paper, a code or a day is one word."""
    for token in unicodedata.normalize("NFC", text).split():
        words = list(words_in(token))
        yield from words[:1] if is_number_like(token) else words


def is_number_like(token: str) -> bool:
    """Say whether a token is written like a number of a paper, a code or a day: with digits, and signs between them."""
    return len(_SIGNS_INSIDE.findall(token)) > 1 and any(sign.isdigit() for sign in token)


@lru_cache(_WORDS_KEPT)
def _word(token: str) -> FoldedWord:
    if token.isascii():
        return FoldedWord(token.lower()[:LONGEST_WORD], "")
    letters, tone = "", 0
    for letter, sign, _ in _clusters(token.casefold()):
        letters, tone = letters + letter, sign or tone
    folded = fold(token)[:LONGEST_WORD]
    marked = f"{tone}{letters}"[:LONGEST_WORD]
    return FoldedWord(folded, "" if marked == f"0{folded}" else marked)


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
