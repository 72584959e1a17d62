"""A bundle whose journal holds what a mobile box's crew wrote on its own laptop."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from pollstation.bundles.certificates import Authority, certificate_pem
from pollstation.bundles.result_bundle import verify_bundle
from pollstation.domain.errors import Code, Faults
from pollstation.domain.journal import Entry, Kind
from pollstation.services import mobile_boxes
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests import station as small
from tests.bundles.conftest import Handed, file_for, handed, preparation
from tests.bundles.test_result_bundle import chained, forged

WORD = "on the way 7"


@pytest.fixture(scope="module")
def with_crew(root: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handed]:
    """The crew served two voters live."""
    folder = tmp_path_factory.mktemp("crew")
    with file_for(preparation((small.plan().station,)), "S01", root, folder) as file:
        acts.prepare(file)
        acts.open_day(file)
        acts.vote(file, *range(1, 19))
        acts.approve_visits(file, 21, 22)
        acts.send_mobile(file)
        serve_live(file, folder / "crew")
        acts.return_mobile(file, {"county-1": 3, "town-1": 3})
        acts.close_day(file)
        acts.open_boxes(file)
        acts.count_everything(file)
        acts.propose(file)
        yield handed(file)


def serve_live(file: StationFile, path: Path) -> None:
    clock = small.TickingClock()
    place, people = Workplace(file), (acts.OFFICER, acts.WITNESS)
    place.crew_file(*people, "S01-M1", path, WORD, clock)
    by = small.session("scrutineer-01")
    with StationFile.open(path, WORD, clock) as crew:
        for number in (21, 22):
            crew.write(partial(mobile_boxes.serve, by=by, box="S01-M1", token=acts.token(number)))
    place.take_in_crew(*people, "S01-M1", path, WORD, clock)


def test_the_station_vouches_for_its_crew_which_holds_no_key(with_crew: Handed, root: Authority) -> None:
    report = verify_bundle(with_crew.bundle, certificate_pem(root.certificate), "a.zip")
    assert report.totals["participants/mobile"] == 2
    assert any(device.startswith("S01-M1-") for device in report.heads)


def test_what_a_crew_wrote_and_nobody_took_in_is_refused(with_crew: Handed, root: Authority) -> None:
    def forget(entries: list[Entry]) -> list[Entry]:  # the station's own chain is linked anew
        return [entry for entry in entries if entry.kind != Kind.CREW_FILE_RETURNED]

    with pytest.raises(Faults) as refused:
        verify_bundle(forged(with_crew, chained(forget)), certificate_pem(root.certificate), "a.zip")
    assert Code.BUNDLE_END_UNSIGNED in {fault.code for fault in refused.value.faults}
