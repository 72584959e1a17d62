"""Checking a detached CMS signature (RFC 5652) with one signer, ECDSA P-256 and SHA-256."""

import hashlib
from datetime import UTC, datetime
from typing import Any, NamedTuple

from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from pollstation.bundles.certificates import UNREADABLE
from pollstation.domain.errors import Code, Refusal


class Signed(NamedTuple):
    """A signature that holds."""

    certificate: x509.Certificate
    """The signer's, taken from the signature; nobody has vouched for it yet."""
    signed_at: datetime
    """The signer's clock, UTC."""


def verify_detached(signature: bytes, content: bytes) -> Signed:
    """Check ``signature`` (DER) over ``content``.

    Raises:
        Refusal: SEAL_SIGNATURE_UNREADABLE when it is not of the one form that is written here,
            SEAL_SIGNATURE_WRONG when it does not belong to ``content``.
    """
    try:
        certificate, signer = _one_signer(signature)
        attributes = {each["type"].native: each["values"] for each in signer["signed_attrs"]}
        stated = attributes["message_digest"].native
        moment = attributes["signing_time"].native[0].astimezone(UTC)
        if attributes["content_type"].native != ["data"]:
            raise ValueError("content type")
        public = certificate.public_key()
        if not (isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1)):
            raise ValueError("kind of key")
        # RFC 5652 section 5.4: signed as a SET, not under the tag it carries in the message
        to_be_signed = signer["signed_attrs"].untag().dump()
        raw = signer["signature"].native
    except (*UNREADABLE, KeyError, IndexError):
        raise Refusal(Code.SEAL_SIGNATURE_UNREADABLE) from None
    if stated != [hashlib.sha256(content).digest()]:
        raise Refusal(Code.SEAL_SIGNATURE_WRONG)
    try:
        public.verify(raw, to_be_signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refusal(Code.SEAL_SIGNATURE_WRONG) from None
    return Signed(certificate, moment)


def _one_signer(signature: bytes) -> tuple[x509.Certificate, Any]:
    """The certificate and the SignerInfo; ValueError for any other shape or algorithm."""
    info = asn1.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data" or info.copy().dump(force=True) != signature:
        raise ValueError("not one CMS signature in DER")
    data = info["content"]
    if data["encap_content_info"]["content_type"].native != "data":
        raise ValueError("encapsulated type")
    if data["encap_content_info"]["content"].native is not None:
        raise ValueError("not detached")
    if len(data["signer_infos"]) != 1 or len(data["certificates"]) != 1:
        raise ValueError("more than one signer")
    if data["certificates"][0].chosen.serial_number <= 0:
        raise ValueError("serial number")
    signer = data["signer_infos"][0]
    certificate = x509.load_der_x509_certificate(data["certificates"][0].dump())
    sid = signer["sid"].chosen
    shape = (
        data["version"].native,
        [each["algorithm"].native for each in data["digest_algorithms"]],
        signer["version"].native,
        signer["digest_algorithm"]["algorithm"].native,
        signer["signature_algorithm"]["algorithm"].native,
        sid["issuer"].dump(),
        sid["serial_number"].native,
        len(signer["unsigned_attrs"]) if signer["unsigned_attrs"] else 0,
    )
    expected = (
        "v1",
        ["sha256"],
        "v1",
        "sha256",
        "sha256_ecdsa",
        certificate.issuer.public_bytes(),
        certificate.serial_number,
        0,
    )
    if shape != expected:
        raise ValueError("not the form that is written here")
    return certificate, signer
