"""Documents of a case: handing one over, opening one, what it says, who has read it."""

from workflow.documents import viewings
from workflow.documents.reading import PaperText, TextBlock, has_text, text_of
from workflow.documents.versions import (
    LIMIT,
    LIMIT_MEGABYTES,
    Stored,
    damaged,
    display_name,
    open_version,
    store,
    upload,
    value_of,
)

__all__ = [
    "LIMIT",
    "LIMIT_MEGABYTES",
    "PaperText",
    "Stored",
    "TextBlock",
    "damaged",
    "display_name",
    "has_text",
    "open_version",
    "store",
    "text_of",
    "upload",
    "value_of",
    "viewings",
]
