"""Browsers by the name that they give themselves: which program, on which system. Knows no person."""

from typing import Final

PROGRAMS: Final = (("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"),
                   ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
"""In this order, because most programs name others too."""
SYSTEMS: Final = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                  ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip
_LONGEST: Final = 60


def device(agent: str) -> str:
    """Name a browser as people know it, else by the beginning of what it says of itself."""
    program = next((name for mark, name in PROGRAMS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (program, system))) or agent[:_LONGEST]
