"""All who changed the text of a draft: none of them publishes it. Of drafts that are there, the last who saved them."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId

revision = "20261201_0520"
down_revision = "20261201_0500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "definition_writer",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_definition_writer_person_id")),
        sa.PrimaryKeyConstraint("name", "person_id", name=op.f("pk_definition_writer")),
    )
    op.execute(
        "INSERT INTO definition_writer (name, person_id) "
        "SELECT name, saved_by FROM definition_draft WHERE saved_by IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("definition_writer")
