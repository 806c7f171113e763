"""The tests themselves: what is shared lies in support, and no test can pass because there was nothing to look at."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from tests.house.tree import modules, name, parsed

CALLED_BY_PYTEST = {"conftest", "__init__"}
CHECKS = {"pytest.raises", "pytest.warns", "pytest.fail", "assume"}
# What gives an item wherever those that it is handed have one.
OF_ALL_ITEMS = {"enumerate", "items", "keys", "list", "permutations", "product", "range", "reversed", "set", "sorted"}
OF_ALL_ITEMS |= {"split", "tuple", "values", "zip"}

Names = frozenset[str]


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


def test_no_test_checks_only_what_may_never_come_by():
    sources = {name(path): parsed(path) for path in modules("tests") if is_test(path.stem)}
    tests = [(path, module, test) for path, module in sources.items() for test in functions_of(module)]
    assert tests
    assert [f"{path} {test.name}" for path, module, test in tests if may_look_at_nothing(test, module)] == []


@pytest.mark.parametrize(
    ("body", "may"),
    [
        ("for row in rows(): assert row", True),
        ("assert all(row for row in rows())", True),
        ("assert not any(row for row in rows())", True),
        ("assert all(row for row in (1, 2) if row in rows())", True),
        ("for row in rows():\n  with pytest.raises(ValueError): row()", True),
        ("while rows(): assert rows()", True),
        ("for row in rows(): assert row\n assert rows()", False),
        ("for row in (1, 2): assert row", False),
        ("numbers = [1, 2]\n for row in enumerate(numbers): assert row", False),
        ("assume(rows())\n for row in rows(): assert row", False),
        ("with pytest.raises(ValueError): rows()", False),
    ],
)
def test_what_may_never_come_by_is_seen(body: str, *, may: bool):
    module = ast.parse(f"def test_it():\n {body}")
    assert may_look_at_nothing(functions_of(module)[0], module) is may


def is_test(stem: str) -> bool:
    return stem.startswith("test_")


def imported(module: ast.Module) -> list[str]:
    """List the modules of the tests that a module imports, and the names it takes from them."""
    froms = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module]
    names = [f"{node.module}.{alias.name}" for node in froms for alias in node.names]
    names += [alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names]
    return [dotted for dotted in names if dotted.startswith("tests.")]


def functions_of(module: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in module.body if isinstance(node, ast.FunctionDef) and is_test(node.name)]


def may_look_at_nothing(test: ast.FunctionDef, module: ast.Module) -> bool:
    """Does a test check things, but only what comes out of loops that may have nothing to go through?"""
    literals = literals_of(module) | literals_of(test)
    checks = list(checks_in(test.body, literals, looped=False))
    return bool(checks) and all(checks)


def checks_in(nodes: Iterable[ast.AST], literals: Names, *, looped: bool) -> Iterator[bool]:
    """Go through the checks, each with whether it may be left out."""
    for node in nodes:
        if isinstance(node, ast.Assert):
            yield looped or is_about_nothing(node.test, literals)
        elif isinstance(node, ast.withitem | ast.Expr) and is_check(node):
            yield looped
        inside = looped
        if isinstance(node, ast.For):
            inside = looped or not has_items(node.iter, literals)
        elif isinstance(node, ast.While):
            inside = True
        yield from checks_in(ast.iter_child_nodes(node), literals, looped=inside)


def is_check(node: ast.withitem | ast.Expr) -> bool:
    """Is it a call of `pytest.raises` or the like? (Where nothing is as `assume` asks, hypothesis fails.)"""
    call = node.context_expr if isinstance(node, ast.withitem) else node.value
    return isinstance(call, ast.Call) and ast.unparse(call.func) in CHECKS


def is_about_nothing(test: ast.expr, literals: Names) -> bool:
    """Is it `all` of a comprehension, or none of `any`, which hold of nothing as well?"""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return all(is_about_nothing(part, literals) for part in test.values)
    quantifier, call = "all", test
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        quantifier, call = "any", test.operand
    if not (isinstance(call, ast.Call) and ast.unparse(call.func) == quantifier):
        return False
    asked = call.args[0]
    loops = asked.generators if isinstance(asked, ast.GeneratorExp | ast.ListComp) else []
    return not loops or any(loop.ifs or not has_items(loop.iter, literals) for loop in loops)


def has_items(node: ast.expr, literals: Names) -> bool:
    """Is it written down that there is something to go through?"""
    if isinstance(node, ast.Call):
        parts = [node.func.value] if isinstance(node.func, ast.Attribute) and not node.args else node.args
        of_literals = ast.unparse(node.func).rpartition(".")[2] in OF_ALL_ITEMS
        return of_literals and bool(parts) and all(has_items(part, literals) for part in parts)
    if isinstance(node, ast.Name):
        return node.id in literals
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(not isinstance(item, ast.Starred) or has_items(item.value, literals) for item in node.elts)
    return isinstance(node, ast.Dict) and any(key is not None for key in node.keys)


def literals_of(scope: ast.Module | ast.FunctionDef) -> Names:
    """Return the names to which a scope binds something written down that has items."""
    bound = [node for node in scope.body if isinstance(node, ast.Assign)]
    return frozenset(
        target.id
        for node in bound
        if has_items(node.value, frozenset())
        for target in node.targets
        if isinstance(target, ast.Name)
    )
