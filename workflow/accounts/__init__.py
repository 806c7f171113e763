"""Accounts: passwords, signing in, and what people set for themselves."""

from workflow.accounts import passwords, preferences, signing_in

__all__ = ["passwords", "preferences", "signing_in"]
