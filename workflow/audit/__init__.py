"""The proof that nothing was changed afterwards."""

from workflow.audit import admin_acts, audits
from workflow.audit.admin_acts import AdminAct
from workflow.audit.faults import ChainFault

__all__ = ["AdminAct", "ChainFault", "admin_acts", "audits"]
