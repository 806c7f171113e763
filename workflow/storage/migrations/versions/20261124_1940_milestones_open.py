"""Milestones say on which day their cases are opened."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1940"
down_revision = "20261124_1935"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("milestone", sa.Column("opens_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("milestone", "opens_on")
