"""What a file is by its bytes, whatever it is called: the few kinds that documents may be, and why others may not.

Pure. Nothing is unpacked: of an archive only the list of its entries is read.
"""

import zipfile
from typing import BinaryIO, Final

from workflow.errors import Invalid

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
SUFFIXES: Final = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
"""The kinds allowed and what their names end in; the first ending is added where it is missing."""

_MAGIC: Final = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_ARCHIVE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PART: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MOST_ENTRIES: Final = 5_000
_MACROS: Final = "vbaproject.bin"
_HEAD: Final = 16
_HEIC: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim")
"""What phones write at the beginning of a photograph: no browser but Safari shows it, so nobody could review it."""


def media_type_of(content: BinaryIO) -> str:
    """Return the kind of a file; raises `Invalid` with the reason where it is none of those allowed."""
    head = content.read(_HEAD)
    if not head:
        raise Invalid("file_empty")
    if head.startswith(_OLD_OFFICE):
        raise Invalid("file_old_office")
    if head.startswith(_ARCHIVE):
        return _office(content)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise Invalid("file_heic")
    media_type = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if media_type is None:
        raise Invalid("file_kind")
    return media_type


def _office(content: BinaryIO) -> str:
    content.seek(0)
    try:
        names = [entry.filename for entry in zipfile.ZipFile(content).infolist()]
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Invalid("file_damaged") from error
    if any(name.casefold().endswith(_MACROS) for name in names):
        raise Invalid("file_with_macros")
    kinds = {_MAIN_PART[name] for name in names if name in _MAIN_PART}
    if len(names) > _MOST_ENTRIES or len(kinds) != 1 or "[Content_Types].xml" not in names:
        raise Invalid("file_kind")
    return kinds.pop()
