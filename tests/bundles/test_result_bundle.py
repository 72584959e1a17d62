"""A bundle is checked as a stranger would check it: nothing in it is believed that can be computed."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from pollstation.bundles.certificates import Authority, certificate_pem, issue_station, read_key
from pollstation.bundles.result_bundle import BundleReport, read_polling, verify_bundle
from pollstation.bundles.sealed_zip import SIGNATURE, SUMS, seal
from pollstation.domain.errors import Code, Faults
from tests import station as small
from tests.bundles.conftest import NOW, file_for, preparation, public_tools_accept
from tests.bundles.test_sealed_zip import opened


def verify(data: bytes, root: Authority) -> BundleReport:
    return verify_bundle(data, certificate_pem(root.certificate), "a.zip")


def test_a_station_that_counts_itself_hands_over_what_adds_up(own_count: bytes, root: Authority) -> None:
    report = verify(own_count, root)
    assert (report.role, report.election, report.station) == ("counting", "E2026", "S01")
    assert report.outcomes == {"county-1": "ELECTED", "town-1": "ELECTED"}
    assert report.totals["for/county-1/0"] == 17
    assert report.totals["registered"] == 30
    assert report.entries > 50


def test_public_tools_accept_the_bundle(own_count: bytes, root: Authority, tmp_path: Path) -> None:
    assert public_tools_accept(own_count, root, tmp_path)


def test_a_counting_site_holds_its_stations_journals(
    two_places: tuple[bytes, bytes], root: Authority
) -> None:
    polling, counting = (verify(data, root) for data in two_places)
    assert (polling.role, polling.stations, polling.outcomes) == ("polling", ["S01"], {})
    assert (counting.role, counting.stations) == ("counting", ["C1", "S01"])
    assert set(polling.heads.items()) < set(counting.heads.items())
    assert counting.totals["for/county-1/0"] == 17
    assert counting.outcomes["town-1"] == "ELECTED"


def test_a_count_is_not_taken_in_as_a_polling(own_count: bytes, root: Authority) -> None:
    with pytest.raises(Faults) as refused:
        read_polling(own_count, certificate_pem(root.certificate))
    assert [fault.code for fault in refused.value.faults] == [Code.BUNDLE_WRONG_ROLE]


def test_the_result_is_in_the_common_format(own_count: bytes, root: Authority) -> None:
    report = json.loads(opened(own_count)["result.json"])
    assert report["@type"] == "ElectionResults.ElectionReport"
    contest = report["Election"][0]["Contest"][0]
    counts = {
        each.get("OtherType", "for"): each["Count"] for each in contest["ContestSelection"][2]["VoteCounts"]
    }
    assert counts == {"for": 0, "pollstation:AgainstVotes": 17, "pollstation:AbstainVotes": 0}
    assert report["IsTest"] is True


def test_no_name_of_a_voter_leaves(own_count: bytes) -> None:
    for name, data in opened(own_count).items():
        for number in range(1, 31):
            voter = small.voter(number)
            for secret in (voter.name, voter.card, voter.id_number, voter.address):
                assert secret.encode() not in data, name


class Forger:
    """Whoever holds the station's key writes the bundle anew, and only the journal can tell."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def json(self, name: str, change: Callable[[Any], object]) -> None:
        document = json.loads(self.files[name])
        change(document)
        self.files[name] = json.dumps(document, ensure_ascii=False).encode()

    def lines(self) -> list[bytes]:
        return self.files["journal.jsonl"].splitlines(keepends=True)


@pytest.fixture(scope="module")
def forged(root: Authority) -> Callable[[Callable[[Forger], None], bytes, str], bytes]:
    """Seals changed files anew with a certificate that the root issued to the same station."""

    def forge(change: Callable[[Forger], None], data: bytes, station: str = "S01") -> bytes:
        files = {name: part for name, part in opened(data).items() if name not in (SUMS, SIGNATURE)}
        place = json.loads(files["manifest.json"])["plan"]["station"]
        assert place["id"] == station
        plan = small.plan()
        again = issue_station(root, plan.election.id, plan.election.day, plan.station, NOW)
        forger = Forger(files)
        change(forger)
        return seal(forger.files, *again)

    return forge
