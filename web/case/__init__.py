"""The page of a case: its form, lists, asks, history and progress."""

from web.case import ask_form, asking, form, new_case

__all__ = ["ask_form", "asking", "form", "new_case"]
