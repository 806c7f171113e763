"""Acts of an administrator that wait for a second one."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261201_0530"
down_revision = "20261201_0520"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pending_act",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("about", BigId, nullable=False),
        sa.Column("proposed_by", BigId, nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["about"], ["person.id"], name=op.f("fk_pending_act_about")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_pending_act_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_act")),
    )
    op.create_index("ix_pending_act_about", "pending_act", ["about"])


def downgrade() -> None:
    op.drop_index("ix_pending_act_about", table_name="pending_act")
    op.drop_table("pending_act")
