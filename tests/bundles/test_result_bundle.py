"""A bundle is checked as a stranger would check it: nothing in it is believed that can be computed."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from pollstation.bundles.certificates import Authority, certificate_pem, read_key
from pollstation.bundles.result_bundle import BundleReport, read_counting, read_polling, verify_bundle
from pollstation.bundles.sealed_zip import SIGNATURE, SUMS, seal
from pollstation.domain.errors import Code, Faults
from pollstation.domain.journal import START, Entry, Kind, entry_hash, from_line, to_lines
from pollstation.services.consolidating import consolidate
from tests import station as small
from tests.bundles.conftest import Handed, package_for, preparation, public_tools_accept
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
    two_places: tuple[Handed, Handed], root: Authority
) -> None:
    polling, counting = (verify(each.bundle, root) for each in two_places)
    assert (polling.role, polling.stations, polling.outcomes) == ("polling", ["S01"], {})
    assert (counting.role, counting.stations) == ("counting", ["C1", "S01"])
    assert set(polling.heads.items()) < set(counting.heads.items())
    assert counting.totals["for/county-1/0"] == 17
    assert counting.outcomes["town-1"] == "ELECTED"


def test_a_count_is_not_taken_in_as_a_polling(own_count: bytes, root: Authority) -> None:
    with pytest.raises(Faults) as refused:
        read_polling(own_count, certificate_pem(root.certificate))
    assert [fault.code for fault in refused.value.faults] == [Code.BUNDLE_WRONG_ROLE]


def test_a_polling_bundle_is_no_result(two_places: tuple[Handed, Handed], root: Authority) -> None:
    with pytest.raises(Faults) as refused:
        read_counting(two_places[0].bundle, certificate_pem(root.certificate), "a.zip")
    assert [(fault.code, fault.file) for fault in refused.value.faults] == [(Code.BUNDLE_WRONG_ROLE, "a.zip")]


def test_what_a_site_counted_is_divided_among_its_stations(
    two_places: tuple[Handed, Handed], root: Authority
) -> None:
    counting = read_counting(two_places[1].bundle, certificate_pem(root.certificate))
    assert counting.by_station["S01"] == counting.totals
    whole = consolidate([counting])
    assert whole.result("county-1").figures.votes == {"甲一": 17, "乙二": 17, "丙三": 0}


def test_the_result_is_in_the_common_format(own_count: bytes, root: Authority) -> None:
    report = json.loads(opened(own_count)["result.json"])
    assert report["@type"] == "ElectionResults.ElectionReport"
    contest = report["Election"][0]["Contest"][0]
    counts = {
        each.get("OtherType", "for"): each["Count"] for each in contest["ContestSelection"][2]["VoteCounts"]
    }
    assert counts == {"for": 0, "pollstation:AgainstVotes": 17, "pollstation:AbstainVotes": 0}
    assert report["IsTest"] is True


def test_a_correction_names_the_bundle_it_corrects(own_day: Handed, root: Authority) -> None:
    first, second = verify(own_day.bundle, root), verify(own_day.correction, root)
    assert (first.supersedes, second.supersedes) == ("", first.sha256)
    assert json.loads(opened(own_day.correction)["result.json"])["Status"] == "correction"
    assert second.totals == first.totals


@settings(max_examples=60)
@given(place=st.integers(0, 1 << 24), change=st.integers(1, 255))
def test_any_changed_byte_of_a_bundle_is_found(
    place: int, change: int, own_count: bytes, root: Authority
) -> None:
    data = bytearray(own_count)
    data[place % len(data)] ^= change
    assert found(bytes(data), root)


def test_no_name_of_a_voter_leaves(own_count: bytes) -> None:
    for name, data in opened(own_count).items():
        for number in range(1, 31):
            voter = small.voter(number)
            for secret in (voter.name, voter.card, voter.id_number, voter.address):
                assert secret.encode() not in data, name


Files = dict[str, bytes]
Forgery = Callable[[Files, bytes], None]


def forged(day: Handed, forgery: Forgery) -> bytes:
    """The bundle changed and sealed anew by the station's own key: only its content can tell."""
    files = {name: data for name, data in opened(day.bundle).items() if name not in (SUMS, SIGNATURE)}
    forgery(files, day.key)
    return seal(files, read_key(day.key), x509.load_pem_x509_certificate(day.certificate))


def found(data: bytes, root: Authority) -> set[Code]:
    with pytest.raises(Faults) as refused:
        verify(data, root)
    assert all(fault.file.startswith("a.zip") for fault in refused.value.faults)
    return {fault.code for fault in refused.value.faults}


