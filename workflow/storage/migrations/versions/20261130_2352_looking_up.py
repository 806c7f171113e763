"""Cases are looked up by code and PIN, which may be renewed; the cases of a kind are found in their order."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261130_2352"
down_revision = "20261130_2350"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lookup_pin",
        sa.Column("case_id", BigId, nullable=False),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("renewed_by", BigId, nullable=True),
        sa.Column("renewed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_lookup_pin_case_id_case_file")),
        sa.ForeignKeyConstraint(["renewed_by"], ["person.id"], name=op.f("fk_lookup_pin_renewed_by_person")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_lookup_pin")),
    )
    op.create_index("ix_case_file_definition_name_id", "case_file", ["definition_name", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_file_definition_name_id", table_name="case_file")
    op.drop_table("lookup_pin")
