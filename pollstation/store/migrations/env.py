"""Run by Alembic: migrate over the connection that the station file passes in."""

from alembic import context

from pollstation.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
