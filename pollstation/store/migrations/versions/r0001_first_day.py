"""The first station file: journal, projections, register, people, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables, and the triggers that keep the journal append-only."""
    op.create_table(
        "entry",
        sa.Column("device", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("witness", sa.Text, nullable=False),
        sa.Column("public", sa.Text, nullable=False),
        sa.Column("private_digest", sa.LargeBinary, nullable=False),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary),
        sa.Column("private", sa.Text),
        sqlite_strict=True,
    )
    op.create_index("entry_by_stream", "entry", ["stream"])
    for act, done in (("UPDATE", "changed"), ("DELETE", "deleted")):
        op.execute(
            f"CREATE TRIGGER entry_is_never_{done} BEFORE {act} ON entry "
            f"BEGIN SELECT RAISE(ABORT, 'entries of the journal are never {done}'); END"
        )
    op.create_table(
        "stream",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("last_time", sa.Text, nullable=False),
        sa.Column("last_device", sa.Text, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "total",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "voter",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("token", sa.Text, nullable=False, unique=True),
        sa.Column("record", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "voter_key",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, sa.ForeignKey("voter.number"), primary_key=True),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("record", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
