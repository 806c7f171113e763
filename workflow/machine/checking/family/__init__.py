"""Definitions that act on each other's cases, checked together."""

from workflow.machine.checking.family.family import check_family, newly_broken
from workflow.machine.checking.family.openings import chain_findings

__all__ = ["chain_findings", "check_family", "newly_broken"]
