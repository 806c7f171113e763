"""Documents of a case: handing one over, opening one."""

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
    "Stored",
    "damaged",
    "display_name",
    "open_version",
    "store",
    "upload",
    "value_of",
]
