"""A guard as a condition in words, for those who must agree to it before any case is there.

Goes through the whole tree and needs no facts; what failed on a case is said by `expressions.explaining`, with the
same sentences.
"""

from workflow.catalogue import Language
from workflow.machine.expressions import Guard, Phrasing, Words


def condition(guard: Guard, *, language: Language, words: Words) -> str:
    """Say what a guard requires; `words` are what people call its facts."""
    return "; ".join(Phrasing(guard.source, language, words).required(guard.tree))


def value(guard: Guard, *, language: Language, words: Words, like: str) -> str:
    """Say which value an expression gives; a literal is said like a value of the fact `like`."""
    return Phrasing(guard.source, language, words).side(guard.tree, like=like)
