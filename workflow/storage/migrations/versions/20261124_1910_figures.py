"""Regimes, and the figures that they, the province and movements set."""

import sqlalchemy as sa
from alembic import op

from workflow.storage.models.base import BigId, Instant

revision = "20261124_1910"
down_revision = "20261122_1955"
branch_labels = None
depends_on = None

LAYER = (
    "(layer = 'regime' AND regime IS NOT NULL AND movement_id IS NULL)"
    " OR (layer = 'province' AND regime IS NULL AND movement_id IS NULL)"
    " OR (layer = 'movement' AND regime IS NULL AND movement_id IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "regime",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title_vi", sa.String(length=500), nullable=False),
        sa.Column("title_en", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regime")),
    )
    op.create_table(
        "figure",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("layer", sa.String(length=8), nullable=False),
        sa.Column("regime", sa.String(length=64), nullable=True),
        sa.Column("movement_id", BigId, nullable=True),
        sa.Column("definition", sa.String(length=64), nullable=False),
        sa.Column("param", sa.String(length=64), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("set_by", BigId, nullable=True),
        sa.Column("set_at", Instant(), nullable=False),
        sa.CheckConstraint(LAYER, name=op.f("ck_figure_layer")),
        sa.ForeignKeyConstraint(["regime"], ["regime.code"], name=op.f("fk_figure_regime")),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"], name=op.f("fk_figure_movement_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_figure_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    op.create_index("ix_figure_definition", "figure", ["definition"])


def downgrade() -> None:
    op.drop_table("figure")
    op.drop_table("regime")
