from collections.abc import Iterator
from pathlib import Path

import pytest

from pollstation.store import StationFile
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package


@pytest.fixture
def prepared(tmp_path: Path) -> Iterator[StationFile]:
    """A station's file on the morning of the day, before the opening."""
    path = tmp_path / "day.pollstation"
    with StationFile.create(path, PASSPHRASE, package(), TickingClock(), "S01-aaaa") as file:
        acts.prepare(file)
        yield file


@pytest.fixture
def polling(prepared: StationFile) -> StationFile:
    """A station with open polling."""
    acts.open_day(prepared)
    return prepared
