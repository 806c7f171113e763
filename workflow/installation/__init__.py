"""The installation itself: what ships, its business time, its calendar, whether it is alive."""

from workflow.installation import business_time, calendar_days, health, shipping

__all__ = ["business_time", "calendar_days", "health", "shipping"]
