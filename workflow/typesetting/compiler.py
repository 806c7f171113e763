"""The program that sets one paper: JSON comes in, a PDF goes out. It is started as a process of its own.

What it is handed was typed by strangers, and typst is a compiler: here it has little memory, little time, no packages,
no font but ours, and nothing of this process's environment. It imports nothing of the project.
"""

import json
import sys
from pathlib import Path

MOST_MEMORY = 1_024 * 1_024 * 1_024
MOST_SECONDS = 20
NOT_MADE = 3
"""The exit code that says that typst refused the paper."""


def main() -> int:
    """Set the paper on the standard input and write its PDF to the standard output."""
    _limit()
    import typst  # noqa: PLC0415 - after the limits, and only in this process

    order = json.loads(sys.stdin.buffer.read())
    layout, fonts = Path(order["layout"]), Path(order["fonts"])
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    compiler = typst.Compiler(str(layout), root=str(layout.parent), font_paths=faces)
    try:
        pdf = compiler.compile(sys_inputs={"paper": json.dumps(order["paper"])}, format="pdf")
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        return NOT_MADE
    assert isinstance(pdf, bytes)  # noqa: S101 - one file; only pictures are several
    sys.stdout.buffer.write(pdf)
    return 0


def _limit() -> None:
    """Let the system end this process rather than the machine, where there are such limits."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    raise SystemExit(main())
