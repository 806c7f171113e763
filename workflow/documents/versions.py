"""Documents: papers of a case, each with its versions. Contents by hash on disk, names as people gave them.

Knows what may be handed over and by whom (the machine offers the field to them), not what a paper means: an act takes
a version into the case by its value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from os import SEEK_END
from secrets import token_urlsafe
from typing import BinaryIO, Final
from unicodedata import category, normalize

from workflow.cases import prepared_case, sight_of, writable
from workflow.errors import Invalid, NotAllowed, NotFound
from workflow.files import SUFFIXES, Blobs, TooLarge, media_type_of
from workflow.storage.queries import documents as rows
from workflow.storage.queries.cases import loaded_cases as records
from workflow.storage.queries.documents import VersionRow
from workflow.storage.session import Tx
from workflow.values import Case, Json

LIMIT_MEGABYTES: Final = 25
LIMIT: Final = LIMIT_MEGABYTES * 1024 * 1024
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Stored:
    """A file whose content is safely on disk, not yet a version of anything."""

    sha256: str
    size: int
    media_type: str
    name: str


def store(blobs: Blobs, stream: BinaryIO, name: str) -> Stored:
    """Keep the content of a file; outside of any transaction, for it may be long. Raises `Invalid` with the reason."""
    try:
        blob = blobs.write(stream, limit=LIMIT)
    except TooLarge as error:
        raise Invalid("file_too_large", size=_megabytes(stream), megabytes=LIMIT_MEGABYTES) from error
    with blobs.open(blob.sha256) as content:
        media_type = media_type_of(content)
    return Stored(blob.sha256, blob.size, media_type, display_name(name, media_type=media_type))


def _megabytes(stream: BinaryIO) -> int:
    """The size of a file in megabytes, rounded up: one that is a little too large is not called as large as allowed."""
    return -(-stream.seek(0, SEEK_END) // (1024 * 1024))


def upload(tx: Tx, code: str, field: str, stored: Stored, *, person_id: int, now: datetime) -> VersionRow:
    """Make a stored file the next version of a case's document; the same file handed in twice is one version.

    Raises `NotAllowed` where the field is not this person's to hand in now.
    """
    case, allowed = prepared_case(tx, code, person_id=person_id, now=now)
    if field not in allowed:
        raise NotAllowed("not_yours_to_prepare")
    latest = rows.find_latest(tx, case.id, field)
    if latest is not None and (latest.sha256, latest.name) == (stored.sha256, stored.name):
        return latest
    row = {
        "token": token_urlsafe(32),
        "sha256": stored.sha256,
        "name": stored.name,
        "media_type": stored.media_type,
        "size": stored.size,
        "uploaded_by": person_id,
    }
    return rows.add_version(tx, case.id, field, row)


def open_version(tx: Tx, token: str, *, person_id: int, now: datetime) -> VersionRow:
    """Find a version by its token for somebody who may see its case; raises `NotFound` for everybody else."""
    version = rows.find_version(tx, token)
    loaded = records.load(tx, version.case_code) if version is not None else None
    if version is None or loaded is None or not _may_open(tx, loaded.case, version, person_id=person_id, now=now):
        raise NotFound("document_missing")
    return version


def _may_open(tx: Tx, case: Case, version: VersionRow, *, person_id: int, now: datetime) -> bool:
    """Tell whether somebody sees the field that has the paper, in its case or in one that was opened with a copy."""
    sight = sight_of(tx, case, person_id, now=now)
    if sight is not None and version.field in sight.fields:
        # A draft's files are as private as its text.
        is_taken_in = version.token in rows.taken_in(tx, case.id)
        return is_taken_in or version.field in writable(tx, case.code, person_id=person_id, now=now)
    return any(
        (held := holding(copy, version.token))
        and (sight := sight_of(tx, copy, person_id, now=now)) is not None
        and held & sight.fields
        for copy in _opened_from(tx, case, {case.code})
    )


def _opened_from(tx: Tx, case: Case, known: set[str]) -> Iterator[Case]:
    """Go through the cases that were opened from a case, and from those in turn, each once."""
    for code in rows.cases_opened_from(tx, case.id):
        loaded = records.load(tx, code) if code not in known else None
        if loaded is not None:
            known.add(code)
            yield loaded.case
            yield from _opened_from(tx, loaded.case, known)


def holding(case: Case, token: str) -> frozenset[str]:
    """Name the fields of a case that hold a version, by its token."""
    fields = case.fields.items()
    return frozenset(name for name, value in fields if isinstance(value, dict) and value.get("token") == token)


def value_of(version: VersionRow) -> dict[str, Json]:
    """Return what a field holds of a version; number, date and signer of the paper are added by the form."""
    return {
        "document": version.document_id,
        "number": version.number,
        "token": version.token,
        "name": version.name,
        "sha256": version.sha256,
    }


def display_name(name: str, *, media_type: str) -> str:
    """Clean a name for showing: the last part of a path, NFC, no control characters, the ending of its kind."""
    last = re.split(r"[/\\]", normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if not category(letter).startswith("C")).rstrip(" .")
    suffixes = SUFFIXES[media_type]
    ending = next((suffix for suffix in suffixes if shown.casefold().endswith(suffix)), "")
    stem = shown[: len(shown) - len(ending)].strip(" .")
    return f"{(stem or 'tep')[:LONGEST_NAME]}{ending or suffixes[0]}"


def damaged(tx: Tx, blobs: Blobs) -> Iterator[str]:
    """Give the hash of every content that a version names and that is missing or changed on disk."""
    return (sha256 for sha256 in sorted(rows.digests(tx)) if not blobs.is_whole(sha256))
