"""Accounts: passwords, signing in, what people set for themselves, and forms kept when a session had ended."""

from workflow.accounts import kept_forms, passwords, preferences, signing_in

__all__ = ["kept_forms", "passwords", "preferences", "signing_in"]