def in_json(name: str, *path: str | int, to: object) -> Forgery:
    """Change one value of a JSON file."""

    def forgery(files: Files, _key: bytes) -> None:
        document: Any = json.loads(files[name])
        inner = document
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = to
        files[name] = json.dumps(document, ensure_ascii=False).encode()

    return forgery


def in_file(name: str, change: Callable[[bytes], bytes]) -> Forgery:
    """Change one file."""

    def forgery(files: Files, _key: bytes) -> None:
        files[name] = change(files.get(name, b""))

    return forgery


def without(name: str) -> Forgery:
    """Leave one file out."""

    def forgery(files: Files, _key: bytes) -> None:
        del files[name]

    return forgery


def chained(change: Callable[[list[Entry]], list[Entry]], *, sign: bool = True) -> Forgery:
    """Change the journal and compute every hash anew, and with the station's key every checkpoint."""

    def forgery(files: Files, key: bytes) -> None:
        ends: dict[str, Entry] = {}
        entries = []
        for entry in change([from_line(line) for line in files["journal.jsonl"].splitlines()]):
            ends[entry.device] = linked(entry, ends.get(entry.device), key if sign else b"")
            entries.append(ends[entry.device])
        files["journal.jsonl"] = to_lines(entries)
        in_json("manifest.json", "head", to=entries[-1].hash)(files, key)

    return forgery


def linked(entry: Entry, before: Entry | None, key: bytes) -> Entry:
    """The entry after ``before``, hashed, and signed when it is a checkpoint and a key is there."""
    head, number = (before.hash, before.number) if before else (START, 0)
    public = dict(entry.public)
    if entry.kind == Kind.CHECKPOINT and key:
        signature = read_key(key).sign(bytes.fromhex(head), ec.ECDSA(hashes.SHA256()))
        public |= {"head": head, "number": number, "signature": b64encode(signature).decode()}
    draft = msgspec.structs.replace(entry, previous=head, number=number + 1, public=public)
    return msgspec.structs.replace(draft, hash=entry_hash(draft))


def changed(kind: Kind, **public: object) -> Callable[[list[Entry]], list[Entry]]:
    """Change the public part of every entry of ``kind``; None takes a fact away."""

    def facts(entry: Entry) -> dict[str, object]:
        return {name: fact for name, fact in {**entry.public, **public}.items() if fact is not None}

    return lambda entries: [
        msgspec.structs.replace(entry, public=facts(entry)) if entry.kind == kind else entry
        for entry in entries
    ]


def repeated(kind: Kind) -> Callable[[list[Entry]], list[Entry]]:
    """Write the first entry of ``kind`` once more, after the last one."""

    def change(entries: list[Entry]) -> list[Entry]:
        at = max(place for place, entry in enumerate(entries) if entry.kind == kind)
        again = next(entry for entry in entries if entry.kind == kind)
        return [
            *entries[: at + 1],
            msgspec.structs.replace(again, time=f"{entries[at].time[:-5]}00009"),
            *entries[at + 1 :],
        ]

    return change


def swapped(lines: bytes) -> bytes:
    rows = lines.splitlines(keepends=True)
    rows[10], rows[11] = rows[11], rows[10]
    return b"".join(rows)


def with_private(lines: bytes) -> bytes:
    return lines.replace(b'{"actor"', b'{"private":{"salt":"00","facts":{}},"actor"', 1)


