"""What a page shows of an action: open to somebody, or refused with the reasons. Knows no rule."""

from dataclasses import dataclass

from workflow.values import Reason, Refusal, Text, Tone


@dataclass(frozen=True, slots=True)
class Offer:
    """One action as a page shows it: open to the actor (`refusal` is None) or with the reasons why not.

    `requires` are the fields that must be handed in with it, `edits` those that may be changed along with it, `lists`
    the lists of cases. `asked`: the case waits for it, as part of the turn or as an answer to an ask; what is open and
    not asked the actor only may do.
    """

    action: str
    label: Text
    refusal: Refusal | None
    requires: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()
    to: str | None = None
    tone: Tone | None = None
    lists: tuple[str, ...] = ()
    asked: bool = False
