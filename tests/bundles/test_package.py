"""A package opens for its station alone, and only as the committee sealed it."""

from pathlib import Path

import msgspec
import pytest
from cryptography.x509 import load_pem_x509_certificate
from hypothesis import given, settings
from hypothesis import strategies as st

from pollstation.bundles.certificates import (
    Authority,
    certificate_pem,
    issue_station,
    load_root,
    new_root,
    read_key,
    read_root,
    save_root,
    signer_of,
)
from pollstation.bundles.package import build_package, open_package
from pollstation.bundles.sealed_zip import SIGNATURE, SUMS, seal
from pollstation.domain.directory import Directory
from pollstation.domain.errors import Code, Faults, Refusal
from tests import station as small
from tests.bundles.conftest import NOW, Handed, package_for, preparation
from tests.bundles.test_sealed_zip import opened


@pytest.fixture(scope="module")
def package(root: Authority) -> bytes:
    return package_for(preparation((small.plan().station,)), "S01", root)


def refusal(data: bytes, root: Authority, passphrase: str = small.PASSPHRASE) -> set[Code]:
    with pytest.raises((Refusal, Faults)) as refused:
        open_package(data, passphrase, certificate_pem(root.certificate))
    stopped = refused.value
    if isinstance(stopped, Faults):
        return {fault.code for fault in stopped.faults}
    assert isinstance(stopped, Refusal)
    return {stopped.code}


def test_what_was_prepared_is_what_the_station_gets(package: bytes, root: Authority) -> None:
    found = open_package(package, small.PASSPHRASE, certificate_pem(root.certificate))
    assert found.voters == tuple(small.voter(number) for number in range(1, 31))
    assert found.plan.station.id == "S01"
    assert [(person.id, person.role) for person in found.people] == list(small.STAFF.items())
    assert len(found.settings["digest"].decode("ascii")) == 64
    key = read_key(found.settings["station-key"])
    assert signer_of(load_pem_x509_certificate(found.settings["station-certificate"])).station == "S01"
    assert key.public_key() == load_pem_x509_certificate(found.settings["station-certificate"]).public_key()


def test_a_station_learns_whose_cards_are_its_neighbours_but_nobodys_name(root: Authority) -> None:
    here = small.plan().station
    there = msgspec.structs.replace(
        here, id="S02", name="第二投票站", contests=("town-1",), boxes=(), counts=()
    )
    afar = msgspec.structs.replace(there, id="S03", contests=("county-9",))
    prepared = preparation((here, there, afar), voters=10)
    register = {
        **prepared.register,
        "S02": (small.voter(21), small.voter(22)),
        "S03": (small.voter(23),),
    }
    prepared = msgspec.structs.replace(prepared, register=register)
    found = open_package(
        package_for(prepared, "S01", root), small.PASSPHRASE, certificate_pem(root.certificate)
    )
    told = msgspec.json.decode(found.settings["directory"], type=Directory)
    assert [told.station_of(small.voter(number).card) for number in (1, 21, 22, 23)] == ["", "S02", "S02", ""]
    assert told.names == {"S02": "第二投票站"}
    assert not any(
        secret.encode() in found.settings["directory"]
        for neighbour in (small.voter(21), small.voter(22))
        for secret in (neighbour.name, neighbour.card, neighbour.id_number)
    )


def test_nothing_of_register_staff_or_key_can_be_read_without_the_passphrase(package: bytes) -> None:
    voter = small.voter(1)
    for secret in (voter.name, voter.card, voter.id_number, voter.token, "officer-01", "PRIVATE KEY"):
        assert secret.encode() not in package


def test_the_wrong_passphrase_is_said_plainly(package: bytes, root: Authority) -> None:
    assert refusal(package, root, "another passphrase") == {Code.PACKAGE_WRONG_PASSPHRASE}


def test_a_package_of_another_committee_is_refused(package: bytes, stranger: Authority) -> None:
    assert refusal(package, stranger) == {Code.SEAL_SIGNER_UNKNOWN}


def test_a_bundle_is_no_package(own_day: Handed, root: Authority) -> None:
    assert refusal(own_day.bundle, root) == {Code.SEAL_SIGNER_ROLE}


def resealed(package: bytes, root: Authority, **changed: bytes) -> bytes:
    files = {name: data for name, data in opened(package).items() if name not in (SUMS, SIGNATURE)}
    return seal({**files, **{name.replace("_", "."): data for name, data in changed.items()}}, *root)


