"""A ZIP file whose contents are summed and signed, and which is read strictly or not at all.

``SHA256SUMS`` lists every other file but its signature, as sha256sum writes it; ``SHA256SUMS.p7s`` is a
detached CMS signature over it (RFC 5652; DER, ECDSA P-256 with SHA-256, signer's certificate inside).
Public tools check it: ``sha256sum -c --strict SHA256SUMS`` and ``openssl cms -verify -binary -inform DER``.

Files are stored, not compressed, with fixed dates and in order of name: the same content gives the same
bytes everywhere, so a reader writes the ZIP anew and compares, and nothing can hide between the files.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from pollstation.bundles import cms
from pollstation.bundles.certificates import Signer, SignerRole, issued_by, signer_of
from pollstation.domain.errors import Code, Fault, Faults, Refusal

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.p7s"
MOST_FILES = 10_000
MOST_BYTES = 2 << 30

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LONGEST_NAME = 200
_SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


class Unsealed(NamedTuple):
    """What a sealed ZIP held, every sum and the signature checked."""

    files: dict[str, bytes]
    """By name, sums and signature left out."""
    signer: Signer
    certificate: x509.Certificate
    signed_at: datetime
    """The signer's clock, UTC."""
    digest: bytes
    """SHA-256 of SHA256SUMS: stands for the whole content."""


def seal(files: Mapping[str, bytes], key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    """The sealed ZIP of ``files``; the same files give the same bytes but for the signature.

    Raises:
        ValueError: a name that no reader would accept.
    """
    for name in files:
        if not _fit(name) or name in {SUMS, SIGNATURE}:
            raise ValueError(f"not a name for a sealed file: {name!r}")
    sums = sums_of(files)
    signature = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(sums)
        .add_signer(certificate, key, hashes.SHA256())
        .sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    )
    return pack({**files, SUMS: sums, SIGNATURE: signature})


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS over ``files``, sorted by name."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode(
        "ascii"
    )


def pack(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of ``files``: sorted, stored, with fixed dates and permissions."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def unseal(data: bytes, root: x509.Certificate, roles: frozenset[SignerRole], source: str) -> Unsealed:
    """Read a sealed ZIP strictly.

    Args:
        root: the committee's root, which must have issued the signer's certificate or be it.
        roles: who may have signed this kind of file.
        source: the file's name, for the faults.

    Raises:
        Faults: everything found wrong (codes B-1xx); nothing is returned then.
    """
    files = _unpack(data, source)
    faults = _check_sums(files, source)
    signed, sums = files.pop(SIGNATURE, None), files.pop(SUMS, None)
    if signed is None:
        raise Faults([Fault(code=Code.SEAL_SIGNATURE_MISSING, file=source), *faults])
    if sums is None:
        raise Faults(faults)
    try:
        checked = cms.verify_detached(signed, sums)
        signer = signer_of(checked.certificate)
        faults += _check_signer(checked, signer, root, roles, source)
    except Refusal as refusal:
        raise Faults([Fault(code=refusal.code, file=source, facts=refusal.facts), *faults]) from None
    if faults:
        raise Faults(faults)
    return Unsealed(files, signer, checked.certificate, checked.signed_at, hashlib.sha256(sums).digest())


def _fit(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def _unpack(data: bytes, source: str) -> dict[str, bytes]:
    """Every file of the ZIP, or Faults: what is not written the way :func:`pack` writes is not read."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            faults = _check_entries(entries, source)
            if faults:
                raise Faults(faults)
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        raise Faults([Fault(code=Code.SEAL_NOT_ZIP, file=source)]) from None
    if pack(files) != data:
        raise Faults([Fault(code=Code.SEAL_REPACKED, file=source)])
    return files


def _check_entries(entries: list[ZipInfo], source: str) -> list[Fault]:
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or size > MOST_BYTES:
        return [Fault(code=Code.SEAL_TOO_LARGE, file=source, facts={"files": len(entries), "bytes": size})]
    faults = [
        Fault(code=Code.SEAL_NAME_UNSAFE, file=source, field=entry.filename)
        for entry in entries
        if not _fit(entry.filename)
    ]
    # two names that differ in case alone are one file on Windows
    seen = Counter(entry.filename.casefold() for entry in entries)
    faults += [
        Fault(code=Code.SEAL_NAME_TWICE, file=source, field=name) for name, times in seen.items() if times > 1
    ]
    if not faults and any(entry.compress_type != ZIP_STORED for entry in entries):
        faults.append(Fault(code=Code.SEAL_REPACKED, file=source))
    return faults


def _check_sums(files: Mapping[str, bytes], source: str) -> list[Fault]:
    if SUMS not in files:
        return [Fault(code=Code.SEAL_SUMS_MISSING, file=source)]
    listed: dict[str, str] = {}
    try:
        for line in files[SUMS].decode("ascii").removesuffix("\n").split("\n"):
            match = _SUM_LINE.fullmatch(line)
            if not match or match[2] in listed:
                raise ValueError(line)
            listed[match[2]] = match[1]
    except ValueError:
        return [Fault(code=Code.SEAL_SUMS_UNREADABLE, file=source)]
    there = files.keys() - {SUMS, SIGNATURE}
    return (
        [Fault(code=Code.SEAL_FILE_MISSING, file=source, field=n) for n in sorted(listed.keys() - there)]
        + [Fault(code=Code.SEAL_FILE_UNLISTED, file=source, field=n) for n in sorted(there - listed.keys())]
        + [
            Fault(code=Code.SEAL_FILE_CHANGED, file=source, field=name)
            for name in sorted(there & listed.keys())
            if hashlib.sha256(files[name]).hexdigest() != listed[name]
        ]
    )


def _check_signer(
    signed: cms.Signed, signer: Signer, root: x509.Certificate, roles: frozenset[SignerRole], source: str
) -> list[Fault]:
    certificate = signed.certificate
    who: dict[str, object] = {"signer": signer.station, "election": signer.election, "role": str(signer.role)}
    if not issued_by(certificate, root):
        return [Fault(code=Code.SEAL_SIGNER_UNKNOWN, file=source, facts=who)]
    faults = []
    if signer.role not in roles:
        faults.append(Fault(code=Code.SEAL_SIGNER_ROLE, file=source, facts=who))
    if not all(
        each.not_valid_before_utc <= signed.signed_at <= each.not_valid_after_utc
        for each in (certificate, root)
    ):
        facts = {**who, "time": signed.signed_at.isoformat()}
        faults.append(Fault(code=Code.SEAL_SIGNED_OUTSIDE_VALIDITY, file=source, facts=facts))
    return faults
