"""The bundle that leaves a station: its public journal, what it adds up to, and the printed forms.

Written here, and read here as a stranger would: nothing in it is believed that can be computed.
"""

import hashlib
from collections.abc import Mapping, Sequence

import msgspec
from cryptography import x509

from pollstation.bundles.certificates import fingerprint, read_key, read_root
from pollstation.bundles.earlier_rounds import check_growth
from pollstation.bundles.manifest import (
    ACCOUNT,
    CERTIFICATES,
    FORMS,
    JOURNAL,
    MANIFEST,
    RESULT,
    SIGNERS,
    Manifest,
)
from pollstation.bundles.result_report import election_report, outcome_of
from pollstation.bundles.sealed_zip import seal, unseal
from pollstation.bundles.verification import Checked, check_bundle, handed_over_at
from pollstation.domain.accounts import Standing
from pollstation.domain.day import Day, day_stream
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.journal import canonical, to_lines
from pollstation.domain.station_totals import totals_by_station
from pollstation.domain.write_ins import WriteIns, contest_stream
from pollstation.services.bundle_content import BundleContent
from pollstation.services.consolidating import CountingBundle
from pollstation.services.counting_site import PollingBundle
from pollstation.services.handing_over import COUNTING, POLLING


class BundleReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked and holds."""

    sha256: str
    role: str
    election: str
    title: str
    rehearsal: bool
    station: str
    station_name: str
    signer: str
    """SHA-256 of the signer's certificate."""
    root: str
    """SHA-256 of the committee's root certificate."""
    signed_at: str
    supersedes: str
    files: int
    entries: int
    heads: dict[str, str]
    """Chain head by device."""
    checkpoints: int
    stations: list[str]
    """Whose journals are inside."""
    totals: dict[str, int]
    """Every total, recomputed."""
    equations: int
    """Equations of the account that hold or are explained."""
    explained: list[str]
    """Those that differ and were explained by two people."""
    outcomes: dict[str, str]
    """Proposed outcome by contest; empty for a polling bundle."""
    confirmed: dict[str, list[str]]
    """Those elected, by contest, as the election committee confirmed."""
    grown_from: dict[str, list[str]]
    """By contest the bundles (SHA-256) of the round before from which it was found to follow by law."""


def pack_bundle(
    content: BundleContent, forms: Mapping[str, bytes], key: bytes, certificate: bytes, root: bytes
) -> bytes:
    """Write and sign a bundle.

    Args:
        forms: PDF by file name (ASCII).
        key: the station's private key, PEM in the clear.
        certificate: the station's, PEM.
        root: the committee's root certificate, PEM.

    Raises:
        Faults: the certificate is not one that a reader of the bundle would accept (codes B-12x).
    """
    manifest = Manifest(
        role=content.role, plan=content.plan, head=content.head, supersedes=content.supersedes
    )
    files = {
        MANIFEST: canonical(manifest),
        ACCOUNT: canonical(content.totals),
        JOURNAL: to_lines(content.entries),
        **{f"{CERTIFICATES}{station}.pem": pem for station, pem in content.certificates.items()},
        **{f"{FORMS}{name}": pdf for name, pdf in {**content.forms, **forms}.items()},
    }
    if content.role == COUNTING:
        report = election_report(
            content.plan,
            content.results,
            handed_over_at(content.entries, content.head),
            correction=bool(content.supersedes),
        )
        files[RESULT] = canonical(report)
    data = seal(files, read_key(key), x509.load_pem_x509_certificate(certificate))
    unseal(data, read_root(root), SIGNERS[content.role], "")
    return data


def verify_bundle(
    data: bytes, root: bytes, source: str = "", previous: Sequence[CountingBundle] = ()
) -> BundleReport:
    """Check everything that a stranger can check.

    Args:
        data: the bundle file.
        root: the committee's root certificate, PEM.
        source: the file's name, for the faults.
        previous: the bundles of the round before, verified; none: where it came from is not looked at.

    Raises:
        Faults: everything found wrong (codes B and J); what follows from an earlier fault is left out.
        Refusal: the root certificate is none, or ``previous`` is not one result.
    """
    checked = check_bundle(data, root, source)
    manifest, journal, plan = checked.manifest, checked.journal, checked.manifest.plan
    if previous and (faults := check_growth(plan, previous, source)):
        raise Faults(faults)
    day = checked.states.get(day_stream(plan.station.id), Day())
    explained = [each.key for each, standing in checked.equations if standing is Standing.EXPLAINED]
    return BundleReport(
        sha256=hashlib.sha256(data).hexdigest(),
        role=manifest.role,
        election=plan.election.id,
        title=plan.election.title,
        rehearsal=plan.election.rehearsal,
        station=plan.station.id,
        station_name=plan.station.name,
        signer=fingerprint(checked.unsealed.certificate),
        root=fingerprint(read_root(root)),
        signed_at=checked.unsealed.signed_at.isoformat(),
        supersedes=manifest.supersedes,
        files=len(checked.unsealed.files),
        entries=len(journal.entries),
        heads={device: last.hash for device, last in journal.ends.items()},
        checkpoints=journal.checkpoints,
        stations=sorted(journal.certificates),
        totals=dict(sorted(checked.totals.items())),
        equations=len(checked.equations),
        explained=explained,
        outcomes={each.contest.id: outcome_of(each) for each in checked.results},
        confirmed={contest: list(each.elected) for contest, each in day.confirmed.items()},
        grown_from={each.id: list(each.earlier[-1].bundles) for each in plan.contests} if previous else {},
    )


def read_polling(data: bytes, root: bytes) -> PollingBundle:
    """A polling station's bundle, verified, as the counting site takes it in.

    Raises:
        Faults: as :func:`verify_bundle`, or BUNDLE_WRONG_ROLE where it is no polling bundle.
    """
    checked = _of_role(POLLING, data, root, "")
    plan = checked.manifest.plan
    return PollingBundle(
        election=plan.election.id,
        station=plan.station.id,
        sha256=hashlib.sha256(data).hexdigest(),
        head=checked.manifest.head,
        certificate=checked.journal.certificates[plan.station.id],
        entries=checked.journal.entries,
    )


def read_counting(data: bytes, root: bytes, source: str = "") -> CountingBundle:
    """A counting site's bundle, verified, as the committee adds it to those of the other sites.

    Raises:
        Faults: as :func:`verify_bundle`, or BUNDLE_WRONG_ROLE where it is no counting bundle.
    """
    checked = _of_role(COUNTING, data, root, source)
    names = {
        contest.id: checked.states.get(contest_stream(contest.id), WriteIns())
        for contest in checked.manifest.plan.contests
    }
    return CountingBundle(
        plan=checked.manifest.plan,
        sha256=hashlib.sha256(data).hexdigest(),
        supersedes=checked.manifest.supersedes,
        totals=checked.totals,
        by_station=totals_by_station(
            checked.manifest.plan, checked.states, checked.journal.entries, checked.journal.owners
        ),
        names=names,
    )


def _of_role(role: str, data: bytes, root: bytes, source: str) -> Checked:
    checked = check_bundle(data, root, source)
    if checked.manifest.role != role:
        facts: dict[str, object] = {
            "role": checked.manifest.role,
            "signer": checked.unsealed.signer.role.value,
        }
        raise Faults([Fault(code=Code.BUNDLE_WRONG_ROLE, file=source, field=MANIFEST, facts=facts)])
    return checked
