"""Where a case stands for those who wait for it: steps, promise, expected end."""

from workflow.tracking.limits import Handling
from workflow.tracking.promises import Lateness, Promise, Shift
from workflow.tracking.steps import CaseSteps, TrackStep
from workflow.tracking.tracks import Course, ExpectedEnd, Track, course_of, track
from workflow.tracking.ways import way_to_good_end

__all__ = [
    "CaseSteps",
    "Course",
    "ExpectedEnd",
    "Handling",
    "Lateness",
    "Promise",
    "Shift",
    "Track",
    "TrackStep",
    "course_of",
    "track",
    "way_to_good_end",
]
