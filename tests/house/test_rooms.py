"""The rooms: who may import whom, how long a module may be, which words and habits stay outside."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import MADE, ROOMS, ROOT, files, modules, name, parsed

LONGEST_MODULE, LONGEST_FUNCTION = 400, 60
SHAPELESS = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "handler", "handlers", "misc"}

# Below the verbs: the pure language and the record may know these, and of the project nothing else.
FOUNDATION = {"values", "catalogue", "errors", "canonical", "vietnamese"}

# The two loops that must outlive whatever one job or one due row does (rule 16), and the bell after a commit.
SWALLOWING = 3

# A revision is a record of one day, not code that anybody edits again.
REVISIONS = "migrations/versions"


@pytest.mark.parametrize("room", ["machine", "storage"])
def test_rules_and_record_know_no_verb_and_not_each_other(room: str):
    allowed = re.compile(rf"workflow\.({room}|{'|'.join(sorted(FOUNDATION))})(\.|$)")
    strangers = {
        f"{name(path)}: {imported}"
        for path in modules(f"workflow/{room}")
        for imported in imports(path)
        if imported.startswith("workflow.") and not allowed.match(imported)
    }
    assert strangers == set()


def test_no_module_outgrows_its_limit():
    lengths = {
        name(path): len(path.read_text("utf-8").splitlines())
        for path in modules(*ROOMS, "tests", "benchmarks")
        if REVISIONS not in name(path)
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_outgrows_its_limit():
    lengths = {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules(*ROOMS)
        if REVISIONS not in name(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_module_has_a_name_that_says_nothing():
    names = [path.relative_to(ROOT).with_suffix("") for path in modules(*ROOMS)]
    assert [str(path) for path in names if set(path.parts) & SHAPELESS] == []


def test_everything_is_swallowed_only_in_the_fan_out_loops_and_the_bell():
    places = [
        f"{name(path)}:{node.lineno}"
        for path in modules(*ROOMS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node)
    ]
    assert len(places) <= SWALLOWING, places
    assert all(place.startswith(("workers/", "workflow/storage/session.py")) for place in places), places


@pytest.mark.parametrize(
    "habit", ["TO" + "DO", "FIX" + "ME", "assert_" + "called", "mock" + ".patch", "Magic" + "Mock"]
)
def test_no_file_of_ours_has_the_habit(habit: str):
    assert [name(path) for path in own_texts() if habit in path.read_text("utf-8")] == []


def test_no_file_names_a_machine_or_an_index():
    foreign = re.compile(r"https?://[^\s\"']*(?:/simple\b|/-/[^\s\"']+\.tgz)|(?<![\w.<{/])/(?:work|opt/pypi|root)/")
    found = {name(path): foreign.findall(path.read_text("utf-8")) for path in own_texts()}
    assert {path: hits for path, hits in found.items() if hits} == {}


def swallows_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    broad = caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} if node.module != "workflow" else {f"workflow.{alias.name}" for alias in node.names}
    return found


def own_texts() -> list[Path]:
    here = Path(__file__)
    endings = {".py", ".md", ".yaml", ".toml", ".html", ".css", ".js", ".sh", ".json", ".yml", ""}
    folders = [ROOT / room for room in (*ROOMS, "tests", "benchmarks", "definitions", "docs", ".ci")]
    roots = [path for path in ROOT.iterdir() if path.is_file() and path.name not in MADE]
    inside = [path for folder in folders if folder.is_dir() for path in files(folder)]
    return [path for path in (*roots, *inside) if path.suffix in endings and path != here]
