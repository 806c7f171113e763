"""What people set for themselves: each setting with its values, of which the first holds where none was set."""

from collections.abc import Mapping
from typing import Final

from workflow.errors import Invalid
from workflow.storage.queries.accounts import preferences as rows
from workflow.storage.session import Tx
from workflow.storage.writing import HOLD, HOLD_SECONDS

SETTINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "next_case": ("open", "stay"),
    "keys": ("off", "on"),
    "density": ("roomy", "compact"),
    HOLD: (str(HOLD_SECONDS), "30", "120"),
}
"""Whether the next case opens after a decision, whether letters are keys, how closely lists are set;
for how many seconds letters are held so that an act can be taken back unnoticed (WCAG 2.2.1)."""


def of_person(tx: Tx, person_id: int) -> Mapping[str, str]:
    """Return every setting with the value that holds for a person."""
    kept = rows.of_person(tx, person_id)
    return {name: kept.get(name, values[0]) for name, values in SETTINGS.items()}


def choose(tx: Tx, person_id: int, chosen: Mapping[str, str]) -> None:
    """Set what a person chose; raises `Invalid` for a setting or a value that there is not."""
    for name, value in chosen.items():
        if value not in SETTINGS.get(name, ()):
            raise Invalid("setting_unknown", field=name, value=value)
    rows.put(tx, person_id, chosen)
