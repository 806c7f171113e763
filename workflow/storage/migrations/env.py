"""Alembic's entrance: runs revisions inside the transaction that `workflow.storage.migrating` opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from workflow.storage.models import Base, Instant


def write_instants_by_name(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(item, Instant):
        autogenerate.imports.add("from workflow.storage.models.base import Instant")
        return "Instant()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=write_instants_by_name,
)
context.run_migrations()