def test_what_the_committee_sealed_and_is_no_package_is_refused(package: bytes, root: Authority) -> None:
    header = opened(package)["package.json"]
    for files, code in (
        ({"package_json": b"{}"}, Code.PACKAGE_FOREIGN),
        ({"package_json": header.replace(b"pollstation-package", b"x")}, Code.PACKAGE_FOREIGN),
        ({"package_json": header.replace(b'"format":1', b'"format":2')}, Code.PACKAGE_NEWER),
        ({"package_json": header.replace(b'"plan"', b'"plane"')}, Code.PACKAGE_DAMAGED),
        ({"notes_txt": b"x"}, Code.PACKAGE_DAMAGED),
        ({"package_json": header + b" "}, Code.PACKAGE_WRONG_PASSPHRASE),
    ):
        assert refusal(resealed(package, root, **files), root) == {code}


def test_a_certificate_of_another_election_is_refused(package: bytes, root: Authority) -> None:
    station = small.plan().station
    other = issue_station(root, "E2027", small.plan().election.day, station, NOW)
    pem = certificate_pem(other.certificate)
    assert refusal(resealed(package, root, station_pem=pem), root) == {Code.PACKAGE_DAMAGED}


@settings(max_examples=100)
@given(place=st.integers(0, 1 << 20), change=st.integers(1, 255))
def test_any_changed_byte_of_a_package_is_found(
    place: int, change: int, package: bytes, root: Authority
) -> None:
    data = bytearray(package)
    data[place % len(data)] ^= change
    assert refusal(bytes(data), root)


def test_tokens_are_random_and_differ(root: Authority) -> None:
    prepared = preparation((small.plan().station,), voters=5)
    prepared = msgspec.structs.replace(prepared, staff=())
    data = build_package(prepared, "S01", root, small.PASSPHRASE, NOW)
    voters = open_package(data, small.PASSPHRASE, certificate_pem(root.certificate)).voters
    assert len({voter.token for voter in voters}) == 5
    assert all(len(bytes.fromhex(voter.token)) == 16 for voter in voters)


def test_a_short_passphrase_is_refused(root: Authority) -> None:
    with pytest.raises(Refusal) as refused:
        build_package(preparation((small.plan().station,)), "S01", root, "short", NOW)
    assert refused.value.code is Code.KEY_PASSPHRASE_SHORT


def test_a_committees_key_opens_again_and_is_never_overwritten(tmp_path: Path) -> None:
    made = new_root("区选举委员会", NOW)
    key_file, root_file = save_root(made, tmp_path / "k", "correct horse")
    assert key_file.stat().st_mode & 0o077 == 0
    assert load_root(key_file, root_file, "correct horse").certificate == made.certificate
    for passphrase, code in (("wrong horse", Code.KEY_WRONG_PASSPHRASE), ("", Code.KEY_WRONG_PASSPHRASE)):
        with pytest.raises(Refusal) as refused:
            load_root(key_file, root_file, passphrase)
        assert refused.value.code is code
    with pytest.raises(Refusal) as refused:
        save_root(new_root("区选举委员会", NOW), tmp_path / "k", "correct horse")
    assert refused.value.code is Code.KEY_EXISTS


def test_another_committees_certificate_does_not_fit_the_key(tmp_path: Path, root: Authority) -> None:
    key_file, root_file = save_root(new_root("区选举委员会", NOW), tmp_path, "correct horse")
    root_file.write_bytes(certificate_pem(root.certificate))
    with pytest.raises(Refusal) as refused:
        load_root(key_file, root_file, "correct horse")
    assert refused.value.code is Code.KEY_OF_OTHER_CERTIFICATE


@pytest.mark.parametrize(
    "pem", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_refused(pem: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_root(pem)
    assert refused.value.code is Code.CERTIFICATE_UNREADABLE


def test_a_stations_certificate_is_no_root(station: Authority) -> None:
    with pytest.raises(Refusal) as refused:
        read_root(certificate_pem(station.certificate))
    assert refused.value.code is Code.CERTIFICATE_NO_ROOT


@pytest.mark.parametrize(
    "name", ["会", "某某自治州某某县第十九届人民代表大会代表换届选举委员会及其办公室", "会" * 100]
)
def test_a_committee_keeps_its_name_however_long(name: str) -> None:
    made = new_root(name, NOW)
    assert signer_of(read_root(certificate_pem(made.certificate))) == ("committee", "", name[:64])


def test_a_committee_without_a_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        new_root(" ", NOW)
    assert refused.value.code is Code.TEXT_MISSING
