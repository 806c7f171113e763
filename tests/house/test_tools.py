"""The tools behind `make audit` and `make matrix`: what they say where they cannot look."""

import json
import sys
import tomllib

from tests.house.tree import ROOT
from tools import audit, matrix


def report(**skipped):
    return json.dumps(
        {
            "dependencies": [
                {"name": "one", "version": "1.0", "vulns": [{"id": "CVE-2026-0001", "fix_versions": ["1.1"]}]},
                {"name": "two", "version": "2.0", "vulns": [{"id": "CVE-2026-0002", "fix_versions": []}]},
                {"name": "three", "version": "3.0", "vulns": []},
                *({"name": name, "skip_reason": reason} for name, reason in skipped.items()),
            ]
        }
    )


def test_an_audit_tells_vulnerabilities_and_what_could_not_be_asked():
    assert audit.read_report(report(four="not found")) == audit.Audit(
        ("one 1.0: CVE-2026-0001, mended in 1.1", "two 2.0: CVE-2026-0002, mended in no version yet"), ("four",)
    )


def test_a_service_that_knows_no_package_has_not_answered():
    assert audit.read_report(json.dumps({"dependencies": [{"name": "one", "skip_reason": "not found"}]})) is None
    assert audit.read_report(json.dumps({"dependencies": []})) is None
    assert audit.read_report("") is None


def test_an_audit_asks_about_every_package_of_the_lock():
    packages = audit.locked_packages(audit.LOCK.read_text("utf-8"))
    assert len(packages) > 40
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_matrix_has_every_python_from_the_oldest_promised_on():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={matrix.VERSIONS[0]}"
    assert matrix.interpreter("3.0") is None


def test_a_module_that_does_not_compile_is_found(tmp_path):
    assert matrix.compiles(sys.executable, [ROOT / "tools" / "matrix.py"])
    (tmp_path / "broken.py").write_text("print(\n", "utf-8")
    (tmp_path / "warned.py").write_text("text = '\\d'\n", "utf-8")
    assert not matrix.compiles(sys.executable, [tmp_path / "broken.py"])
    assert not matrix.compiles(sys.executable, [tmp_path / "warned.py"])
