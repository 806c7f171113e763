"""Accounts: passwords, signing in, how often one may guess, what people set for themselves, forms kept for them."""

from workflow.accounts import kept_forms, passwords, preferences, signing_in, throttles

__all__ = ["kept_forms", "passwords", "preferences", "signing_in", "throttles"]
