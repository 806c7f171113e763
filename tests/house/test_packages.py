"""The packages: how many modules a folder holds, whose names are unique, what passes a door, which verbs are dead."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import MADE, ROOMS, ROOT, modules, name, parsed

MOST_MODULES = 15

APART = ("workflow/machine", "workflow/storage", "workflow/exchange", "workflow/values", "trinh/demo")
"""Rooms within rooms: a module's name is unique in its room, not in the house."""

REVISIONS = "migrations"
NOT_VERBS = ("workflow/machine", "workflow/storage", "workflow/exchange", "workflow/values")

BIG_ROOMS = {
    "workflow",
    "workflow.machine",
    "workflow.storage",
    "workflow.storage.queries",
    "workflow.storage.migrations",
}
PUBLIC_API = {"open_engine", "replay"}
"""What `import workflow` hands out to programs of others."""


def test_no_folder_holds_more_modules_than_one_keeps_in_mind():
    counts = Counter(name(path.parent) for path in own_modules() if path.stem != "__init__")
    assert len(counts) > 30
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_no_two_modules_of_a_room_have_one_name():
    places = defaultdict(list)
    for path in own_modules():
        if path.stem not in {"__init__", "__main__"}:
            places[room_of(path), path.stem].append(name(path))
    assert len(places) > 200
    assert {key: paths for key, paths in places.items() if len(paths) > 1} == {}


def test_no_two_public_classes_have_one_name():
    places = defaultdict(list)
    for path in own_modules():
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(f"{name(path)}:{node.lineno}")
    assert len(places) > 300
    assert {key: paths for key, paths in places.items() if len(paths) > 1} == {}


def test_every_verb_has_a_caller():
    used = set(uses())
    idle = {verb for module, verb in verbs() if not used & {(module, verb), (package_of(module), verb)}}
    assert len(verbs()) > 150
    assert idle == PUBLIC_API


def test_nobody_reaches_into_a_package_past_its_door():
    packages = {dotted(path.parent): public_names(path) for path in own_modules() if path.name == "__init__.py"}
    doors = {package for package in packages if is_door(package)}
    past = [
        f"{name(path)}:{line} {module}.{imported}"
        for path in own_modules()
        for line, module, imported in imports(path)
        for door in [door_between(dotted(path), module, doors)]
        if door and not (module == door and imported in packages[door])
    ]
    assert len(doors) > 20
    assert past == []


@pytest.mark.parametrize("package", ["workflow", "web", "workers", "trinh"])
def test_every_package_has_a_readme_that_names_its_files(package: str):
    unnamed = []
    for folder in sorted({path.parent for path in modules(package) if REVISIONS not in path.parts}):
        readme = folder / "README.md"
        text = readme.read_text("utf-8") if readme.exists() else ""
        parts = [path for path in folder.iterdir() if path.name not in MADE and is_part(path)]
        unnamed += [name(path) for path in parts if f"`{path.stem}" not in text]
    assert unnamed == []


def is_part(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and path.stem not in {"__init__", "__main__"}


def own_modules() -> list[Path]:
    return [path for path in modules(*ROOMS) if REVISIONS not in path.parts]


def room_of(path: Path) -> str:
    inner = [room for room in APART if name(path).startswith(f"{room}/")]
    return inner[0] if inner else name(path).partition("/")[0]


@cache
def verbs() -> frozenset[tuple[str, str]]:
    """The public functions of the verbs' packages, each with its module."""
    return frozenset(
        (dotted(path), node.name)
        for path in modules("workflow")
        if not name(path).startswith(NOT_VERBS) and path.parent != ROOT / "workflow"
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    )


def uses() -> Iterator[tuple[str, str]]:
    """What the rooms use of modules and packages: by the name of a module they imported, or imported by name."""
    for path in own_modules():
        tree, here = parsed(path), dotted(path)
        bound = {
            alias.asname or alias.name: f"{module}.{alias.name}"
            for module, alias in imported_names(tree)
            if path.name != "__init__.py"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in bound:
                yield bound[node.value.id], node.attr
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                module, _, imported = bound.get(node.id, f"{here}.{node.id}").rpartition(".")
                yield module, imported


def imported_names(tree: ast.Module) -> Iterator[tuple[str, ast.alias]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias


def package_of(module: str) -> str:
    return module.rpartition(".")[0]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def is_door(package: str) -> bool:
    """The packages of the machine, of the verbs and of the record, and those within them; not the big rooms."""
    parts = package.split(".")
    big = {
        "workflow",
        "workflow.machine",
        "workflow.storage",
        "workflow.storage.queries",
        "workflow.storage.migrations",
    }
    return parts[0] == "workflow" and package not in big


def door_between(importer: str, module: str, doors: set[str]) -> str | None:
    """The outermost door that the imported module lies behind and the importer does not."""
    parts = module.split(".")
    chain = [".".join(parts[: length + 1]) for length in range(len(parts))]
    return next((door for door in chain if door in doors and not f"{importer}.".startswith(f"{door}.")), None)


def public_names(package: Path) -> set[str]:
    for node in parsed(package).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List) and is_all(node.targets[0]):
            return {item.value for item in node.value.elts if isinstance(item, ast.Constant)}
    return set()


def is_all(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "__all__"


def imports(path: Path) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, node.module, alias.name) for alias in node.names)
