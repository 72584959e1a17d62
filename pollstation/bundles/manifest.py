"""What a bundle says of itself, and which files belong into it.

| File | Holds |
|---|---|
| ``manifest.json`` | role, plan, chain head, which bundle this one corrects |
| ``journal.jsonl`` | the public journal, one entry a line; at a counting site those of its stations as well |
| ``account.json`` | every total by name |
| ``result.json`` | figures and outcomes in the format of NIST SP 1500-100 v2; counting sites only |
| ``certificates/*.pem`` | of every station whose journal is inside |
| ``forms/*.pdf`` | the printed forms |
"""

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from pollstation.bundles.certificates import SignerRole
from pollstation.bundles.sealed_zip import Unsealed
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.services.handing_over import COUNTING, POLLING

T = TypeVar("T")
FORMAT = 1
KIND = "pollstation-bundle"
MANIFEST, ACCOUNT, JOURNAL, RESULT = "manifest.json", "account.json", "journal.jsonl", "result.json"
CERTIFICATES, FORMS = "certificates/", "forms/"

SIGNERS = {
    POLLING: frozenset({SignerRole.POLLING, SignerRole.BOTH}),
    COUNTING: frozenset({SignerRole.COUNTING, SignerRole.BOTH}),
}
"""Who may sign a bundle of either role."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the bundle is."""

    format: int = FORMAT
    kind: str = KIND
    role: str
    plan: Plan
    head: str
    """Hash of the signing device's last entry, a checkpoint."""
    supersedes: str
    """SHA-256 of the bundle that this one corrects; empty for the first."""


class _Format(msgspec.Struct):
    format: int
    kind: str


def read_manifest(unsealed: Unsealed, source: str) -> Manifest:
    """The manifest, once it is known to fit its signer and the files beside it.

    Raises:
        Faults: BUNDLE_UNREADABLE, BUNDLE_NEWER, or everything that does not belong together.
    """
    made = read_json(unsealed.files, MANIFEST, _Format, source)
    if made.kind != KIND:
        raise Faults([Fault(code=Code.BUNDLE_UNREADABLE, file=source, field=MANIFEST)])
    if made.format > FORMAT:
        raise Faults(
            [Fault(code=Code.BUNDLE_NEWER, file=source, facts={"format": made.format, "known": FORMAT})]
        )
    manifest = read_json(unsealed.files, MANIFEST, Manifest, source)
    faults = _check_signer(manifest, unsealed, source) + _check_files(manifest, unsealed.files, source)
    if faults:
        raise Faults(faults)
    return manifest


def read_json(files: Mapping[str, bytes], name: str, kind: type[T], source: str) -> T:
    """One of the bundle's JSON files; Faults with BUNDLE_FILE_MISSING or BUNDLE_UNREADABLE otherwise."""
    if name not in files:
        raise Faults([Fault(code=Code.BUNDLE_FILE_MISSING, file=source, field=name)])
    try:
        return msgspec.json.decode(files[name], type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Faults([Fault(code=Code.BUNDLE_UNREADABLE, file=source, field=name)]) from None


def _check_signer(manifest: Manifest, unsealed: Unsealed, source: str) -> list[Fault]:
    signer, plan = unsealed.signer, manifest.plan
    faults = []
    if manifest.role not in SIGNERS or signer.role not in SIGNERS[manifest.role]:
        facts: dict[str, object] = {"role": manifest.role, "signer": signer.role.value}
        faults.append(Fault(code=Code.BUNDLE_WRONG_ROLE, file=source, field=MANIFEST, facts=facts))
    if signer.election != plan.election.id:
        facts = {"election": plan.election.id, "signer": signer.election}
        faults.append(Fault(code=Code.BUNDLE_OTHER_ELECTION, file=source, field=MANIFEST, facts=facts))
    if signer.station != plan.station.id:
        facts = {"station": plan.station.id, "signer": signer.station}
        faults.append(Fault(code=Code.BUNDLE_OTHER_STATION, file=source, field=MANIFEST, facts=facts))
    return faults


def _check_files(manifest: Manifest, files: Mapping[str, bytes], source: str) -> list[Fault]:
    needed = {MANIFEST, ACCOUNT, JOURNAL, f"{CERTIFICATES}{manifest.plan.station.id}.pem"}
    if manifest.role == COUNTING:
        needed.add(RESULT)
    known = needed | {
        name
        for name in files
        if (name.startswith(CERTIFICATES) and name.endswith(".pem"))
        or (name.startswith(FORMS) and name.endswith(".pdf"))
    }
    return [
        Fault(code=Code.BUNDLE_FILE_MISSING, file=source, field=name)
        for name in sorted(needed - files.keys())
    ] + [
        Fault(code=Code.BUNDLE_FILE_UNKNOWN, file=source, field=name) for name in sorted(files.keys() - known)
    ]
