"""Who may sign: the committee's root, and the certificates it issues to stations.

X.509 (RFC 5280) with ECDSA P-256. A station's certificate says in standard fields of its subject which
election (O), which station (CN) and which part of the work (OU: ``polling``, ``counting`` or ``both``) its
key may speak for. Certificates outlive the election by years so that an archive can still be checked.
"""

import os
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, unique
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pollstation.domain.contests import Station
from pollstation.domain.errors import Code, Refusal

CLOCK_SLACK = timedelta(days=1)
"""A station's clock may run behind the committee's by this much."""
STATION_YEARS = 10
ROOT_YEARS = 20
PASSPHRASE_MINIMUM = 8
KEY_FILE = "committee-key.pem"
ROOT_FILE = "committee-root.pem"
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)
"""What reading somebody else's certificate may raise."""


@unique
class SignerRole(StrEnum):
    """What a certificate lets its key sign."""

    COMMITTEE = "committee"
    POLLING = "polling"
    COUNTING = "counting"
    BOTH = "both"


class Signer(NamedTuple):
    """Whom a certificate names."""

    role: SignerRole
    election: str
    """Empty for the committee, whose root serves many elections."""
    station: str
    """The station's id; for the committee its name."""


class Authority(NamedTuple):
    """A private key and the certificate of its public half."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate


def new_root(committee: str, now: datetime) -> Authority:
    """A committee's key and its self-signed root certificate.

    Args:
        committee: its name, as signatures will show it (at most 64 characters are kept).
        now: the moment of making, aware.

    Raises:
        Refusal: TEXT_MISSING when the committee has no name.
    """
    if not committee.strip():
        raise Refusal(Code.TEXT_MISSING, what="name")
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, committee.strip()[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, SignerRole.COMMITTEE),
            x509.NameAttribute(NameOID.COMMON_NAME, "Election committee root"),
        ]
    )
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(
        name, name, key.public_key(), key, now, _years_after(now, ROOT_YEARS), root=True
    )
    return Authority(key, certificate)


def issue_station(root: Authority, election: str, day: date, station: Station, now: datetime) -> Authority:
    """A new key for ``station`` and the certificate that the committee's root issues to it."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, election),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, role_of(station)),
            x509.NameAttribute(NameOID.COMMON_NAME, station.id),
        ]
    )
    key = ec.generate_private_key(ec.SECP256R1())
    until = _years_after(max(now, datetime(day.year, day.month, day.day, tzinfo=UTC)), STATION_YEARS)
    certificate = _certificate(
        subject, root.certificate.subject, key.public_key(), root.key, now, until, root=False
    )
    return Authority(key, certificate)


def role_of(station: Station) -> SignerRole:
    """What a station's certificate lets it sign."""
    if not station.counts:
        return SignerRole.POLLING
    return SignerRole.BOTH if station.polls else SignerRole.COUNTING


def signer_of(certificate: x509.Certificate) -> Signer:
    """Whom ``certificate`` names.

    Raises:
        Refusal: CERTIFICATE_UNREADABLE when its subject is not one that a committee's root writes.
    """
    try:
        role = SignerRole(_field(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME))
        organization = _field(certificate, NameOID.ORGANIZATION_NAME)
        if role is SignerRole.COMMITTEE:
            return Signer(role, "", organization)
        return Signer(role, organization, _field(certificate, NameOID.COMMON_NAME))
    except ValueError:
        raise Refusal(Code.CERTIFICATE_UNREADABLE, file=certificate.subject.rfc4514_string()) from None


def issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Whether ``root`` issued ``certificate`` (or is it)."""
    try:
        certificate.verify_directly_issued_by(root)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate as groups of four hexadecimal digits, to compare by eye or by telephone."""
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def certificate_pem(certificate: x509.Certificate) -> bytes:
    """The certificate as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The private key as PEM (PKCS #8) in the clear: only for the inside of an encrypted file."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_root(pem: bytes, source: str = "") -> x509.Certificate:
    """A committee's root certificate out of PEM.

    Raises:
        Refusal: CERTIFICATE_UNREADABLE, or CERTIFICATE_NO_ROOT when it is somebody else's certificate.
    """
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except UNREADABLE:
        raise Refusal(Code.CERTIFICATE_UNREADABLE, file=source) from None
    except x509.ExtensionNotFound:
        raise Refusal(Code.CERTIFICATE_NO_ROOT, file=source) from None
    if not (constraints.ca and issued_by(certificate, certificate)):
        raise Refusal(Code.CERTIFICATE_NO_ROOT, file=source)
    return certificate


def read_key(pem: bytes, passphrase: str | None = None, source: str = "") -> ec.EllipticCurvePrivateKey:
    """A P-256 private key out of PEM.

    Args:
        passphrase: None for a key in the clear.

    Raises:
        Refusal: KEY_WRONG_PASSPHRASE or KEY_UNREADABLE.
    """
    if passphrase is not None and b"ENCRYPTED" not in pem:
        raise Refusal(Code.KEY_UNREADABLE, file=source)
    try:
        key = serialization.load_pem_private_key(pem, passphrase.encode() if passphrase is not None else None)
    except (ValueError, UnsupportedAlgorithm):
        code = Code.KEY_WRONG_PASSPHRASE if passphrase is not None else Code.KEY_UNREADABLE
        raise Refusal(code, file=source) from None
    except TypeError:
        raise Refusal(Code.KEY_WRONG_PASSPHRASE, file=source) from None
    if not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)):
        raise Refusal(Code.KEY_UNREADABLE, file=source)
    return key


def save_root(root: Authority, folder: Path, passphrase: str) -> tuple[Path, Path]:
    """Write the key (encrypted, readable by its owner only) and the certificate into ``folder``.

    Returns:
        The paths of key and certificate.

    Raises:
        Refusal: KEY_PASSPHRASE_SHORT, or KEY_EXISTS: a key is never overwritten.
    """
    if len(passphrase) < PASSPHRASE_MINIMUM:
        raise Refusal(Code.KEY_PASSPHRASE_SHORT, minimum=PASSPHRASE_MINIMUM)
    key_file, root_file = folder / KEY_FILE, folder / ROOT_FILE
    for file in (key_file, root_file):
        if file.exists():
            raise Refusal(Code.KEY_EXISTS, file=str(file))
    folder.mkdir(parents=True, exist_ok=True)
    secret = root.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    with os.fdopen(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as private:
        private.write(secret)
    root_file.write_bytes(certificate_pem(root.certificate))
    return key_file, root_file


def load_root(key_file: Path, root_file: Path, passphrase: str) -> Authority:
    """The committee's key and root certificate from their files.

    Raises:
        Refusal: FILE_MISSING, those of :func:`read_key` and :func:`read_root`, or KEY_OF_OTHER_CERTIFICATE.
    """
    for file in (key_file, root_file):
        if not file.is_file():
            raise Refusal(Code.FILE_MISSING, file=str(file))
    certificate = read_root(root_file.read_bytes(), str(root_file))
    key = read_key(key_file.read_bytes(), passphrase, str(key_file))
    if key.public_key() != certificate.public_key():
        raise Refusal(Code.KEY_OF_OTHER_CERTIFICATE, file=str(key_file))
    return Authority(key, certificate)


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    signing: ec.EllipticCurvePrivateKey,
    now: datetime,
    until: datetime,
    *,
    root: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_cert_sign=root,
        crl_sign=root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=root, path_length=0 if root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, hashes.SHA256())
    )


def _field(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    values = certificate.subject.get_attributes_for_oid(oid)
    if len(values) != 1:
        raise ValueError(oid.dotted_string)
    return str(values[0].value)


def _years_after(moment: datetime, years: int) -> datetime:
    return moment + timedelta(days=366 * years)
