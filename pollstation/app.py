"""The one place where parts are wired together."""

from pollstation.cli import pollstation


def run() -> None:
    """Start the program as its arguments ask."""
    pollstation()
