"""The checks of one definition, one module for each thing that can be wrong."""

from workflow.machine.checking.rules.decisions import decision_findings
from workflow.machine.checking.rules.flow import flow_findings
from workflow.machine.checking.rules.movements import milestones_of, movement_findings
from workflow.machine.checking.rules.names import name_findings
from workflow.machine.checking.rules.paths import can_end, is_settled, path_findings
from workflow.machine.checking.rules.promises import promise_findings
from workflow.machine.checking.rules.quorum import count_findings, uncountable
from workflow.machine.checking.rules.regimes import Pins, regime_findings
from workflow.machine.checking.rules.sights import sight_findings
from workflow.machine.checking.rules.silence import silence_findings
from workflow.machine.checking.rules.soundness import ending_of, soundness_findings
from workflow.machine.checking.rules.sums import sum_findings
from workflow.machine.checking.rules.texts import text_findings
from workflow.machine.checking.rules.unattended import unattended_findings

__all__ = [
    "Pins",
    "can_end",
    "count_findings",
    "decision_findings",
    "ending_of",
    "flow_findings",
    "is_settled",
    "milestones_of",
    "movement_findings",
    "name_findings",
    "path_findings",
    "promise_findings",
    "regime_findings",
    "sight_findings",
    "silence_findings",
    "soundness_findings",
    "sum_findings",
    "text_findings",
    "unattended_findings",
    "uncountable",
]
