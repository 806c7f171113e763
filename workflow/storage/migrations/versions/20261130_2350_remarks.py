"""Remarks of cases, how far people have read, and forms kept until their author has signed in again."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261130_2350"
down_revision = "20261130_2340"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("case_id", BigId, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("field", sa.String(64), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("answer_to", BigId, nullable=True),
        sa.Column("settled_by", BigId, nullable=True),
        sa.Column("settled_at_version", sa.Integer(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('defect', 'comment', 'fix')", name=op.f("ck_remark_kind")),
        sa.CheckConstraint("state IN ('draft', 'open', 'fixed', 'accepted', 'dropped')", name=op.f("ck_remark_state")),
        sa.CheckConstraint("kind <> 'fix' OR answer_to IS NOT NULL", name=op.f("ck_remark_answer_to")),
        sa.ForeignKeyConstraint(["answer_to"], ["remark.id"], name=op.f("fk_remark_answer_to_remark")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_remark_author_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_remark_case_id_case_file")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_remark_settled_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_remark_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_case_id", "remark", ["case_id", "id"])
    op.create_index("ix_remark_author_id_field", "remark", ["author_id", "field"])
    op.create_table(
        "mention",
        sa.Column("remark_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mention_person_id_person")),
        sa.ForeignKeyConstraint(["remark_id"], ["remark.id"], name=op.f("fk_mention_remark_id_remark")),
        sa.PrimaryKeyConstraint("remark_id", "person_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_person_id", "mention", ["person_id"])
    op.create_table(
        "case_reading",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("case_id", BigId, nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("seen_remark", sa.Integer(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_reading_case_id_case_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_reading_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "case_id", name=op.f("pk_case_reading")),
    )
    op.create_index("ix_case_reading_case_id", "case_reading", ["case_id"])
    op.create_table(
        "kept_form",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_form_person_id_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_kept_form")),
    )
    op.create_index("ix_kept_form_until", "kept_form", ["until"])


def downgrade() -> None:
    for table in ("kept_form", "case_reading", "mention", "remark"):
        op.drop_table(table)
