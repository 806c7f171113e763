"""The tests themselves: what is shared lies in support under a name of its own, and no test is imported."""

import ast
from collections import Counter

from tests.house.tree import modules, name, parsed

CALLED_BY_PYTEST = {"conftest", "__init__"}


def test_no_two_modules_of_the_tests_have_the_same_name():
    helpers = [path.stem for path in modules("tests") if not is_test(path.stem)]
    times = Counter(helper for helper in helpers if helper not in CALLED_BY_PYTEST)
    assert times
    assert {helper: count for helper, count in times.items() if count > 1} == {}


def test_no_test_imports_another():
    imports = {name(path): imported(parsed(path)) for path in modules("tests", "benchmarks")}
    assert any(module.startswith("tests.support.") for dotted in imports.values() for module in dotted)
    of_tests = {path: [module for module in dotted if ".test_" in module] for path, dotted in imports.items()}
    assert {path: dotted for path, dotted in of_tests.items() if dotted} == {}


def is_test(stem: str) -> bool:
    return stem.startswith("test_")


def imported(module: ast.Module) -> list[str]:
    """List the modules of the tests that a module imports, and the names it takes from them."""
    froms = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module]
    names = [f"{node.module}.{alias.name}" for node in froms for alias in node.names]
    names += [alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names]
    return [dotted for dotted in names if dotted.startswith("tests.")]
