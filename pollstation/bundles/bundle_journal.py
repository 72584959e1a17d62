"""The journal in a bundle: chains that hold, ends that a station signed, and stations the committee knows."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from pollstation.bundles.certificates import UNREADABLE, issued_by, signer_of
from pollstation.bundles.manifest import CERTIFICATES, JOURNAL, Manifest
from pollstation.bundles.sealed_zip import Unsealed
from pollstation.domain.contests import Plan, Station
from pollstation.domain.day import day_stream
from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.domain.journal import TWO_PEOPLE, Entry, Kind, check_chain, from_line, to_lines


class JournalCheck(NamedTuple):
    """A journal whose chains and signatures hold."""

    entries: tuple[Entry, ...]
    ends: dict[str, Entry]
    """The last entry of every device: a checkpoint of its station."""
    checkpoints: int
    certificates: dict[str, bytes]
    """PEM, of every station whose journal is inside."""
    owners: dict[str, str]
    """The station of every device, of crews' laptops as well."""


def read_journal(unsealed: Unsealed, manifest: Manifest, root: x509.Certificate, source: str) -> JournalCheck:
    """The bundle's journal, checked as far as it goes without knowing what the entries mean.

    Raises:
        Faults: lines that are no entries; broken chains; certificates, checkpoints or ends that do not fit.
    """
    entries = _entries(unsealed.files[JOURNAL], source)
    faults = check_chain(entries, f"{source} {JOURNAL}".strip())
    if faults:
        raise Faults(faults)
    keys, faults = _certificates(unsealed, manifest.plan, root, source)
    if faults:
        raise Faults(faults)
    ends = {entry.device: entry for entry in entries}
    stations = {each.id: each for each in (manifest.plan.station, *manifest.plan.counted)}
    owners = _owners(entries, ends)
    faults = [
        *_check_checkpoints(entries, keys, source),
        *_check_ends(ends, _crews(entries), manifest, source),
        *_check_owners(entries, owners, stations, source),
        *_check_election(entries, manifest.plan, source),
        *_check_witnesses(entries, source),
        *_check_received(entries, ends, manifest.plan, source),
    ]
    if faults:
        raise Faults(faults)
    certificates = {station: unsealed.files[f"{CERTIFICATES}{station}.pem"] for station in keys}
    signed = sum(entry.kind == Kind.CHECKPOINT for entry in entries)
    return JournalCheck(entries, ends, signed, certificates, owners)


