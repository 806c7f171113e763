"""What happens when time passes: jobs, escalation, notices and letters."""

from workflow.deadlines import ask_reminders, escalations, jobs, notices
from workflow.deadlines.ask_reminders import AskReminder
from workflow.deadlines.jobs import ClaimedJob
from workflow.deadlines.notices import NotificationView

__all__ = ["AskReminder", "ClaimedJob", "NotificationView", "ask_reminders", "escalations", "jobs", "notices"]
