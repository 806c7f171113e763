"""Passwords: which are good enough, and their hashes (argon2id, 19 MiB, two passes, one lane; about 40 ms).

Knows nobody's account. Checking a password takes equally long whether or not there is a hash to compare it with. Never
hash inside a write transaction, where 40 ms would hold everybody up.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow.errors import Invalid
from workflow.vietnamese import fold

SHORTEST: Final = 8
LONGEST: Final = 128
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_COMMON: Final = Path(__file__).with_name("common_passwords.txt")


def hashed(password: str, *, username: str) -> str:
    """Hash a password that is good enough; raises `Invalid` for one that is not."""
    if len(password) < SHORTEST:
        raise Invalid("password_too_short", field="password", shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("password_too_long", field="password", longest=LONGEST)
    if fold(password).replace(" ", "") in _common() or fold(username) in fold(password):
        raise Invalid("password_too_common", field="password")
    return _HASHER.hash(password)


def hashed_as_given(password: str) -> str:
    """Hash a password however weak it is: the one that an operator chose for a demonstration."""
    return _HASHER.hash(unicodedata.normalize("NFC", password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether a password belongs to a hash; without a hash it is False and takes as long."""
    try:
        _HASHER.verify(password_hash or _dummy(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _dummy() -> str:
    return _HASHER.hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text("utf-8").split())
