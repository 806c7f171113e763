"""What an Office file would unpack to, read from the list of its entries before anything is unpacked."""

import io
import zipfile
from typing import Final

MAX_UNPACKED: Final = 50 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_ENTRIES: Final = 1_000


def archive_fault(content: bytes) -> str | None:
    """Say what is wrong with an archive, as a code of `error_messages`; None where it may be unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "file_unreadable"
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 1):
        return "file_too_complex"
    if any(entry.flag_bits & 1 for entry in entries):
        return "file_encrypted"
    return None
