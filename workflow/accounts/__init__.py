"""Accounts: passwords, signing in, and what was typed when a session had ended."""

from workflow.accounts import kept_forms, passwords, signing_in

__all__ = ["kept_forms", "passwords", "signing_in"]
