"""The files a definition comes in: its text, the walks beside it, and the calendar and roles that ship.

Knows where they lie and how large they may be, not what they mean.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, cast

import click

from trinh.terminal import Terminal
from workflow.exchange import Tree, read_regimes, tree
from workflow.machine.calendar import Calendar, calendar_of
from workflow.machine.definition import Definition, DefinitionFaults
from workflow.machine.loading import loader
from workflow.values import Figure, Text

LARGEST: Final = 1024 * 1024
"""In bytes, more than any definition may have; a larger file is not read."""
FILE: Final = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
NEW_FILE: Final = click.Path(dir_okay=False, writable=True, path_type=Path)
_WALKS: Final = "walks.yaml"
_REGIMES: Final = "regimes.yaml"
_VERSION: Final = re.compile(r"v(\d+)\.yaml")


def definitions_folder() -> Path:
    """The folder of what ships, in a checkout and in an installed wheel."""
    return Path(str(files("definitions").joinpath("roles.yaml"))).parent


def read(terminal: Terminal, path: Path) -> bytes:
    """Read a file that is not too large to be what it should be."""
    if path.stat().st_size > LARGEST:
        terminal.fail("file_over_limit", path=path, most=LARGEST // 1024 // 1024)
    return path.read_bytes()


def walks_beside(path: Path) -> Path:
    """Where the walks of a definition lie: those of its very version, where it has any."""
    own = path.with_name(f"walks-{path.name}")
    return own if own.is_file() else path.with_name(_WALKS)


def regimes_beside(path: Path) -> dict[str, tuple[tuple[str, Figure], ...]]:
    """The figures of each regime of the `regimes.yaml` beside a definition, or beside its folder; none without one."""
    for folder in (path.parent, path.parent.parent):
        file = folder / _REGIMES
        if file.is_file():
            return {regime.code: regime.figures for regime in read_regimes(file.read_bytes(), path=str(file))}
    return {}


def family_of(paths: Iterable[Path]) -> dict[str, Definition]:
    """The definitions of these files with those that lie beside them, by name; what does not load is left out.

    Beside a file lie the other files of its folder; beside `NAME/v2.yaml` the latest versions in the other folders.
    """
    given = list(paths)
    beside = [neighbour for path in given for neighbour in _beside(path)]
    family: dict[str, Definition] = {}
    for path in dict.fromkeys((*beside, *given)):
        definition = _loaded(path)
        if definition is not None:
            family[definition.name] = definition
    return family


def _beside(path: Path) -> Iterator[Path]:
    if not _VERSION.fullmatch(path.name):
        yield from (
            other for other in sorted(path.parent.glob("*.yaml")) if not other.name.endswith((_WALKS, _REGIMES))
        )
        return
    for folder in sorted(path.resolve().parent.parent.iterdir()):
        versions = [(int(match[1]), other) for other in folder.glob("v*.yaml") if (match := _VERSION.match(other.name))]
        if versions and folder != path.resolve().parent:
            yield max(versions)[1]


def _loaded(path: Path) -> Definition | None:
    if path.stat().st_size > LARGEST:
        return None
    try:
        return loader.load(path.read_bytes(), path=str(path))
    except DefinitionFaults:
        return None


def shipped_with_walks() -> list[Path]:
    """The definitions that ship with walks."""
    first = (path.with_name("v1.yaml") for path in definitions_folder().glob(f"*/{_WALKS}"))
    later = (path.with_name(path.name.removeprefix("walks-")) for path in definitions_folder().glob("*/walks-v*.yaml"))
    return sorted((*first, *later))


def shipped_calendar() -> Calendar:
    """The calendar that ships, for playing without a record."""
    return calendar_of(cast("dict[str, object]", _shipped("calendar.yaml")))


def role_labels() -> Mapping[str, Text]:
    """What people call the roles that ship."""
    roles: dict[str, Any] = cast("dict[str, Any]", _shipped("roles.yaml"))
    return {code: Text(*(side.strip() for side in role["label"].split("|"))) for code, role in roles.items()}


def _shipped(name: str) -> Tree:
    return tree((definitions_folder() / name).read_bytes(), path=name)
