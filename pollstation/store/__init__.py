"""The file of the day: SQLite, encrypted, through SQLAlchemy."""

from pollstation.store.station_file import StationFile

__all__ = ["StationFile"]
