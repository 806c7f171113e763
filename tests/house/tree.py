"""What the whole-system tests look at: the project's own files, told apart by room."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("workflow", "web", "workers", "trinh")
MADE = {"static", "catalogues", "__pycache__", "node_modules", ".venv", "var", ".git", "dist"}


def modules(*rooms: str) -> list[Path]:
    """Return the Python files of rooms, without what is made."""
    return [path for room in rooms for path in files(ROOT / room) if path.suffix == ".py"]


def files(folder: Path) -> Iterator[Path]:
    """Walk a folder's files, without what is made."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
