"""How asks are answered: by members, by silence, by a count of papers."""

from workflow.machine.deciding.answering.answers import answer, offer_answer, silence
from workflow.machine.deciding.answering.paper_counts import count, offer_count

__all__ = ["answer", "count", "offer_answer", "offer_count", "silence"]
