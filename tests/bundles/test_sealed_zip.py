"""A sealed ZIP is read as it was written, or refused with the reason."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollstation.bundles.certificates import Authority, SignerRole, issue_station, new_root
from pollstation.bundles.sealed_zip import SIGNATURE, SUMS, pack, seal, sums_of, unseal
from pollstation.domain.errors import Code, Faults
from tests.bundles.conftest import ELECTION, NOW, polling_station, public_tools_accept

FILES = {"manifest.json": b"{}", "forms/result.pdf": b"%PDF-1.7 ...", "journal.jsonl": b'{"a":1}\n' * 20}
STATIONS = frozenset({SignerRole.POLLING, SignerRole.COUNTING, SignerRole.BOTH})

Damage = Callable[[dict[str, bytes]], dict[str, bytes]]


def read(data: bytes, root: Authority, roles: frozenset[SignerRole] = STATIONS) -> dict[str, bytes]:
    return unseal(data, root.certificate, roles, "a.zip").files


def refusal(data: bytes, root: Authority, roles: frozenset[SignerRole] = STATIONS) -> set[Code]:
    with pytest.raises(Faults) as refused:
        unseal(data, root.certificate, roles, "a.zip")
    return {fault.code for fault in refused.value.faults}


def opened(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_was_sealed_is_read_again(root: Authority, station: Authority) -> None:
    unsealed = unseal(seal(FILES, *station), root.certificate, STATIONS, "a.zip")
    assert unsealed.files == FILES
    assert unsealed.signer == (SignerRole.POLLING, ELECTION.id, "S01")
    assert abs(unsealed.signed_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert unsealed.digest == hashlib.sha256(sums_of(FILES)).digest()


def test_public_tools_accept_what_is_sealed(root: Authority, station: Authority, tmp_path: Path) -> None:
    assert public_tools_accept(seal(FILES, *station), root, tmp_path)


def test_public_tools_accept_what_the_committee_itself_seals(root: Authority, tmp_path: Path) -> None:
    assert public_tools_accept(seal(FILES, *root), root, tmp_path)


def test_the_same_files_give_the_same_bytes_but_for_the_signature(station: Authority) -> None:
    first, second = (opened(seal(files, *station)) for files in (FILES, dict(reversed(FILES.items()))))
    first.pop(SIGNATURE), second.pop(SIGNATURE)
    assert list(first.items()) == list(second.items())
    assert pack(FILES) == pack(dict(reversed(FILES.items())))


DAMAGES: dict[str, tuple[Damage, Code]] = {
    "a file changed": (lambda f: {**f, "manifest.json": b"[]"}, Code.SEAL_FILE_CHANGED),
    "a file removed": (
        lambda f: {name: data for name, data in f.items() if name != "manifest.json"},
        Code.SEAL_FILE_MISSING,
    ),
    "a file added": (lambda f: {**f, "extra.txt": b"x"}, Code.SEAL_FILE_UNLISTED),
    "a file renamed": (
        lambda f: {name.replace("result", "other"): data for name, data in f.items()},
        Code.SEAL_FILE_UNLISTED,
    ),
    "sums removed": (lambda f: {n: d for n, d in f.items() if n != SUMS}, Code.SEAL_SUMS_MISSING),
    "signature removed": (
        lambda f: {n: d for n, d in f.items() if n != SIGNATURE},
        Code.SEAL_SIGNATURE_MISSING,
    ),
    "sums rewritten": (
        lambda f: {**f, "manifest.json": b"[]", SUMS: sums_of({**FILES, "manifest.json": b"[]"})},
        Code.SEAL_SIGNATURE_WRONG,
    ),
    "sums unreadable": (lambda f: {**f, SUMS: f[SUMS].replace(b"  ", b" ")}, Code.SEAL_SUMS_UNREADABLE),
    "a sum twice": (lambda f: {**f, SUMS: f[SUMS] + f[SUMS]}, Code.SEAL_SUMS_UNREADABLE),
    "sums without an end of line": (lambda f: {**f, SUMS: f[SUMS][:-1]}, Code.SEAL_SIGNATURE_WRONG),
    "signature cut": (lambda f: {**f, SIGNATURE: f[SIGNATURE][:-3]}, Code.SEAL_SIGNATURE_UNREADABLE),
    "signature lengthened": (lambda f: {**f, SIGNATURE: f[SIGNATURE] + b"0"}, Code.SEAL_SIGNATURE_UNREADABLE),
    "signature no CMS": (lambda f: {**f, SIGNATURE: b"yours"}, Code.SEAL_SIGNATURE_UNREADABLE),
    "a name that leaves the folder": (lambda f: {**f, "../x": b""}, Code.SEAL_NAME_UNSAFE),
    "an absolute name": (lambda f: {**f, "/etc/x": b""}, Code.SEAL_NAME_UNSAFE),
    "a name for Windows": (lambda f: {**f, "a\\b": b""}, Code.SEAL_NAME_UNSAFE),
    "a hidden name": (lambda f: {**f, "forms/.x": b""}, Code.SEAL_NAME_UNSAFE),
    "names that differ in case": (lambda f: {**f, "Manifest.json": b"{}"}, Code.SEAL_NAME_TWICE),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_every_damage_is_refused_with_its_code(kind: str, root: Authority, station: Authority) -> None:
    damage, code = DAMAGES[kind]
    assert code in refusal(pack(damage(opened(seal(FILES, *station)))), root)


def test_every_fault_is_named_at_once(root: Authority, station: Authority) -> None:
    files = opened(seal(FILES, *station))
    del files["manifest.json"]
    files |= {"journal.jsonl": b"", "extra.txt": b""}
    found = refusal(pack(files), root)
    assert found == {Code.SEAL_FILE_MISSING, Code.SEAL_FILE_CHANGED, Code.SEAL_FILE_UNLISTED}


def test_a_bundle_signed_by_anothers_station_is_refused(root: Authority, stranger: Authority) -> None:
    theirs = issue_station(stranger, ELECTION.id, ELECTION.day, polling_station("S01"), NOW)
    assert refusal(seal(FILES, *theirs), root) == {Code.SEAL_SIGNER_UNKNOWN}


def test_a_root_of_the_same_name_is_not_the_root(root: Authority) -> None:
    twin = new_root(ELECTION.committee, NOW)
    theirs = issue_station(twin, ELECTION.id, ELECTION.day, polling_station("S01"), NOW)
    assert refusal(seal(FILES, *theirs), root) == {Code.SEAL_SIGNER_UNKNOWN}


def test_a_station_cannot_issue_certificates(root: Authority, station: Authority) -> None:
    forged = issue_station(station, ELECTION.id, ELECTION.day, polling_station("S02"), NOW)
    assert refusal(seal(FILES, *forged), root) == {Code.SEAL_SIGNER_UNKNOWN}


def test_another_key_with_the_stations_certificate_is_refused(
    root: Authority, station: Authority, stranger: Authority
) -> None:
    assert refusal(seal(FILES, stranger.key, station.certificate), root) == {Code.SEAL_SIGNATURE_WRONG}


def test_a_signer_of_another_role_is_refused(root: Authority, station: Authority) -> None:
    committee = frozenset({SignerRole.COMMITTEE})
    assert refusal(seal(FILES, *station), root, committee) == {Code.SEAL_SIGNER_ROLE}


def test_a_signature_outside_the_certificates_time_is_refused(root: Authority) -> None:
    early = issue_station(root, ELECTION.id, ELECTION.day, polling_station("S01"), NOW + timedelta(days=40))
    assert refusal(seal(FILES, *early), root) == {Code.SEAL_SIGNED_OUTSIDE_VALIDITY}


def test_a_file_twice_in_the_zip_is_refused(root: Authority, station: Authority) -> None:
    buffer = BytesIO(seal(FILES, *station))
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(buffer, "a") as archive:
        archive.writestr("manifest.json", b"[]")
    assert refusal(buffer.getvalue(), root) == {Code.SEAL_NAME_TWICE}


def test_a_bundle_packed_anew_is_refused(root: Authority, station: Authority) -> None:
    for compression in (0, ZIP_DEFLATED):
        buffer = BytesIO()
        with ZipFile(buffer, "w", compression) as archive:
            for name, data in opened(seal(FILES, *station)).items():
                archive.writestr(name, data)
        assert refusal(buffer.getvalue(), root) == {Code.SEAL_REPACKED}


def test_a_zip_bomb_is_not_unpacked(root: Authority) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(1 << 24))
    assert len(buffer.getvalue()) < 1 << 16
    assert refusal(buffer.getvalue(), root) == {Code.SEAL_REPACKED}


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", bytes(1000)])
def test_what_is_no_zip_is_refused(data: bytes, root: Authority) -> None:
    assert refusal(data, root) == {Code.SEAL_NOT_ZIP}


def test_a_name_no_reader_would_accept_is_not_sealed(station: Authority) -> None:
    for name in ("../x", "计票单.pdf", SUMS):
        with pytest.raises(ValueError, match="name"):
            seal({name: b""}, *station)


@pytest.fixture(scope="module")
def sealed(station: Authority) -> bytes:
    return seal(FILES, *station)


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 1 << 16), change=st.integers(1, 255))
def test_any_changed_byte_is_found(place: int, change: int, root: Authority, sealed: bytes) -> None:
    data = bytearray(sealed)
    data[place % len(data)] ^= change
    assert refusal(bytes(data), root)


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, 1 << 16), change=st.integers(1, 255))
def test_any_changed_byte_of_the_signature_is_found(
    place: int, change: int, root: Authority, sealed: bytes
) -> None:
    files = opened(sealed)
    signature = bytearray(files[SIGNATURE])
    signature[place % len(signature)] ^= change
    assert refusal(pack({**files, SIGNATURE: bytes(signature)}), root)


@settings(max_examples=50, deadline=None)
@given(length=st.integers(0, 1400))
def test_a_truncated_file_is_refused(length: int, root: Authority, sealed: bytes) -> None:
    assert refusal(sealed[: min(length, len(sealed) - 1)], root)
