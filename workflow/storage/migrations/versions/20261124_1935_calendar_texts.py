"""The calendar of each revision, so that what was decided with it can be decided again."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1935"
down_revision = "20261124_1910"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_text",
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_calendar_text")),
    )


def downgrade() -> None:
    op.drop_table("calendar_text")
