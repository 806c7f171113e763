"""What ships, put into the record: definitions, the calendar, regimes, roles and kinds of unit.

Knows the layout of `definitions/`. In a new database the system publishes the shipped definitions. Later a new file
becomes a draft, and a published file that has changed is an error, because what cases run on is never edited in place.
A file that says the same in the words of a later edition of the language has not changed.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from workflow import calendars
from workflow.definitions import parameters, publishing
from workflow.errors import DefinitionError
from workflow.exchange import MalformedVocabulary, Tree, read_regimes, tree
from workflow.machine.definition import is_same_law
from workflow.machine.loading import EDITION, loader, normalised
from workflow.organisation import duties
from workflow.storage import administration
from workflow.storage.queries import definitions as records
from workflow.storage.queries import settings
from workflow.storage.queries.organisation import people
from workflow.storage.queries.settings import RoleWord, Word
from workflow.storage.session import Tx
from workflow.values import Text

SEEN: Final = "shipped:"
"""Prefix of the settings that hold the hash of each shipped file as it was when the record took it over."""

SHIPPING_ACTS: Final = ("definition_published", "definition_drafted")
"""What shipping writes into the record of administrators' acts, in nobody's name."""

REGIMES: Final = "regimes.yaml"


@dataclass(frozen=True, slots=True)
class Shipment:
    """What a start did: definitions published into a new database, new files kept as drafts, files already known."""

    published: tuple[str, ...]
    drafted: tuple[str, ...]
    known: tuple[str, ...]


class ShippedFileChanged(DefinitionError):
    """A file that was published has another content now. A new version is a new file."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.code, self.facts = "shipped_file_changed", {"path": str(path)}


def ship(tx: Tx, folder: Path, *, now: datetime) -> Shipment:
    """Write into the record what is new in a folder that ships, without changing what the installation has edited."""
    ship_words(tx, folder, now=now)
    is_new = not settings.prefixed(tx, SEEN)
    published, drafted, known = [], [], []
    for path in sorted(folder.glob("*/v*.yaml"), key=_by_version):
        label = f"{path.parent.name}/{path.name}"
        text = normalised(path.read_bytes(), path=label)
        seen, digest = settings.find(tx, SEEN + label), hashlib.sha256(text.encode()).hexdigest()
        if seen is not None and seen != digest:
            _take_over(tx, path, text, seen=seen, now=now)
        if seen is not None:
            known.append(label)
        elif is_new:
            publishing.publish_shipped(tx, text, now=now, path=label)
            published.append(label)
        elif records.find_draft(tx, path.parent.name) is None:
            publishing.save_draft(tx, path.parent.name, text, person_id=None, now=now, seen=None)
            drafted.append(label)
        else:
            continue
        settings.put(tx, SEEN + label, digest)
    if settings.find(tx, duties.SETTING) is None:
        # A record of an earlier release: its definitions were published before their duty roles were written down.
        publishing.mark_duties(tx)
    return Shipment(tuple(published), tuple(drafted), tuple(known))


def _take_over(tx: Tx, path: Path, text: str, *, seen: str, now: datetime) -> None:
    """Accept a file that says in today's words what it said in those of an earlier edition of the language.

    What was published stays as it is, and so do its hash and the cases on it. A draft that nobody has touched since it
    was shipped follows its file. Raises `ShippedFileChanged` for a file that says something else than before.
    """
    name = path.parent.name
    definition = publishing.find_read(text, path=name)
    earlier = records.of_earlier_editions(tx, name, edition=EDITION)
    if definition and any(is_same_law(publishing.compiled(tx, text_hash), definition) for text_hash in earlier):
        return
    if records.find_current(tx, name) is not None:
        raise ShippedFileChanged(path)
    draft = records.find_draft(tx, name)
    if draft is not None and loader.hash_of(draft.text) == seen:
        publishing.save_draft(tx, name, text, person_id=None, now=now, seen=draft.version)


def is_all_there_is(tx: Tx) -> bool:
    """Whether the record holds what ships and nothing that anybody did."""
    return people.is_empty(tx) and not administration.any_but(tx, SHIPPING_ACTS)


def ship_words(tx: Tx, folder: Path, *, now: datetime) -> None:
    """Bring in what ships beside definitions: kinds of unit, roles, the calendar, regimes."""
    ship_vocabularies(tx, folder)
    calendars.ship(
        tx, _mapping(tree((folder / "calendar.yaml").read_bytes(), path="calendar.yaml"), folder / "calendar.yaml")
    )
    if (folder / REGIMES).exists():
        parameters.ship(tx, read_regimes((folder / REGIMES).read_bytes(), path=REGIMES), now=now)


def ship_vocabularies(tx: Tx, folder: Path) -> None:
    """Write the kinds of unit and the roles as they ship."""
    kinds_file, roles_file = folder / "kinds.yaml", folder / "roles.yaml"
    kinds = _mapping(tree(kinds_file.read_bytes(), path="kinds.yaml"), kinds_file)
    roles = _mapping(tree(roles_file.read_bytes(), path="roles.yaml"), roles_file)
    settings.put_kinds(tx, [Word(code, *_label(text, kinds_file, code)) for code, text in kinds.items()])
    words, places = [], {}
    for code, entry in roles.items():
        row = _mapping(entry, roles_file)
        words.append(RoleWord(code, *_label(row.get("label"), roles_file, code), str(row.get("sees", "own"))))
        places[code] = _codes(row.get("at"), roles_file, code)
        if unknown := sorted(set(places[code]) - kinds.keys()):
            raise MalformedVocabulary(roles_file, place=f"{code}.at: {unknown[0]}")
    settings.put_roles(tx, words, at=places)


def _by_version(path: Path) -> tuple[str, int]:
    number = path.stem.removeprefix("v")
    return path.parent.name, int(number) if number.isdigit() else 0


def _mapping(document: Tree, path: Path) -> dict[str, Tree]:
    if not isinstance(document, dict):
        raise MalformedVocabulary(path, place="{…}")
    return document


def _label(entry: Tree | None, path: Path, place: str) -> Text:
    parts = [part.strip() for part in entry.split("|")] if isinstance(entry, str) else []
    if len(parts) != len(Text._fields) or not all(parts):
        raise MalformedVocabulary(path, place=f"{place}: vi | en")
    return Text(*parts)


def _codes(entry: Tree | None, path: Path, place: str) -> tuple[str, ...]:
    if not isinstance(entry, list):
        raise MalformedVocabulary(path, place=f"{place}.at")
    return tuple(str(code) for code in entry)
