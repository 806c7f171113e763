"""What happens when time passes: jobs, escalation, notices and letters."""

from workflow.deadlines import escalations, jobs, notices
from workflow.deadlines.jobs import ClaimedJob
from workflow.deadlines.notices import Notice

__all__ = ["ClaimedJob", "Notice", "escalations", "jobs", "notices"]
