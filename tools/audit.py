"""Ask the advisory service of the Python package index about everything that production installs (`make audit`).

A service that cannot be reached is no fault of the change at hand: then it says so and ends well. One package is asked
about before all of them, because an index without advisories answers for each that it knows none.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

LOCK = Path(__file__).parent.parent / "requirements.lock"
SECONDS = 300
_AUDIT = ("--disable-pip", "--require-hashes", "--progress-spinner", "off", "--timeout", "10", "--format", "json")


class Audit(NamedTuple):
    """What the service said: vulnerabilities as lines to read, and packages that it could not answer for."""

    vulnerabilities: tuple[str, ...]
    unanswered: tuple[str, ...]


def locked_packages(lock: str) -> list[str]:
    """Cut a lock into its packages, each with its hashes."""
    return re.split(r"\n(?=\S)", lock.strip())


def read_report(report: str) -> Audit | None:
    """Read what pip-audit printed; None where it could answer for no package."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return None
    unanswered = tuple(dependency["name"] for dependency in dependencies if "skip_reason" in dependency)
    if len(unanswered) == len(dependencies):
        return None
    vulnerabilities = tuple(
        f"{dependency['name']} {dependency['version']}: {vulnerability['id']},"
        f" mended in {', '.join(vulnerability['fix_versions']) or 'no version yet'}"
        for dependency in dependencies
        for vulnerability in dependency.get("vulns", ())
    )
    return Audit(vulnerabilities, unanswered)


def audit(packages: list[str]) -> Audit | None:
    """Ask about locked packages; None where no answer was to be had."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text("\n".join(packages) + "\n", "utf-8")
        command = [sys.executable, "-m", "pip_audit", *_AUDIT, "--requirement", str(requirements)]
        try:
            answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603 - our own words
        except subprocess.TimeoutExpired:
            return None
    return read_report(answer.stdout)


def main() -> int:
    """Say what is known against the locked packages; 1 where something is."""
    packages = locked_packages(LOCK.read_text("utf-8"))
    answer = audit(packages[:1]) and audit(packages)
    if answer is None:
        sys.stdout.write(f"  not checked: no advisory service could be reached for {len(packages)} locked packages\n")
        return 0
    for line in answer.vulnerabilities:
        sys.stdout.write(f"  {line}\n")
    if answer.unanswered:
        sys.stdout.write(f"  not checked: {', '.join(answer.unanswered)}\n")
    return 1 if answer.vulnerabilities else 0


if __name__ == "__main__":
    sys.exit(main())
