"""The election package: what the committee hands a station before the day, in one sealed ZIP.

``package.json`` is open (plan, and how the rest is encrypted); ``sealed.bin`` holds register, staff and the
station's key under AES-256-GCM, its key derived by Argon2id from the station's passphrase; ``root.pem`` and
``station.pem`` are the certificates. The committee's root signs the whole.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pollstation.bundles.certificates import (
    PASSPHRASE_MINIMUM,
    UNREADABLE,
    Authority,
    SignerRole,
    certificate_pem,
    issue_station,
    issued_by,
    key_pem,
    read_key,
    read_root,
    signer_of,
)
from pollstation.bundles.election_folder import Preparation
from pollstation.bundles.sealed_zip import Unsealed, seal, unseal
from pollstation.domain.contests import Plan
from pollstation.domain.directory import Directory, directory
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import canonical
from pollstation.domain.register import Voter
from pollstation.domain.staff import Person
from pollstation.services.ports import Package
from pollstation.services.staff import hash_passphrase

FORMAT = 1
KIND = "pollstation-package"
OPEN_PART, SEALED_PART, ROOT_PART, STATION_PART = "package.json", "sealed.bin", "root.pem", "station.pem"
FILES = frozenset({OPEN_PART, SEALED_PART, ROOT_PART, STATION_PART})


class Derivation(msgspec.Struct, frozen=True, kw_only=True):
    """How the key of ``sealed.bin`` comes from the station's passphrase (Argon2id, RFC 9106)."""

    time: int = 3
    """Passes."""
    memory: int = 65_536
    """KiB."""
    lanes: int = 4
    salt: str = ""
    """16 random bytes as hexadecimal digits."""

    def key(self, passphrase: str) -> bytes:
        """The 32 bytes of the AES key."""
        return hash_secret_raw(
            passphrase.encode(), bytes.fromhex(self.salt), self.time, self.memory, self.lanes, 32, Type.ID
        )


DERIVATION = Derivation()


class _Open(msgspec.Struct, frozen=True, kw_only=True):
    format: int
    kind: str
    plan: Plan
    derivation: Derivation
    nonce: str


class _Sealed(msgspec.Struct, frozen=True, kw_only=True):
    people: tuple[Person, ...]
    voters: tuple[Voter, ...]
    key: str
    directory: Directory | None = None
    """The constituency's other stations; left out by older programs."""


class _Format(msgspec.Struct):
    format: int
    kind: str


def random_token() -> str:
    """128 random bits: the name of a voter's stream in the journal."""
    return secrets.token_hex(16)


def build_package(
    prepared: Preparation,
    station_id: str,
    root: Authority,
    passphrase: str,
    now: datetime,
    *,
    token_source: Callable[[], str] = random_token,
    hashed: Callable[[str], str] = hash_passphrase,
    derivation: Derivation = DERIVATION,
) -> bytes:
    """The package of one station.

    Args:
        passphrase: of the station: opens the package, and later the file of the day.
        now: the moment of making, from which the station's certificate is valid (a day's slack apart).
        token_source: gives each voter's stream its name; a rehearsal passes a seeded one.
        hashed: turns the staff's passphrases into Argon2id hashes.
        derivation: cost of opening the package; its salt is chosen here.

    Raises:
        Refusal: KEY_PASSPHRASE_SHORT.
    """
    if len(passphrase) < PASSPHRASE_MINIMUM:
        raise Refusal(Code.KEY_PASSPHRASE_SHORT, minimum=PASSPHRASE_MINIMUM)
    plan = prepared.plan(station_id)
    station = issue_station(root, plan.election.id, plan.election.day, plan.station, now)
    people = tuple(
        Person(
            id=one.id,
            name=one.name,
            role=one.role,
            passphrase_hash=hashed(one.passphrase),
            relative_of=one.relative_of,
        )
        for one in prepared.staff
        if station_id in one.stations
    )
    voters = tuple(
        msgspec.structs.replace(voter, token=token_source())
        for voter in prepared.register.get(station_id, ())
    )
    derivation = msgspec.structs.replace(derivation, salt=secrets.token_hex(16))
    nonce = secrets.token_bytes(12)
    open_part = canonical(
        _Open(format=FORMAT, kind=KIND, plan=plan, derivation=derivation, nonce=nonce.hex())
    )
    secret = canonical(
        _Sealed(
            people=people,
            voters=voters,
            key=key_pem(station.key).decode("ascii"),
            directory=_neighbours(prepared, plan),
        )
    )
    files = {
        OPEN_PART: open_part,
        SEALED_PART: AESGCM(derivation.key(passphrase)).encrypt(nonce, secret, open_part),
        ROOT_PART: certificate_pem(root.certificate),
        STATION_PART: certificate_pem(station.certificate),
    }
    return seal(files, root.key, root.certificate)


