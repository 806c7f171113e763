"""The PIN with which somebody without an account looks a case up: it stands on the receipt and nowhere else.

It is not stored: it is a keyed digest of the case and of how often it was given a new one. So it can be printed again,
and whoever has only the database cannot work it out. It has forty bits, and guesses are throttled by case and address.
"""

import hmac
from hashlib import sha256
from typing import Final

from workflow.canonical import canonical

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a digit, no U."""
LENGTH: Final = 8
_BITS: Final = 5
_PURPOSE: Final = "trinh/1/lookup"
_MISREAD: Final = str.maketrans("OIL", "011")


def pin_of(secret: str, case_id: int, renewals: int) -> str:
    """Return the PIN of a case as it is printed: `7F3K-92QD`."""
    message = canonical([_PURPOSE, case_id, renewals])
    bits = int.from_bytes(hmac.new(secret.encode(), message, sha256).digest()[: LENGTH * _BITS // 8], "big")
    letters = "".join(ALPHABET[bits >> _BITS * place & 31] for place in reversed(range(LENGTH)))
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def is_pin(typed: str, pin: str) -> bool:
    """Tell whether a PIN was typed, however it was spaced, in the same time for every wrong one."""
    return hmac.compare_digest(_bare(typed).encode(), _bare(pin).encode())


def _bare(typed: str) -> str:
    return "".join(letter for letter in typed.upper().translate(_MISREAD) if letter.isalnum())
