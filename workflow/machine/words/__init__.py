"""What the engine says to people about a case: names of facts, figures and results, and why not."""

from workflow.machine.words import case_words, reasons
from workflow.machine.words.figure_words import days_allowed, figure_in_words, keys_in_words
from workflow.machine.words.naming import (
    NO_CONTEXT,
    NamingContext,
    actions_of,
    called,
    party_of,
    result_of,
    words_in,
    words_of,
)
from workflow.machine.words.naming_messages import DAYS
from workflow.machine.words.reasons import action_label, sentence

__all__ = [
    "DAYS",
    "NO_CONTEXT",
    "NamingContext",
    "action_label",
    "actions_of",
    "called",
    "case_words",
    "days_allowed",
    "figure_in_words",
    "keys_in_words",
    "party_of",
    "reasons",
    "result_of",
    "sentence",
    "words_in",
    "words_of",
]