def _neighbours(prepared: Preparation, plan: Plan) -> Directory:
    """The cards of every other station that shares a contest with this one."""
    others = [
        station
        for station in prepared.stations
        if station.id != plan.station.id and set(station.contests) & set(plan.station.contests)
    ]
    return directory(
        {station.id: station.name for station in others},
        {station.id: (voter.card for voter in prepared.register.get(station.id, ())) for station in others},
    )


def open_package(data: bytes, passphrase: str, root: bytes) -> Package:
    """Open a package with the station's passphrase.

    Args:
        root: the committee's root certificate (PEM), got on another way than the package.

    Raises:
        Faults: the file is not what the committee sealed (codes B-1xx).
        Refusal: PACKAGE_FOREIGN, PACKAGE_NEWER, PACKAGE_WRONG_PASSPHRASE, PACKAGE_DAMAGED,
            PACKAGE_OTHER_ELECTION, or those of :func:`certificates.read_root`.
    """
    trusted = read_root(root)
    unsealed = unseal(data, trusted, frozenset({SignerRole.COMMITTEE}), "")
    header = _open_part(unsealed)
    files = unsealed.files
    try:
        secret = AESGCM(header.derivation.key(passphrase)).decrypt(
            bytes.fromhex(header.nonce), files[SEALED_PART], files[OPEN_PART]
        )
    except InvalidTag:
        raise Refusal(Code.PACKAGE_WRONG_PASSPHRASE) from None
    try:
        sealed = msgspec.json.decode(secret, type=_Sealed)
        certificate = x509.load_pem_x509_certificate(files[STATION_PART])
        key = read_key(sealed.key.encode("ascii"))
        signer = signer_of(certificate)
    except (msgspec.MsgspecError, Refusal, *UNREADABLE):
        raise Refusal(Code.PACKAGE_DAMAGED) from None
    if not issued_by(certificate, trusted) or key.public_key() != certificate.public_key():
        raise Refusal(Code.PACKAGE_DAMAGED)
    plan = header.plan
    if (signer.election, signer.station) != (plan.election.id, plan.station.id):
        raise Refusal(Code.PACKAGE_OTHER_ELECTION, election=signer.election, station=signer.station)
    settings = {
        "root": certificate_pem(trusted),
        "station-certificate": files[STATION_PART],
        "station-key": sealed.key.encode("ascii"),
        "digest": unsealed.digest.hex().encode("ascii"),
    }
    if sealed.directory:
        settings["directory"] = canonical(sealed.directory)
    return Package(plan=plan, people=sealed.people, voters=sealed.voters, settings=settings)


def _open_part(unsealed: Unsealed) -> _Open:
    try:
        made = msgspec.json.decode(unsealed.files[OPEN_PART], type=_Format)
    except (KeyError, msgspec.MsgspecError):
        raise Refusal(Code.PACKAGE_FOREIGN) from None
    if made.kind != KIND:
        raise Refusal(Code.PACKAGE_FOREIGN)
    if made.format > FORMAT:
        raise Refusal(Code.PACKAGE_NEWER, format=made.format, known=FORMAT)
    try:
        header = msgspec.json.decode(unsealed.files[OPEN_PART], type=_Open)
    except msgspec.MsgspecError:
        raise Refusal(Code.PACKAGE_DAMAGED) from None
    if unsealed.files.keys() != FILES:
        raise Refusal(Code.PACKAGE_DAMAGED)
    return header
