"""The file of the day: SQLite, encrypted, through SQLAlchemy."""
