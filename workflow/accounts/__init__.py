"""Accounts: passwords, signing in, how often somebody may guess, and what people set for themselves."""

from workflow.accounts import passwords, preferences, signing_in, throttles

__all__ = ["passwords", "preferences", "signing_in", "throttles"]
