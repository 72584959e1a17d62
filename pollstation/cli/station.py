"""How commands open the file of the day."""

from datetime import UTC, datetime
from pathlib import Path

from pollstation.cli.files import passphrase
from pollstation.i18n import _
from pollstation.store import StationFile

PASSPHRASE = "POLLSTATION_PASSPHRASE"
"""The environment variable in which the passphrase of the file may stand."""


class WallClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


def open_station(file: Path) -> StationFile:
    """Open the file of the day with the passphrase from the environment, or ask for it."""
    return StationFile.open(
        file, passphrase(_("Passphrase of the station file"), None, PASSPHRASE), WallClock()
    )
