"""Contents of documents on disk, what kind of file they are, and what Office files say."""

from workflow.files.archives import archive_fault
from workflow.files.blobs import Blobs, TooLarge
from workflow.files.office_text import word_text, workbook_text
from workflow.files.sniffing import DOCX, JPEG, PDF, PNG, SUFFIXES, XLSX, media_type_of

__all__ = [
    "DOCX",
    "JPEG",
    "PDF",
    "PNG",
    "SUFFIXES",
    "XLSX",
    "Blobs",
    "TooLarge",
    "archive_fault",
    "media_type_of",
    "word_text",
    "workbook_text",
]
