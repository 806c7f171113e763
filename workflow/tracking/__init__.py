"""What those who wait for a case are told: steps, promise, expected end, receipt; looking it up from outside."""

from workflow.tracking import due_reasons, feeds
from workflow.tracking.due_reasons import DueReason
from workflow.tracking.handling import Handling
from workflow.tracking.looking_up import LookedUp, NotLookedUp, look_up
from workflow.tracking.promises import Lateness, Promise, Shift
from workflow.tracking.receipts import Receipt, receipt, renew_pin
from workflow.tracking.steps import CaseSteps, TrackStep
from workflow.tracking.tracks import ExpectedEnd, Track, track
from workflow.tracking.ways import way_to_good_end

__all__ = [
    "CaseSteps",
    "DueReason",
    "ExpectedEnd",
    "Handling",
    "Lateness",
    "LookedUp",
    "NotLookedUp",
    "Promise",
    "Receipt",
    "Shift",
    "Track",
    "TrackStep",
    "due_reasons",
    "feeds",
    "look_up",
    "receipt",
    "renew_pin",
    "track",
    "way_to_good_end",
]
