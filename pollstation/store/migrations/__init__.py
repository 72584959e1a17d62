"""Schemas of the station file, oldest to newest, applied in-process by Alembic.

Alembic takes longer to import than the whole program takes to start, so it is imported only when a file has
to be made or upgraded.
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent
"""Where Alembic finds ``env.py`` and ``versions``."""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the file behind ``connection`` to ``revision``, inside the transaction that is open on it."""
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    import_module("alembic.command").upgrade(config, revision)
