"""Batches in the province of the verbs: items that are weighed and listed, ready to be shipped at Cúc Phương."""

from dataclasses import dataclass, field

from tests.support.batch_definitions import TEXTS
from tests.support.small_province import NOW, Stage
from workflow import cases
from workflow.definitions import publishing
from workflow.storage.session import Database, Tx
from workflow.values import Act

CLERK, HEAD = "cucphuong.clerk", "cucphuong.head"
UNIT = "14437"


@dataclass
class Batch:
    """The code of a batch, with those of its items."""

    code: str
    items: list[str] = field(default_factory=list)

    @property
    def ship(self) -> Act:
        return Act("ship", {"items": self.items})


def publish(database: Database) -> None:
    """Publish the family."""
    with database.writing() as tx:
        for name in ("slip", "item", "pool", "batch"):
            publishing.publish_shipped(tx, TEXTS[name], now=NOW, path=f"{name}.yaml")


def opened(tx: Tx, province: Stage, name: str) -> str:
    """Open a case for its clerk; the code."""
    answer = cases.open_case(tx, name, unit_id=province.units[UNIT], person_id=province.people[CLERK], now=NOW)
    assert isinstance(answer, cases.Acted), answer
    return answer.case.code


def does(database: Database, province: Stage, code: str, act: Act, *, by: str = CLERK) -> cases.Acted:
    """Do something to a case that must succeed."""
    with database.writing() as tx:
        answer = cases.act_in(tx, code, act, person_id=province.people[by], now=NOW)
    assert isinstance(answer, cases.Acted), answer
    return answer


def weighs(database: Database, province: Stage, item: str, weight: int) -> None:
    """Weigh an item."""
    does(database, province, item, Act("weigh", {"weight": weight}))


def new_batch(database: Database, province: Stage, *, weights: tuple[int, ...] = (1, 1)) -> Batch:
    """A batch with an item of each weight."""
    with database.writing() as tx:
        batch = Batch(opened(tx, province, "batch"), [opened(tx, province, "item") for _ in weights])
    for item, weight in zip(batch.items, weights, strict=True):
        weighs(database, province, item, weight)
    return batch
