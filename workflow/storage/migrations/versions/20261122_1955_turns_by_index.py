"""The index of open turns carries the person, so that PostgreSQL finds the nearest ones in it alone."""

from alembic import op
from sqlalchemy import text

revision = "20261122_1955"
down_revision = "20261122_1920"
branch_labels = None
depends_on = None

NAME = "ix_assignment_desk_open"
COLUMNS = ["unit_id", "role", "urgent_at", "id"]
OPEN = text("closed_at IS NULL")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index(NAME, "assignment")
        op.create_index(NAME, "assignment", COLUMNS, postgresql_where=OPEN, postgresql_include=["person_id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index(NAME, "assignment")
        op.create_index(NAME, "assignment", COLUMNS, postgresql_where=OPEN)
