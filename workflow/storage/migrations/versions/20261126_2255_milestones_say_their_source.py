"""Milestones say which paper set their date."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_2255"
down_revision = "20261124_1950"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("milestone", sa.Column("source", sa.String(500), nullable=True))


def downgrade() -> None:
    op.drop_column("milestone", "source")
