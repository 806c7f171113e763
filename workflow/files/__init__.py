"""Contents of documents on disk, and what kind of file they are."""

from workflow.files.archives import archive_fault
from workflow.files.blobs import Blobs, TooLarge
from workflow.files.sniffing import SUFFIXES, media_type_of

__all__ = ["SUFFIXES", "Blobs", "TooLarge", "archive_fault", "media_type_of"]
