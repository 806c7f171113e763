"""Ballot boxes: choices of secret asks, linked to nobody."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId

revision = "20261122_1920"
down_revision = "20261122_1800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("case_id", BigId, nullable=False),
        sa.Column("ask", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_ballot_case_id_case_file")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ballot_case_id", "ballot", ["case_id"])


def downgrade() -> None:
    op.drop_table("ballot")
