"""The page of a case: its form, lists, asks, history and progress."""

from web.case import ask_form, asking, form

__all__ = ["ask_form", "asking", "form"]
