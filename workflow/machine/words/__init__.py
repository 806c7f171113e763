"""What the engine says to people about a case: names of facts, figures and results, and why not."""

from workflow.machine.words import case_words, reasons
from workflow.machine.words.consequence_words import (
    ConsequenceLine,
    KnownNames,
    asked_about,
    cautions,
    consequence_lines,
    going_on,
    leads_to,
    not_undone,
    what_changed,
)
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
from workflow.machine.words.reminder_words import ReminderWords, reminder_words

__all__ = [
    "DAYS",
    "NO_CONTEXT",
    "ConsequenceLine",
    "KnownNames",
    "NamingContext",
    "ReminderWords",
    "action_label",
    "actions_of",
    "asked_about",
    "called",
    "case_words",
    "cautions",
    "consequence_lines",
    "days_allowed",
    "figure_in_words",
    "going_on",
    "keys_in_words",
    "leads_to",
    "not_undone",
    "party_of",
    "reasons",
    "reminder_words",
    "result_of",
    "sentence",
    "what_changed",
    "words_in",
    "words_of",
]
