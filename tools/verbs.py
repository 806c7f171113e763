"""Write `docs/verbs.md` from the code: every public function of the verbs' packages, with its purpose.

Run by `make docs`; a test compares the page with the code. Reads the sources and imports nothing of the project.
"""

import ast
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / "workflow"
PAGE = ROOT / "docs" / "verbs.md"
NO_VERBS = {
    "machine",
    "storage",
    "exchange",
    "canonical",
    "catalogue",
    "error_messages",
    "errors",
    "values",
    "vietnamese",
    "__init__",
}
"""The rules, the record, files in, and what all of them speak with: `docs/architecture/2-the-rooms.md`."""
WIDTH = 118

_HEAD = """\
# Verbs

What the doors (`web`, `workers`, `trinh`, the library) call. This page is written by `make docs` from the code.

Most verbs take a transaction `tx` first and never commit; a verb that takes a `database` opens its own. `person_id`
is who asks: None is the command line, or what ships, where a verb allows it. `now` is business time, an aware datetime
in UTC. On a case the answer no is a `Refusal` that is returned; outside cases it is raised (`workflow/errors.py`):
`Invalid`, `NotAllowed`, `NotFound`, `Outdated`, each with a code, facts and the field at fault.
"""


class Verb(NamedTuple):
    """A public function: how it is called from outside its package, and what it does."""

    name: str
    call: str
    purpose: str


class Section(NamedTuple):
    """A module or a package's own door, with the verbs that are called by its name."""

    name: str
    purpose: str
    verbs: tuple[Verb, ...]


def page() -> str:
    """Return the whole page."""
    parts = [_HEAD]
    packages = sorted(path.parent.name for path in WORKFLOW.glob("*/__init__.py"))
    modules = sorted(path.stem for path in WORKFLOW.glob("*.py"))
    for package in packages:
        if package in NO_VERBS:
            continue
        door = _parsed(WORKFLOW / package / "__init__.py")
        parts.append(f"## {package}\n\n{_wrapped(_purpose(door))}\n")
        parts += [_told(section) for section in sections_of(package) if section.verbs]
    parts.append("## Beside the packages\n")
    for module in modules:
        if module not in NO_VERBS:
            tree = _parsed(WORKFLOW / f"{module}.py")
            parts.append(_told(Section(module, _purpose(tree), tuple(_verbs(module, tree)))))
    return "\n".join(parts)


def sections_of(package: str) -> Iterator[Section]:
    """Give the functions that a package hands out itself, then those of each module that it hands out."""
    folder = WORKFLOW / package
    door = _parsed(folder / "__init__.py")
    handed_out = [node for node in door.body if isinstance(node, ast.ImportFrom)]
    modules = {alias.name for node in handed_out if node.module == f"workflow.{package}" for alias in node.names}
    own = [
        verb
        for node in handed_out
        if node.module and node.module != f"workflow.{package}"
        for verb in _verbs(package, _parsed(folder / f"{node.module.rpartition('.')[2]}.py"))
        if verb.name in {alias.name for alias in node.names}
    ]
    yield Section(package, "", tuple(own))
    for module in sorted(modules):
        tree = _parsed(folder / f"{module}.py")
        yield Section(f"{package}.{module}", _purpose(tree), tuple(_verbs(module, tree)))


def _verbs(prefix: str, tree: ast.Module) -> Iterator[Verb]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            answer = f" -> {ast.unparse(node.returns)}".replace("'", "") if node.returns else ""
            yield Verb(node.name, f"{prefix}.{node.name}({_parameters(node.args)}){answer}", _purpose(node))


def _parameters(arguments: ast.arguments) -> str:
    """The parameters without their types, which the source has: names and defaults say enough to call by."""
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    return ast.unparse(arguments)


def _purpose(node: ast.Module | ast.FunctionDef) -> str:
    """What a docstring begins with, up to its first empty line."""
    return " ".join((ast.get_docstring(node) or "").split("\n\n", 1)[0].split())


def _told(section: Section) -> str:
    lines = [f"### {section.name}\n"]
    if section.purpose:
        lines.append(_wrapped(section.purpose) + "\n")
    for verb in section.verbs:
        lines.append(textwrap.fill(f"- `{verb.call}`", WIDTH, subsequent_indent="  ", break_long_words=False) + " –")
        lines.append(textwrap.fill(verb.purpose, WIDTH, initial_indent="  ", subsequent_indent="  "))
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"Written: {PAGE.relative_to(ROOT)}\n")
