"""Accounts: passwords, links, signing in, letters about them, what people set for themselves, forms kept for them."""

from workflow.accounts import (
    account_letters,
    choosing_passwords,
    kept_forms,
    one_time_links,
    passwords,
    preferences,
    signing_in,
    throttles,
)
from workflow.accounts.account_letters import AccountLetter

__all__ = [
    "AccountLetter",
    "account_letters",
    "choosing_passwords",
    "kept_forms",
    "one_time_links",
    "passwords",
    "preferences",
    "signing_in",
    "throttles",
]
