"""Accounts: passwords, signing in, and how often somebody may guess."""

from workflow.accounts import passwords, signing_in, throttles

__all__ = ["passwords", "signing_in", "throttles"]
