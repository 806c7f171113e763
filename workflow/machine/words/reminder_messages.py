"""What is said to those who are asked once more for an answer, Vietnamese and English."""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_REMINDERS: Final = {
    "ballot": Text("Đề nghị bỏ phiếu", "Please vote"),
    "ballot_missing": Text(
        "Ông/bà chưa bỏ phiếu: {ask}. Đề nghị ông/bà bỏ phiếu.", "You have not voted yet: {ask}. Please vote."
    ),
    "reply": Text("Đề nghị trả lời", "Please answer"),
    "reply_missing": Text(
        "Ông/bà chưa trả lời: {ask}. Đề nghị ông/bà trả lời.", "You have not answered yet: {ask}. Please answer."
    ),
}

REMINDERS: Final = Catalogue(_REMINDERS)
