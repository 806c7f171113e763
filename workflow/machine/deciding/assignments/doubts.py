"""What speaks against an act that nothing forbids: opinions that would not be heard, defects and papers left aside.

A doubt is asked about and never refuses. Knows what is doubtful, not who is asked.
"""

from collections.abc import Iterator

from workflow.machine.case import Question
from workflow.machine.deciding.assignments.put_asks import missing_members
from workflow.values import OPEN_DEFECTS, UNSEEN_PAPERS, Needs, Reason

DOUBTS = frozenset({OPEN_DEFECTS, UNSEEN_PAPERS})
"""The doubts that the record declares facts of."""


def with_doubts(wanted: Needs) -> Needs:
    """Add to what an act needs the facts that may raise doubts."""
    return wanted._replace(doubts=DOUBTS)


def doubts_of(question: Question, *, leaves: bool) -> tuple[Reason, ...]:
    """List what speaks against an act; `leaves`: it takes the case out of its state, which ends the asks there."""
    if question.actor.person is None or question.actor.link is not None:
        return ()
    missing = _missing_opinions(question) if leaves and question.case.asks else ()
    return (*missing, *_known(question))


def _known(question: Question) -> Iterator[Reason]:
    counted = question.facts.doubts
    defects, papers = counted.get(OPEN_DEFECTS, 0), counted.get(UNSEEN_PAPERS, 0)
    if defects:
        yield Reason("open_defects", {"defects": defects})
    if papers:
        yield Reason("unseen_papers", {"papers": papers})


def _missing_opinions(question: Question) -> Iterator[Reason]:
    for name, standing in question.case.asks.items():
        missing = missing_members(question, standing)
        if missing:
            yield Reason("missing_opinions", {"ask": name, "missing": len(missing), "members": len(standing.members)})
