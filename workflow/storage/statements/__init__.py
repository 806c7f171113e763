"""Statements and connections kept ready: the tricks of speed live behind this door."""

from workflow.storage.statements.connection_cache import ConnectionCache
from workflow.storage.statements.dialects import (
    SQLITE_NOW,
    DialectName,
    Listing,
    among,
    at_most,
    listing,
    machine_now,
    machine_time_after,
    most,
    seconds,
)
from workflow.storage.statements.prebuilt import ByDriver, Prebuilt
from workflow.storage.statements.prepared import Prepared, forget, shares

__all__ = [
    "SQLITE_NOW",
    "ByDriver",
    "ConnectionCache",
    "DialectName",
    "Listing",
    "Prebuilt",
    "Prepared",
    "among",
    "at_most",
    "forget",
    "listing",
    "machine_now",
    "machine_time_after",
    "most",
    "seconds",
    "shares",
]
