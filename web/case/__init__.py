"""The page of a case: its form, lists, asks, history and progress."""

from web.case import ask_form, form

__all__ = ["ask_form", "form"]
