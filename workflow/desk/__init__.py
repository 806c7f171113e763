"""The desk of one person: the queue, what is put off, what an act would do, and acts on many cases at once."""

from workflow.desk import bulk, consequences, queue, queue_views, snoozes
from workflow.desk.bulk import BulkLine, BulkOffer
from workflow.desk.consequences import Shown
from workflow.desk.queue import FilterChoice, Queue, QueueGroup, QueuePlace, QueueRow
from workflow.desk.queue_views import GROUPINGS, KeptView, QueueFilters

__all__ = [
    "GROUPINGS",
    "BulkLine",
    "BulkOffer",
    "FilterChoice",
    "KeptView",
    "Queue",
    "QueueFilters",
    "QueueGroup",
    "QueuePlace",
    "QueueRow",
    "Shown",
    "bulk",
    "consequences",
    "queue",
    "queue_views",
    "snoozes",
]
