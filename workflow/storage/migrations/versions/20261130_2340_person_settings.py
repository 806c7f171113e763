"""What people set for themselves."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId

revision = "20261130_2340"
down_revision = "20261130_2320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_setting",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_setting_person_id"),
        sa.PrimaryKeyConstraint("person_id", "name", name="pk_person_setting"),
    )


def downgrade() -> None:
    op.drop_table("person_setting")
