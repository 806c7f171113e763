"""What an act does to a case, or why it is refused; and history, which is decided again to give the same case."""

from workflow.machine.deciding import replay
from workflow.machine.deciding.alternatives import is_offered
from workflow.machine.deciding.assignments import Poll, TurnShare, polls, sharing
from workflow.machine.deciding.cascade import (
    ActContext,
    Beginning,
    Cascade,
    DecidedAct,
    DecidedOpening,
    KnownFacts,
    decide_cascade,
    decide_isolated,
    decide_opening,
)
from workflow.machine.deciding.case_lists import codes_in, may_be_put
from workflow.machine.deciding.consequences import (
    can_be_undone,
    decide_unless,
    last_act,
    preview,
    summarised,
)
from workflow.machine.deciding.decide import decide, offers
from workflow.machine.deciding.firing import ways_back
from workflow.machine.deciding.linked_acts import LEFT, copied, moving, not_opened, openings_of
from workflow.machine.deciding.offers import Offer
from workflow.machine.deciding.opening import opening
from workflow.machine.deciding.replay import ReplayEntry, definitions_in, identity_of, recorded
from workflow.machine.deciding.required_facts import (
    joined,
    linked_acts,
    needs,
    offer_needs,
    opening_needs,
    poll_needs,
    sight_needs,
)
from workflow.machine.deciding.undoing import TAKEN_BACK

__all__ = [
    "LEFT",
    "TAKEN_BACK",
    "ActContext",
    "Beginning",
    "Cascade",
    "DecidedAct",
    "DecidedOpening",
    "KnownFacts",
    "Offer",
    "Poll",
    "ReplayEntry",
    "TurnShare",
    "can_be_undone",
    "codes_in",
    "copied",
    "decide",
    "decide_cascade",
    "decide_isolated",
    "decide_opening",
    "decide_unless",
    "definitions_in",
    "identity_of",
    "is_offered",
    "joined",
    "last_act",
    "linked_acts",
    "may_be_put",
    "moving",
    "needs",
    "not_opened",
    "offer_needs",
    "offers",
    "opening",
    "opening_needs",
    "openings_of",
    "poll_needs",
    "polls",
    "preview",
    "recorded",
    "replay",
    "sharing",
    "sight_needs",
    "summarised",
    "ways_back",
]
