"""Reading and writing what people set for themselves."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from workflow.storage.models import PersonSetting
from workflow.storage.queries.settings import upsert
from workflow.storage.session import Tx
from workflow.storage.statements import Prebuilt

_OF_PERSON = Prebuilt(
    select(PersonSetting.name, PersonSetting.value).where(PersonSetting.person_id == bindparam("person"))
)


def of_person(tx: Tx, person_id: int) -> dict[str, str]:
    """Return what a person has set, by name."""
    return {row.name: row.value for row in _OF_PERSON.all(tx, {"person": person_id})}


def put(tx: Tx, person_id: int, values: Mapping[str, str]) -> None:
    """Write settings of a person."""
    rows = [{"person_id": person_id, "name": name, "value": value} for name, value in values.items()]
    upsert(tx, PersonSetting, rows)
