"""Links that let somebody choose a password, or lock an account, once."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261201_0500"
down_revision = "20261201_0430"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("made_by", BigId, nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("spent_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('invitation', 'reset', 'slip', 'console', 'lock')", name=op.f("ck_one_time_link_purpose")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_one_time_link_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_time_link_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
    )
    op.create_index("ix_one_time_link_person_id", "one_time_link", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_one_time_link_person_id", table_name="one_time_link")
    op.drop_table("one_time_link")
