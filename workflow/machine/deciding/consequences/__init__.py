"""What an act would do before it is done: from the same decision, with numbers given back and no box opened."""

from workflow.machine.deciding.consequences.preview import decide_unless, preview, summarised

__all__ = ["decide_unless", "preview", "summarised"]
