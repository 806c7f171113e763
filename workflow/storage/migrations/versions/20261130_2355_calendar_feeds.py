"""Calendars of deadlines that people subscribe to, where they ask for one."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261130_2355"
down_revision = "20261130_2352"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
    )


def downgrade() -> None:
    op.drop_table("calendar_feed")
