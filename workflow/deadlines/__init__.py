"""What happens when time passes: jobs, escalation, notices and letters."""

from workflow.deadlines import escalations, jobs, notices
from workflow.deadlines.jobs import ClaimedJob
from workflow.deadlines.notices import NotificationView

__all__ = ["ClaimedJob", "NotificationView", "escalations", "jobs", "notices"]
