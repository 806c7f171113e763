"""What people call the fields that every definition has, Vietnamese and English."""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_FIELDS: Final = {
    "comment": Text("Ý kiến, lý do", "Comment, reason"),
}

FIELDS: Final = Catalogue(_FIELDS)
