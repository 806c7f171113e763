"""What is said to those whose answer an ask still waits for: on the page before, and in the letter."""

from typing import NamedTuple

from workflow.machine.definition import Ask
from workflow.machine.words.reminder_messages import REMINDERS
from workflow.values import Text


class ReminderWords(NamedTuple):
    """What it is about in short, and the sentence."""

    title: Text
    body: Text


def reminder_words(ask: Ask) -> ReminderWords:
    """Say to a member of an ask that the answer is still waited for."""
    code = "ballot" if ask.secret else "reply"
    return ReminderWords(REMINDERS.text(code), REMINDERS.text(f"{code}_missing", ask=ask.label))
