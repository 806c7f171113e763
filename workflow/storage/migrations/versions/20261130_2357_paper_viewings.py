"""Who has said of which content of a case that they have read it."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261130_2357"
down_revision = "20261130_2355"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_viewing",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("case_id", BigId, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("viewed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_paper_viewing_case_id_case_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_viewing_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "case_id", "sha256", name=op.f("pk_paper_viewing")),
    )
    op.create_index("ix_paper_viewing_case_id", "paper_viewing", ["case_id"])


def downgrade() -> None:
    op.drop_index("ix_paper_viewing_case_id", table_name="paper_viewing")
    op.drop_table("paper_viewing")
