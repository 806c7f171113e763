"""The words of cases that were there before the table of words, written in batches, the newest cases first.

The migration has left in a setting up to which case they are missing. Cases that somebody acts on meanwhile get the
words that the act changes from the act itself, and all of them when their turn comes.
"""

from typing import Final

from workflow.definitions import publishing
from workflow.machine.words import case_words
from workflow.storage.queries import settings
from workflow.storage.session import Database, Tx
from workflow.storage.writing import case_words as records

TO_FILL: Final = "case_words_to_fill"
BATCH: Final = 500
"""Cases a transaction."""


def fill(database: Database) -> int:
    """Write the words of all cases that have none yet, and return how many these were."""
    number = 0
    while True:
        with database.writing() as tx:
            filled = fill_some(tx, most=BATCH)
        number += filled
        if filled == 0:
            return number


def fill_some(tx: Tx, *, most: int) -> int:
    """Write the words of some cases, and return of how many; 0: none are missing."""
    last = settings.find(tx, TO_FILL)
    if last is None:
        return 0
    loaded = records.lock_up_to(tx, int(last), limit=most)
    records.replace(
        tx,
        {case.id: case_words.words_of(publishing.compiled(tx, case.definition), case, unit) for case, unit in loaded},
    )
    if loaded:
        settings.put(tx, TO_FILL, str(loaded[-1][0].id - 1))
    else:
        settings.forget(tx, TO_FILL)
    return len(loaded)
