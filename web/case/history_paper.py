"""The history of a case as a PDF: the words of its page, set by the layout of papers."""

import json
from pathlib import Path

from flask import current_app

from web.case import form
from web.case.page import CasePage
from workflow.errors import CaseNotFound
from workflow.typesetting import typeset


def history_pdf(page: CasePage) -> bytes:
    """Set the history of a case as its reader sees it; raises `CaseNotFound` for one who sees none of it."""
    if not page.view.entries:
        raise CaseNotFound(page.case.code)
    paper = json.loads(form.shown(page, "case/history.json"))
    return typeset(paper, fonts=Path(str(current_app.static_folder)) / "fonts")