VOTES = ("Election", 0, "Contest", 0, "ContestSelection", 0, "VoteCounts", 0, "Count")
FORGERIES: dict[str, tuple[Forgery, Code]] = {
    "a total changed": (in_json("account.json", "for/county-1/0", to=18), Code.BUNDLE_TOTAL_DIFFERS),
    "a total added": (in_json("account.json", "for/county-1/9", to=1), Code.BUNDLE_TOTAL_DIFFERS),
    "account not JSON": (in_file("account.json", lambda _: b"{"), Code.BUNDLE_UNREADABLE),
    "votes changed": (in_json("result.json", *VOTES, to=18), Code.BUNDLE_RESULT_DIFFERS),
    "votes as a fraction": (in_json("result.json", *VOTES, to=17.0), Code.BUNDLE_RESULT_DIFFERS),
    "a field added to the result": (in_json("result.json", "Notes", to="x"), Code.BUNDLE_RESULT_DIFFERS),
    "result left out": (without("result.json"), Code.BUNDLE_FILE_MISSING),
    "account left out": (without("account.json"), Code.BUNDLE_FILE_MISSING),
    "manifest left out": (without("manifest.json"), Code.BUNDLE_FILE_MISSING),
    "certificate left out": (without("certificates/S01.pem"), Code.BUNDLE_FILE_MISSING),
    "a file nobody knows": (in_file("notes.txt", lambda _: b"x"), Code.BUNDLE_FILE_UNKNOWN),
    "another election": (
        in_json("manifest.json", "plan", "election", "id", to="E2027"),
        Code.BUNDLE_OTHER_ELECTION,
    ),
    "another station": (
        in_json("manifest.json", "plan", "station", "id", to="S02"),
        Code.BUNDLE_OTHER_STATION,
    ),
    "another role": (in_json("manifest.json", "role", to="committee"), Code.BUNDLE_WRONG_ROLE),
    "a newer format": (in_json("manifest.json", "format", to=2), Code.BUNDLE_NEWER),
    "another kind of file": (in_json("manifest.json", "kind", to="x"), Code.BUNDLE_UNREADABLE),
    "another head": (in_json("manifest.json", "head", to="0" * 64), Code.BUNDLE_HEAD_DIFFERS),
    "a candidate renamed": (
        in_json("manifest.json", "plan", "contests", 0, "candidates", 0, to="某"),
        Code.BUNDLE_RESULT_DIFFERS,
    ),
    "a certificate of nobody": (
        in_file("certificates/S01.pem", lambda _: b"x"),
        Code.BUNDLE_CERTIFICATE_WRONG,
    ),
    "no journal": (in_file("journal.jsonl", lambda _: b""), Code.BUNDLE_JOURNAL_EMPTY),
    "a line of nonsense": (in_file("journal.jsonl", lambda lines: lines + b"x\n"), Code.BUNDLE_JOURNAL_LINE),
    "a private part": (in_file("journal.jsonl", with_private), Code.BUNDLE_JOURNAL_LINE),
    "entries swapped": (in_file("journal.jsonl", swapped), Code.JOURNAL_CHAIN_BROKEN),
    "an entry left out": (
        in_file("journal.jsonl", lambda lines: b"".join(lines.splitlines(keepends=True)[1:])),
        Code.JOURNAL_GAP,
    ),
    "the end cut off": (
        in_file("journal.jsonl", lambda lines: b"".join(lines.splitlines(keepends=True)[:-1])),
        Code.BUNDLE_HEAD_DIFFERS,
    ),
    "an entry changed": (
        in_file("journal.jsonl", lambda lines: lines.replace(b"in_person", b"mobile", 1)),
        Code.JOURNAL_ENTRY_ALTERED,
    ),
    "an entry changed and every hash anew": (
        chained(changed(Kind.BALLOTS_ISSUED, box="S01-M1"), sign=False),
        Code.JOURNAL_CHECKPOINT_WRONG,
    ),
    "another box, all signed anew": (
        chained(changed(Kind.BALLOTS_ISSUED, box="S01-M1")),
        Code.BUNDLE_ACCOUNT_DIFFERS,
    ),
    "more ballots in a box than its sheets hold": (
        chained(changed(Kind.BOX_COUNTED, counted={"county-1": 99, "town-1": 99})),
        Code.BUNDLE_ACCOUNT_DIFFERS,
    ),
    "a voter issued a contest twice": (chained(repeated(Kind.BALLOTS_ISSUED)), Code.BUNDLE_ISSUED_TWICE),
    "another election in the journal": (
        chained(changed(Kind.PACKAGE_LOADED, election="E2027")),
        Code.BUNDLE_OTHER_ELECTION,
    ),
    "an act without its facts": (
        chained(changed(Kind.BALLOTS_ISSUED, channel=None)),
        Code.BUNDLE_JOURNAL_SENSELESS,
    ),
    "facts of another kind": (
        chained(changed(Kind.BOX_COUNTED, counted="many")),
        Code.BUNDLE_JOURNAL_SENSELESS,
    ),
    "another outcome proposed": (
        chained(changed(Kind.RESULT_PROPOSED, outcomes={"county-1": "REVOTE", "town-1": "ELECTED"})),
        Code.BUNDLE_RESULT_DIFFERS,
    ),
    "another outcome confirmed": (
        chained(changed(Kind.RESULT_CONFIRMED, outcome="FRESH_ELECTION")),
        Code.BUNDLE_RESULT_DIFFERS,
    ),
    "somebody else confirmed": (
        chained(changed(Kind.RESULT_CONFIRMED, elected=["甲一", "丙三"])),
        Code.BUNDLE_RESULT_DIFFERS,
    ),
    "a contest confirmed that was not counted": (
        chained(changed(Kind.RESULT_CONFIRMED, contest="county-9")),
        Code.BUNDLE_RESULT_DIFFERS,
    ),
    "confirmed by one person": (
        chained(
            lambda entries: [
                msgspec.structs.replace(entry, witness="") if entry.kind == Kind.RESULT_CONFIRMED else entry
                for entry in entries
            ]
        ),
        Code.BUNDLE_ONE_PERSON,
    ),
    "no result proposed": (
        chained(lambda entries: [entry for entry in entries if entry.kind != Kind.RESULT_PROPOSED]),
        Code.BUNDLE_UNFINISHED,
    ),
    "opened by one person": (
        chained(
            lambda entries: [
                msgspec.structs.replace(entry, witness=entry.actor) if entry.kind == Kind.OPENED else entry
                for entry in entries
            ]
        ),
        Code.BUNDLE_ONE_PERSON,
    ),
    "a line from paper keyed in by one person": (
        chained(changed(Kind.BALLOTS_ISSUED, from_paper=True)),
        Code.BUNDLE_ONE_PERSON,
    ),
    "a sheet read twice by one counter": (
        chained(
            lambda entries: [
                msgspec.structs.replace(entry, actor="counter-01")
                if entry.kind == Kind.FIELDS_ENTERED
                else entry
                for entry in entries
            ]
        ),
        Code.BUNDLE_ONE_COUNTER,
    ),
    "the end unsigned": (chained(lambda entries: entries[:-2]), Code.BUNDLE_END_UNSIGNED),
    "another station's stock": (
        chained(
            lambda entries: [
                msgspec.structs.replace(entry, stream=entry.stream.replace("stock:S01", "stock:S02"))
                for entry in entries
            ]
        ),
        Code.BUNDLE_ENTRY_FOREIGN,
    ),
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forgery_sealed_by_the_station_itself_is_found(kind: str, own_day: Handed, root: Authority) -> None:
    forgery, code = FORGERIES[kind]
    assert code in found(forged(own_day, forgery), root)


def test_sealed_anew_without_a_change_it_holds(own_day: Handed, root: Authority) -> None:
    assert verify(forged(own_day, lambda _files, _key: None), root).outcomes
    assert verify(forged(own_day, chained(lambda entries: entries)), root).outcomes


def test_a_count_without_its_stations_journal_is_refused(
    two_places: tuple[Handed, Handed], root: Authority
) -> None:
    def left_out(files: Files, _key: bytes) -> None:
        lines = files["journal.jsonl"].splitlines(keepends=True)
        files["journal.jsonl"] = b"".join(line for line in lines if from_line(line).device.startswith("C1"))

    assert Code.BUNDLE_POLLING_MISSING in found(forged(two_places[1], left_out), root)


def test_a_count_with_another_journal_than_it_took_in_is_refused(
    two_places: tuple[Handed, Handed], root: Authority
) -> None:
    _, count = two_places

    def cut(files: Files, _key: bytes) -> None:
        rows = files["journal.jsonl"].splitlines(keepends=True)
        entries = [from_line(row) for row in rows]
        closing = max(
            place
            for place, entry in enumerate(entries)
            if entry.device.startswith("S01") and entry.public.get("occasion") == "closing"
        )
        files["journal.jsonl"] = b"".join(
            row
            for place, row in enumerate(rows)
            if not entries[place].device.startswith("S01") or place <= closing
        )

    assert Code.BUNDLE_POLLING_DIFFERS in found(forged(count, cut), root)


def test_a_bundle_of_another_committee_is_refused(own_count: bytes, stranger: Authority) -> None:
    assert found(own_count, stranger) == {Code.SEAL_SIGNER_UNKNOWN}


def test_a_key_of_another_station_cannot_sign_this_ones_bundle(
    own_day: Handed, root: Authority, station: Authority
) -> None:
    files = {name: data for name, data in opened(own_day.bundle).items() if name not in (SUMS, SIGNATURE)}
    assert Code.BUNDLE_OTHER_ELECTION in found(seal(files, *station), root)


def test_what_the_committee_seals_is_no_bundle(root: Authority) -> None:
    package = package_for(preparation((small.plan().station,)), "S01", root)
    assert found(package, root) == {Code.SEAL_SIGNER_ROLE}
