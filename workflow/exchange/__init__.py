"""Files in and out: a door, so what comes in is validated, and everything behind it trusts the rows it returns."""

from workflow.exchange import event_logs, movements, units
from workflow.exchange.event_logs import Event
from workflow.exchange.movements import Circle, KnownForMovements, MilestoneRow, MovementRow
from workflow.exchange.regimes import MalformedVocabulary, ShippedRegime, as_figure, read_regimes
from workflow.exchange.shipped import Tree, tree
from workflow.exchange.tables import FaultyFile, TableFault
from workflow.exchange.units import KnownUnits, UnitRow
from workflow.exchange.workbook import workbook

__all__ = [
    "Circle",
    "Event",
    "FaultyFile",
    "KnownForMovements",
    "KnownUnits",
    "MalformedVocabulary",
    "MilestoneRow",
    "MovementRow",
    "ShippedRegime",
    "TableFault",
    "Tree",
    "UnitRow",
    "as_figure",
    "event_logs",
    "movements",
    "read_regimes",
    "tree",
    "units",
    "workbook",
]
