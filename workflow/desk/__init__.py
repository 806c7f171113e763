"""The desk of one person: the queue, what is put off, what is decided on, what an act would do, to many at once too."""

from workflow.desk import annexes, bulk, consequences, queue, queue_views, snoozes
from workflow.desk.annexes import AnnexLine, LineVote
from workflow.desk.bulk import BulkLine, BulkOffer
from workflow.desk.consequences import Shown
from workflow.desk.queue import FilterChoice, Queue, QueueGroup, QueuePlace, QueueRow
from workflow.desk.queue_views import GROUPINGS, KeptView, QueueFilters

__all__ = [
    "GROUPINGS",
    "AnnexLine",
    "BulkLine",
    "BulkOffer",
    "FilterChoice",
    "KeptView",
    "LineVote",
    "Queue",
    "QueueFilters",
    "QueueGroup",
    "QueuePlace",
    "QueueRow",
    "Shown",
    "annexes",
    "bulk",
    "consequences",
    "queue",
    "queue_views",
    "snoozes",
]
