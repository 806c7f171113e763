"""The page of a case: its form, lists, asks, history and progress; a new one; its receipt."""

from web.case import ask_form, asking, form, new_case
from web.case.history_paper import history_pdf
from web.case.receipt import ReceiptPage

__all__ = ["ReceiptPage", "ask_form", "asking", "form", "history_pdf", "new_case"]
