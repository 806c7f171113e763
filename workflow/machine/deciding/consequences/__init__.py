"""What an act would do before it is done: from the same decision, with numbers given back and no box opened."""

from workflow.machine.deciding.consequences.last_act import can_be_undone, last_act
from workflow.machine.deciding.consequences.preview import decide_unless, preview, summarised

__all__ = ["can_be_undone", "decide_unless", "last_act", "preview", "summarised"]