def _entries(lines: bytes, source: str) -> tuple[Entry, ...]:
    entries, faults = [], []
    for row, line in enumerate(lines.splitlines(keepends=True), start=1):
        try:
            entry = from_line(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            entry = None
        # written the one way a bundle writes it: no private part, no further field
        if entry is None or to_lines([entry]) != line:
            faults.append(Fault(code=Code.BUNDLE_JOURNAL_LINE, file=source, row=row, field=JOURNAL))
        else:
            entries.append(entry)
    if not entries and not faults:
        faults.append(Fault(code=Code.BUNDLE_JOURNAL_EMPTY, file=source, field=JOURNAL))
    if faults:
        raise Faults(faults)
    return tuple(entries)


def _certificates(
    unsealed: Unsealed, plan: Plan, root: x509.Certificate, source: str
) -> tuple[dict[str, ec.EllipticCurvePublicKey], list[Fault]]:
    """The public keys of the stations, from certificates that the root issued for this election."""
    keys: dict[str, ec.EllipticCurvePublicKey] = {}
    faults = []
    known = {plan.station.id, *(station.id for station in plan.counted)}
    for name in sorted(name for name in unsealed.files if name.startswith(CERTIFICATES)):
        station = name.removeprefix(CERTIFICATES).removesuffix(".pem")
        try:
            certificate = x509.load_pem_x509_certificate(unsealed.files[name])
            signer, public = signer_of(certificate), certificate.public_key()
            if station == plan.station.id and certificate != unsealed.certificate:
                raise ValueError("not the signer's")
            if not (issued_by(certificate, root) and station in known and signer.station == station):
                raise ValueError("not of a station here")
            if signer.election != plan.election.id or not isinstance(public, ec.EllipticCurvePublicKey):
                raise ValueError("not of this election")
            keys[station] = public
        except (Refusal, *UNREADABLE):
            faults.append(Fault(code=Code.BUNDLE_CERTIFICATE_WRONG, file=source, field=name))
    return keys, faults


def _check_checkpoints(
    entries: tuple[Entry, ...], keys: Mapping[str, ec.EllipticCurvePublicKey], source: str
) -> Iterator[Fault]:
    """Every checkpoint signs the entry before it with the key of the station whose stream it stands in."""
    for row, entry in enumerate(entries, start=1):
        if entry.kind != Kind.CHECKPOINT:
            continue
        try:
            fact = entry.public
            key = keys[entry.stream.removeprefix(day_stream(""))]
            if (fact["head"], fact["number"]) != (entry.previous, entry.number - 1):
                raise ValueError("not the entry before")
            signature = b64decode(fact["signature"], validate=True)
            key.verify(signature, bytes.fromhex(entry.previous), ec.ECDSA(hashes.SHA256()))
        except (KeyError, TypeError, ValueError, InvalidSignature):
            facts: dict[str, object] = {"device": entry.device, "number": entry.number}
            yield Fault(code=Code.JOURNAL_CHECKPOINT_WRONG, file=source, row=row, field=JOURNAL, facts=facts)


class _Crew(NamedTuple):
    """The laptop of a mobile box's crew, whose journal a station took in."""

    head: str
    """Hash of its last entry, as the station wrote it down."""
    station: str
    """The device that wrote it down."""


def _crews(entries: tuple[Entry, ...]) -> dict[str, _Crew]:
    """Crews' laptops by device: they hold no key, so the station vouches for where their chains end."""
    return {
        str(entry.public.get("device")): _Crew(str(entry.public.get("head")), entry.device)
        for entry in entries
        if entry.kind == Kind.CREW_FILE_RETURNED
    }


def _check_ends(
    ends: Mapping[str, Entry], crews: Mapping[str, _Crew], manifest: Manifest, source: str
) -> Iterator[Fault]:
    """Every device's chain ends in a checkpoint, or where its station wrote down that the crew's journal
    ended; the manifest names the end of one of its station's."""
    for device, last in ends.items():
        vouched = device in crews and crews[device].head == last.hash
        if last.kind != Kind.CHECKPOINT and not vouched:
            facts: dict[str, object] = {"device": device, "number": last.number}
            yield Fault(code=Code.BUNDLE_END_UNSIGNED, file=source, field=JOURNAL, facts=facts)
    own = day_stream(manifest.plan.station.id)
    if not any(last.hash == manifest.head and last.stream == own for last in ends.values()):
        yield Fault(code=Code.BUNDLE_HEAD_DIFFERS, file=source, field=JOURNAL)


def _owners(entries: tuple[Entry, ...], ends: Mapping[str, Entry]) -> dict[str, str]:
    """The station of every device: whose checkpoint ends its chain; of a crew, who took its journal in."""
    owners = {device: last.stream.removeprefix(day_stream("")) for device, last in ends.items()}
    return owners | {device: owners.get(crew.station, "") for device, crew in _crews(entries).items()}


def _check_owners(
    entries: tuple[Entry, ...], owners: Mapping[str, str], stations: Mapping[str, Station], source: str
) -> Iterator[Fault]:
    """Nobody writes another station's day or stock; only a polling station writes about voters, and only
    who counts about sheets and names written in."""
    for row, entry in enumerate(entries, start=1):
        concept, _, name = entry.stream.partition(":")
        owner = stations.get(owners[entry.device])
        foreign = concept in ("station", "stock") and (owner is None or name.split("/")[0] != owner.id)
        idle = concept == "voter" and (owner is None or not owner.polls)
        uncounted = concept in ("sheet", "contest") and (owner is None or not owner.counts)
        if foreign or idle or uncounted:
            facts: dict[str, object] = {"device": entry.device, "stream": entry.stream}
            yield Fault(code=Code.BUNDLE_ENTRY_FOREIGN, file=source, row=row, field=JOURNAL, facts=facts)


def _check_witnesses(entries: tuple[Entry, ...], source: str) -> Iterator[Fault]:
    """What needs two people has two."""
    for row, entry in enumerate(entries, start=1):
        by_two = entry.kind in TWO_PEOPLE or entry.public.get("from_paper")
        if by_two and entry.witness in ("", entry.actor):
            facts: dict[str, object] = {"device": entry.device, "number": entry.number}
            yield Fault(code=Code.BUNDLE_ONE_PERSON, file=source, row=row, field=JOURNAL, facts=facts)


def _check_election(entries: tuple[Entry, ...], plan: Plan, source: str) -> Iterator[Fault]:
    for row, entry in enumerate(entries, start=1):
        if entry.kind == Kind.PACKAGE_LOADED and entry.public.get("election") != plan.election.id:
            facts: dict[str, object] = {
                "election": entry.public.get("election", ""),
                "signer": plan.election.id,
            }
            yield Fault(code=Code.BUNDLE_OTHER_ELECTION, file=source, row=row, field=JOURNAL, facts=facts)


def _check_received(
    entries: tuple[Entry, ...], ends: Mapping[str, Entry], plan: Plan, source: str
) -> Iterator[Fault]:
    """The journal of every station counted here is inside, up to the head that was taken in."""
    own = day_stream(plan.station.id)
    received = {
        str(entry.public.get("station")): str(entry.public.get("head"))
        for entry in entries
        if entry.kind == Kind.POLLING_RECEIVED and entry.stream == own
    }
    for station in (each.id for each in plan.counted if each.id != plan.station.id):
        inside = {last.hash for last in ends.values() if last.stream == day_stream(station)}
        facts: dict[str, object] = {"station": station}
        if station not in received or not inside:
            yield Fault(code=Code.BUNDLE_POLLING_MISSING, file=source, field=JOURNAL, facts=facts)
        elif received[station] not in inside:
            yield Fault(code=Code.BUNDLE_POLLING_DIFFERS, file=source, field=JOURNAL, facts=facts)
