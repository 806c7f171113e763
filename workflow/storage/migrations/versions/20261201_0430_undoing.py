"""A remark keeps the state that it had before its last change, so that an act which is taken back restores it."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0430"
down_revision = "20261130_2359"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("remark") as table:
        table.add_column(sa.Column("was", sa.String(8), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("remark") as table:
        table.drop_column("was")
