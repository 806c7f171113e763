"""Hold the project against each Python that it promises to run under, as far as they are on this machine.

`make check` compiles every module with each of them. `make matrix` also gives each a virtual environment from the lock,
imports every room and runs the tests of the rules. A Python that is missing is named, and is no failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
LOCK = ROOT / "requirements-dev.lock"
ENVIRONMENTS = ROOT / ".venv" / "matrix"
ROOMS = ("workflow", "web", "workers", "trinh", "tools")
TESTS = ("tests/machine", "tests/text")
_COMPILE = """
import sys
from pathlib import Path
for path in map(Path, sys.argv[1:]):
    compile(path.read_bytes(), path, "exec")
"""
_IMPORT = "import trinh.command, web.app, workers.process, workflow.library, workflow.machine.walks"


def interpreter(version: str) -> str | None:
    """Find a Python of a version that runs: on PATH, or kept by pyenv beside the one in use."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [shutil.which(f"python{version}"), *sorted(kept.glob(f"{version}.*/bin/python{version}"))]
    return next((str(candidate) for candidate in candidates if candidate and _ran(str(candidate), "-c", "")), None)


def compiles(python: str, modules: list[Path]) -> bool:
    """Whether modules compile under a Python, without a warning."""
    return _ran(python, "-W", "error", "-c", _COMPILE, *map(str, modules), quiet=False)


def passes(python: str, version: str) -> bool:
    """Whether every room can be imported and the tests of the rules pass, with what the lock says."""
    inside = _environment(python, version)
    tests = ("-m", "pytest", "-q", "--numprocesses", os.environ.get("WORKERS", "2"), *TESTS)
    return inside is not None and _ran(inside, "-c", _IMPORT, quiet=False) and _ran(inside, *tests, quiet=False)


def main() -> int:
    """Go through the versions; 1 where one of those that are here does not hold."""
    faults = 0
    modules = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    for version in VERSIONS:
        python = interpreter(version)
        if python is None:
            sys.stdout.write(f"  Python {version}: not on this machine, not tried\n")
            continue
        holds = compiles(python, modules) and ("--compile" in sys.argv or passes(python, version))
        sys.stdout.write(f"  Python {version}: {'holds' if holds else 'does not hold'}\n")
        faults += not holds
    return min(faults, 1)


def _environment(python: str, version: str) -> str | None:
    """Make the environment of a version once for each lock; return its Python, None where packages do not install."""
    folder = ENVIRONMENTS / version
    inside, installed = folder / "bin" / "python", folder / "installed.lock"
    if not installed.exists() or installed.read_bytes() != LOCK.read_bytes():
        pip = (str(inside), "-m", "pip", "--disable-pip-version-check", "--quiet")
        if not (
            _ran(python, "-m", "venv", "--clear", str(folder), quiet=False)
            and _ran(*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", str(LOCK), quiet=False)
        ):
            return None
        shutil.copy(LOCK, installed)
    return str(inside)


def _ran(*command: str, quiet: bool = True) -> bool:
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, check=False, stdout=output, stderr=output).returncode == 0  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())
