"""Cases are found by a table of words, and listed by kind, state and unit from an index.

The words of cases that are there already are written after the migration, in batches: `workflow.search.filling`. The
setting says up to which case they are still to be written.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2359"
down_revision = "20261130_2357"
branch_labels = None
depends_on = None

_WORD = sa.String(48).with_variant(sa.VARCHAR(48, collation="C"), "postgresql")
_TO_FILL = "INSERT INTO setting (name, value) SELECT 'case_words_to_fill', CAST(max(id) AS VARCHAR(20)) FROM case_file"


def upgrade() -> None:
    op.create_table(
        "case_word",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("word", _WORD, nullable=False),
        sa.Column("marked", _WORD, nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "word", "marked", "source", name=op.f("pk_case_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_word_word_case_id", "case_word", ["word", "case_id"])
    op.create_index("ix_case_word_word_marked_case_id", "case_word", ["word", "marked", "case_id"])
    op.create_index("ix_case_file_unit_id_id", "case_file", ["unit_id", "id"])
    op.create_index("ix_case_file_definition_name_state_id", "case_file", ["definition_name", "state", "id"])
    op.create_index("ix_case_file_opened_at", "case_file", ["opened_at"])
    op.drop_index("ix_case_file_unit_id", "case_file")
    op.execute(f"{_TO_FILL} HAVING max(id) IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM setting WHERE name = 'case_words_to_fill'")
    op.create_index("ix_case_file_unit_id", "case_file", ["unit_id"])
    op.drop_index("ix_case_file_opened_at", "case_file")
    op.drop_index("ix_case_file_definition_name_state_id", "case_file")
    op.drop_index("ix_case_file_unit_id_id", "case_file")
    op.drop_table("case_word")
