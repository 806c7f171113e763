"""Texts of definitions say in which edition of the language they are written; what is there is of the first."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2030"
down_revision = "20261126_2255"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("definition", sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("definition", "edition")
