"""What was typed when a session had ended: sealed, kept for a while, and put back into the form after signing in.

Knows which inputs may be kept: those of a case and its remarks, never an answer to an ask, a count of papers, a
password or a file. The key comes from the installation's secret.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app, request
from werkzeug.datastructures import ImmutableMultiDict

from web.forgery import FIELD
from workflow.values import ANSWER, COUNT

KEPT: Final = "kept"
"""The name under which the token of a kept form comes with an address or a form."""
LONGEST: Final = 256 * 1024
"""The most bytes of a form that are kept."""
_CASES: Final = "/cases/"
_NEVER: Final = ("answer", ANSWER, COUNT, "count", "fill", "password")
_FRESH: Final = frozenset({FIELD, "request_key"})
"""What a page makes anew each time."""


def sealed_form() -> str | None:
    """Seal what this request would have sent; None where it is no form of a case, says how to vote, or is too large."""
    path = request.path
    if not path.startswith(_CASES) or f"/{ANSWER}" in path or f"/{COUNT}" in path:
        return None
    inputs = [[name, text] for name, text in request.form.items(multi=True) if _may_be_kept(name)]
    typed = json.dumps({"path": path, "inputs": inputs}, ensure_ascii=False).encode()
    return _seal().encrypt(typed).decode() if len(typed) <= LONGEST else None


def put_back(sealed: str, path: str) -> bool:
    """Make this request hold what was typed, as if it had just come; False where the seal does not hold."""
    try:
        typed: Mapping[str, object] = json.loads(_seal().decrypt(sealed.encode()))
    except InvalidToken:
        return False
    if typed["path"] != path:
        return False
    # Werkzeug reads a form and its files once and keeps them as attributes of the request.
    request.files = ImmutableMultiDict()
    request.form = ImmutableMultiDict([(name, text) for name, text in typed["inputs"]])  # type: ignore[attr-defined]
    return True


def _may_be_kept(name: str) -> bool:
    return name not in _FRESH and not name.startswith(_NEVER)


def _seal() -> Fernet:
    key = sha256(b"kept-form/1" + str(current_app.config["SECRET_KEY"]).encode()).digest()
    return Fernet(urlsafe_b64encode(key))
