"""What is read of a whole register or a long journal is found in an index, without looking at every row."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the indexes: the journal by time, the voters' groups, who took part."""
    chosen_by = ["kind", "actor", "witness", "stream"]
    op.create_index("entry_by_time", "entry", ["time", "device", "number", *chosen_by])
    op.create_index("voter_group", "voter", ["number", "token", sa.text("json_extract(record, '$.group')")])
    op.create_index(
        "voter_took_part",
        "stream",
        ["name"],
        sqlite_where=sa.text("""instr(state, '"issues":[{') > 0"""),
    )
