"""Proof that a form came from our own page: the session's token, or before signing in a signed cookie's.

A request that a browser marks as coming from another site is turned away even with a token.
"""

import hmac
import secrets
from hashlib import sha256

from flask import Flask, Response, abort, current_app, g, request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_COOKIE = "trinh_form"
FIELD = "form_token"
HEADER = "X-Form-Token"
_SAME_SITE = frozenset({"same-origin", "none"})


def token() -> str:
    """The token that this page's forms must carry."""
    if g.visitor is not None:
        return str(g.visitor.csrf)
    if "form_seed" not in g:
        g.form_seed = _seed_of_cookie() or secrets.token_urlsafe(24)
    return _signed(g.form_seed)


def install(app: Flask) -> None:
    """Check every request that may change something, after the visitor is known."""

    @app.before_request
    def refuse_forged() -> None:
        if request.method in SAFE:
            return
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in _SAME_SITE:
            abort(403)
        shown = request.headers.get(HEADER) or request.form.get(FIELD, "")
        if not hmac.compare_digest(shown.encode(), _expected().encode()):
            abort(400)

    @app.after_request
    def remember_seed(response: Response) -> Response:
        if "form_seed" in g:
            secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
            response.set_cookie(_cookie_name(), g.form_seed, secure=secure, httponly=True, samesite="Lax")
        return response


def _expected() -> str:
    if g.visitor is not None:
        return str(g.visitor.csrf)
    seed = _seed_of_cookie()
    return _signed(seed) if seed else secrets.token_urlsafe(24)


def _seed_of_cookie() -> str | None:
    return request.cookies.get(_cookie_name()) or None


def _signed(seed: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"form/1" + seed.encode(), sha256).hexdigest()


def _cookie_name() -> str:
    """Bound to the host where TLS makes that possible: no other host of the domain can plant one."""
    return f"__Host-{_COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else _COOKIE
