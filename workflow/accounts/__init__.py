"""Accounts: passwords, and signing in."""

from workflow.accounts import passwords, signing_in

__all__ = ["passwords", "signing_in"]
