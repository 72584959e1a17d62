"""The journal is read page by page, from the latest entry back, however long it has grown."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index of the order of happening, with all that entries are chosen by."""
    chosen_by = ["kind", "actor", "witness", "stream"]
    op.create_index("entry_by_time", "entry", ["time", "device", "number", *chosen_by])
