"""The text of Word and Excel files for reading beside a case, or the reason why there is none.

Knows which kinds of file have a text to show; the file itself is read by a child process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from workflow.child import ChildBusy, ChildError, OutOfCpu, OutOfMemory, OutOfTime, ask
from workflow.errors import Invalid
from workflow.files import DOCX, XLSX, Blobs, word_text, workbook_text
from workflow.storage.queries.documents import VersionRow
from workflow.values import Json

_READERS: Final[dict[str, Callable[[bytes], Json]]] = {DOCX: word_text, XLSX: workbook_text}


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a heading, or a table of texts."""

    kind: Literal["text", "heading", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperText:
    """What a file says, as far as it is shown; `cut`: there is more in the file."""

    blocks: tuple[TextBlock, ...]
    cut: bool


def has_text(media_type: str) -> bool:
    """Tell whether a file of this kind is shown by its text."""
    return media_type in _READERS


def text_of(blobs: Blobs, version: VersionRow) -> PaperText:
    """Read the text of a Word or Excel file. Raises `Invalid` with the reason, and `ChildBusy`."""
    with blobs.open(version.sha256) as content:
        whole = content.read()
    try:
        answer: Any = ask(_READERS[version.media_type], whole)
    except ChildBusy:
        raise
    except (OutOfMemory, OutOfCpu, OutOfTime) as error:
        raise Invalid("file_too_complex") from error
    except ChildError as error:
        raise Invalid("file_unreadable") from error
    if "fault" in answer:
        raise Invalid(str(answer["fault"]))
    return PaperText(tuple(_block(block) for block in answer["blocks"]), bool(answer["cut"]))


def _block(block: Any) -> TextBlock:
    rows = tuple(tuple(str(cell) for cell in row) for row in block.get("rows", ()))
    return TextBlock(block["kind"], str(block.get("text", "")), rows)
