import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from pollstation.store import StationFile, encryption
from tests import station


@pytest.fixture(scope="session", autouse=True)
def each_key_is_derived_once() -> Iterator[None]:
    """The hash is slow by design; a test that opens the same file again need not wait for it again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "derive_key", cache(encryption.derive_key))
        yield


NewFile = Callable[..., Path]


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> NewFile:
    """A way to a fresh station file of a device, copied from one that is made once."""
    folder = tmp_path_factory.mktemp("days")
    numbers = count(1)

    @cache
    def pattern(device: str) -> Path:
        path = folder / f"{device}.pattern"
        StationFile.create(
            path, station.PASSPHRASE, station.package(), station.TickingClock(), device
        ).close()
        return path

    def fresh(device: str = "S01-aaaa") -> Path:
        return Path(shutil.copy(pattern(device), folder / f"{next(numbers)}.station"))

    return fresh
