"""Places that cases hold of what there is only so much of."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId

revision = "20261124_1950"
down_revision = "20261124_1940"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reservation",
        sa.Column("definition_name", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_reservation_case_id_case_file")),
        sa.PrimaryKeyConstraint("definition_name", "name", "key", "number", name=op.f("pk_reservation")),
    )
    op.create_index("ix_reservation_case_id", "reservation", ["case_id"])


def downgrade() -> None:
    op.drop_table("reservation")
