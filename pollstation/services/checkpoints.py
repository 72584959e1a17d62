"""Checkpoints: the station's key signs the head of the chain, and paper carries its short code."""

from base64 import b64encode

from pollstation.domain.journal import START, Entry, Kind, short_code
from pollstation.services.guards import own_stream
from pollstation.services.ports import Reading, UnitOfWork


def checkpoint(unit: UnitOfWork, occasion: str) -> Entry:
    """Sign this device's chain head (ECDSA P-256, SHA-256, over its 32 bytes) and write that down.

    Args:
        occasion: ``opening``, ``hourly``, ``closing``, ``count``, ``confirmation`` or ``hand-over``.
    """
    head = unit.head()
    digest = head.hash if head else START
    signature = _sign(unit.setting("station-key"), bytes.fromhex(digest))
    return unit.append(
        Kind.CHECKPOINT,
        own_stream(unit),
        by=None,
        public={
            "head": digest,
            "number": head.number if head else 0,
            "occasion": occasion,
            "signature": b64encode(signature).decode("ascii"),
        },
    )


def _sign(key_pem: bytes, data: bytes) -> bytes:
    # Heavy to load, and not needed before the window stands.
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(key_pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the station's key is not an elliptic-curve key")
    return key.sign(data, ec.ECDSA(SHA256()))


def journal_code(unit: Reading) -> str:
    """The short code of the chain head now."""
    head = unit.head()
    return short_code(head.hash if head else START)
