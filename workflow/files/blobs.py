"""Contents of documents on disk, each under the SHA-256 of its bytes: written once, never changed, read back whole.

Knows files, no case and no right; a name that people gave is never used as a path.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

CHUNK: Final = 1 << 18
_DIGEST_LENGTH: Final = 64


class SupportsWrite(Protocol):
    def write(self, content: bytes, /) -> int: ...


class TooLarge(ValueError):
    """A content is longer than it may be."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A content that is safely on disk."""

    sha256: str
    size: int


class Blobs:
    """The contents in one folder, spread over 256 subfolders by the first two digits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, stream: BinaryIO, *, limit: int) -> Blob:
        """Store a content; it is on disk, whole and under its name, when this returns. Raises `TooLarge`."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="new-", delete=False) as new:
            path = Path(new.name)
            try:
                blob = _copy(stream, new, limit=limit)
                new.flush()
                os.fsync(new.fileno())
                self._keep(path, blob)
            finally:
                path.unlink(missing_ok=True)
        return blob

    def open(self, sha256: str) -> BinaryIO:
        """Open a content for reading."""
        return self.path(sha256).open("rb")

    def path(self, sha256: str) -> Path:
        """Return where a content lies."""
        if len(sha256) != _DIGEST_LENGTH or not sha256.isalnum():
            raise ValueError(f"{sha256!r} is no digest")
        return self.folder / sha256[:2] / sha256

    def is_whole(self, sha256: str) -> bool:
        """Say whether a content is there and has the hash it is called by."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == sha256

    def _keep(self, new: Path, blob: Blob) -> None:
        place = self.path(blob.sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        if place.exists():
            return
        new.rename(place)
        for folder in (place.parent, self.folder):
            _sync(folder)


def _copy(stream: BinaryIO, new: SupportsWrite, *, limit: int) -> Blob:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        new.write(chunk)
    return Blob(digest.hexdigest(), size)


def _sync(folder: Path) -> None:
    # A rename is only on disk when its folder is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
