"""The journal: every act of the day is one entry, appended, chained, never changed.

An entry's hash covers the previous hash, the canonical JSON of its header and public part, and a digest of
its salted private part, so a journal without its private parts still verifies (VVSG 2.0, 15.1-15.2).

Canonical JSON is what ``json.dumps(x, sort_keys=True, separators=(",", ":"), ensure_ascii=False)`` writes;
journals hold text, whole numbers, booleans, null, lists and objects, never fractions.
"""

import hashlib
import secrets
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum, unique
from typing import Any

import msgspec

from pollstation.domain.errors import Code, Fault

Facts = Mapping[str, Any]
Order = tuple[str, str, int]
"""Where an entry stands among those of all devices: time, device, number."""

START = "0" * 64
"""The previous hash of a device's first entry."""

CLOCK_BOUND = timedelta(minutes=10)
"""How far another device's clock may run ahead before ours stops following it."""


@unique
class Kind(StrEnum):
    """What happened. The value stands in the journal for ever."""

    # station:<id>: the day itself
    PACKAGE_LOADED = "package-loaded"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    CHECK_DONE = "check-done"
    ZERO_REPORTED = "zero-reported"
    OPENED = "opened"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED = "closed"
    REOPENED = "reopened"
    INCIDENT = "incident"
    DIFFERENCE_EXPLAINED = "difference-explained"
    ASSISTED_COUNTED = "assisted-counted"
    POLLING_RECEIVED = "polling-received"
    COUNT_STARTED = "count-started"
    COUNT_RESUMED = "count-resumed"
    RESULT_PROPOSED = "result-proposed"
    RESULT_RELEASED = "result-released"
    RESULT_CONFIRMED = "result-confirmed"
    HANDED_OVER = "handed-over"
    COPY_BEGUN = "copy-begun"
    COPY_ENDED = "copy-ended"
    RESTORED = "restored"
    CHECKPOINT = "checkpoint"
    # voter:<token>
    VOTER_ADDED = "voter-added"
    VOTER_STRUCK = "voter-struck"
    VOTER_RESTORED = "voter-restored"
    PROXY_APPLIED = "proxy-applied"
    PROXY_REFUSED = "proxy-refused"
    PROXY_AUTHORISED = "proxy-authorised"
    PROXY_REVOKED = "proxy-revoked"
    BALLOTS_ISSUED = "ballots-issued"
    BALLOT_REPLACED = "ballot-replaced"
    BALLOT_RETURNED = "ballot-returned"
    ISSUE_UNDONE = "issue-undone"
    CONFLICT_DECIDED = "conflict-decided"
    VISIT_REQUESTED = "visit-requested"
    VISIT_APPROVED = "visit-approved"
    VISIT_REFUSED = "visit-refused"
    # stock:<station>/<contest>
    BALLOTS_RECEIVED = "ballots-received"
    BALLOTS_DAMAGED = "ballots-damaged"
    BALLOTS_TRANSFERRED = "ballots-transferred"
    UNUSED_CANCELLED = "unused-cancelled"
    BALLOTS_MOVED = "ballots-moved"
    STOCK_CORRECTED = "stock-corrected"
    # box:<id>
    BOX_SEALED = "box-sealed"
    ROUTE_PLANNED = "route-planned"
    BOX_DISPATCHED = "box-dispatched"
    BOX_HANDED_OVER = "box-handed-over"
    CREW_FILE_MADE = "crew-file-made"
    CREW_FILE_RETURNED = "crew-file-returned"
    BOX_RETURNED = "box-returned"
    BOX_CLOSED = "box-closed"
    BOX_MOVED = "box-moved"
    BOX_ARRIVED = "box-arrived"
    BOX_OPENED = "box-opened"
    BOX_COUNTED = "box-counted"
    BOX_RECOUNTED = "box-recounted"
    # sheet:<box>/<contest>/<batch>
    SHEET_PLANNED = "sheet-planned"
    FIELDS_ENTERED = "fields-entered"
    ENTRY_COMPLETED = "entry-completed"
    DIFFERENCE_SETTLED = "difference-settled"
    SHEET_SENT_BACK = "sheet-sent-back"
    FINDING_EXPLAINED = "finding-explained"
    SHEET_APPROVED = "sheet-approved"
    DOUBTFUL_DECIDED = "doubtful-decided"
    RECOUNT_ORDERED = "recount-ordered"
    BATCH_RESTATED = "batch-restated"
    # contest:<id>
    WRITE_INS_JOINED = "write-ins-joined"
    WRITE_IN_JUDGED = "write-in-judged"


TWO_PEOPLE = frozenset(
    {
        Kind.ZERO_REPORTED,
        Kind.OPENED,
        Kind.CLOSED,
        Kind.REOPENED,
        Kind.DIFFERENCE_EXPLAINED,
        Kind.POLLING_RECEIVED,
        Kind.COUNT_STARTED,
        Kind.COUNT_RESUMED,
        Kind.RESULT_PROPOSED,
        Kind.RESULT_CONFIRMED,
        Kind.HANDED_OVER,
        Kind.ISSUE_UNDONE,
        Kind.CONFLICT_DECIDED,
        Kind.BALLOTS_RECEIVED,
        Kind.BALLOTS_DAMAGED,
        Kind.BALLOTS_TRANSFERRED,
        Kind.UNUSED_CANCELLED,
        Kind.BOX_SEALED,
        Kind.BOX_DISPATCHED,
        Kind.BOX_HANDED_OVER,
        Kind.CREW_FILE_MADE,
        Kind.CREW_FILE_RETURNED,
        Kind.BOX_RETURNED,
        Kind.BOX_CLOSED,
        Kind.BOX_MOVED,
        Kind.BOX_ARRIVED,
        Kind.BOX_OPENED,
        Kind.BOX_COUNTED,
        Kind.BOX_RECOUNTED,
        Kind.FINDING_EXPLAINED,
        Kind.SHEET_APPROVED,
        Kind.DOUBTFUL_DECIDED,
        Kind.RECOUNT_ORDERED,
        Kind.BATCH_RESTATED,
    }
)
"""Acts that a second person signs; a reader of the journal refuses one without."""


class Private(msgspec.Struct, frozen=True):
    """The part of an entry that stays at the station: names, register numbers, reasons in free words."""

    salt: str
    """32 random bytes as hexadecimal digits; without them the digest tells nothing of the facts."""
    facts: Facts

    def digest(self) -> str:
        """SHA-256 over salt and canonical JSON, as hexadecimal digits."""
        return hashlib.sha256(bytes.fromhex(self.salt) + canonical(self.facts)).hexdigest()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One act. ``private`` is None where the entry was taken from an open bundle."""

    device: str
    number: int
    time: str
    kind: str
    stream: str
    actor: str
    witness: str
    public: Facts
    private_digest: str
    previous: str
    hash: str
    private: Private | None = None

    def order(self) -> Order:
        """Where the entry stands among those of all devices."""
        return (self.time, self.device, self.number)

    def opened(self) -> "Entry":
        """The entry as a bundle shows it: without its private part."""
        return msgspec.structs.replace(self, private=None)

    def moment(self) -> datetime:
        """The wall-clock time, in UTC."""
        return time_of(self.time)


def canonical(value: object) -> bytes:
    """Canonical JSON as UTF-8: sorted keys, no white space, nothing escaped that need not be."""
    return msgspec.json.encode(value, order="sorted")


def entry_hash(entry: Entry) -> str:
    """SHA-256(previous ‖ canonical JSON of header and public part ‖ private digest), in hexadecimal digits.

    The three parts are the 32 bytes of the previous hash, the JSON text, and the 32 bytes of the digest.
    """
    header = {
        "actor": entry.actor,
        "device": entry.device,
        "kind": entry.kind,
        "number": entry.number,
        "public": entry.public,
        "stream": entry.stream,
        "time": entry.time,
        "witness": entry.witness,
    }
    return hashlib.sha256(
        bytes.fromhex(entry.previous) + canonical(header) + bytes.fromhex(entry.private_digest)
    ).hexdigest()


def write_entry(
    *,
    device: str,
    previous: Entry | None,
    now: datetime,
    kind: Kind,
    stream: str,
    public: Facts,
    private: Facts,
    actor: str,
    witness: str,
) -> Entry:
    """The next entry of a device after ``previous``, hashed.

    Args:
        now: the device's clock, aware; never reorders what the device wrote before.
        public: kinds, contests, channels and counts.
        private: names, register numbers and free words; salted here.
    """
    sealed = Private(secrets.token_hex(32), dict(private))
    draft = Entry(
        device=device,
        number=previous.number + 1 if previous else 1,
        time=next_time(now, previous.time if previous else ""),
        kind=kind,
        stream=stream,
        actor=actor,
        witness=witness,
        public=dict(public),
        private_digest=sealed.digest(),
        previous=previous.hash if previous else START,
        hash="",
        private=sealed,
    )
    return msgspec.structs.replace(draft, hash=entry_hash(draft))


def next_time(now: datetime, last: str) -> str:
    """Hybrid-logical time: the wall clock in UTC to the millisecond, then a counter that breaks ties.

    Fixed width, so text order is time order. A clock that stands still or runs back only counts on.
    """
    stamp = f"{now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
    if f"{stamp}/00000" > last:
        return f"{stamp}/00000"
    wall, count = last.split("/")
    return f"{wall}/{int(count) + 1:05d}"


def time_of(time: str) -> datetime:
    """The wall clock's part of a hybrid-logical time, in UTC."""
    return datetime.strptime(time[:24], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def followed_time(now: datetime, seen: str) -> str:
    """The latest time another device may push our clock to: theirs, but at most :data:`CLOCK_BOUND` ahead."""
    return min(seen, next_time(now + CLOCK_BOUND, ""))


def check_chain(entries: Iterable[Entry], source: str = "journal") -> list[Fault]:
    """Every fault in the chains of ``entries``, which stand in order of number within each device.

    Returns:
        Faults whose ``row`` is the place in ``entries`` counted from 1, with facts ``device`` and ``number``
        of the bad entry; an empty list when every chain holds.
    """
    faults: list[Fault] = []
    heads: dict[str, Entry] = {}
    known = set(Kind)
    for row, entry in enumerate(entries, start=1):
        last = heads.get(entry.device)
        codes = list(_faults_of(entry, last))
        if entry.kind not in known:
            codes.append(Code.JOURNAL_KIND_UNKNOWN)
        faults += [
            Fault(code=code, file=source, row=row, facts={"device": entry.device, "number": entry.number})
            for code in codes
        ]
        heads[entry.device] = entry
    return faults


def _faults_of(entry: Entry, last: Entry | None) -> Iterable[Code]:
    if entry.number != (last.number + 1 if last else 1):
        yield Code.JOURNAL_GAP
    if entry.previous != (last.hash if last else START):
        yield Code.JOURNAL_CHAIN_BROKEN
    if last and entry.time <= last.time:
        yield Code.JOURNAL_TIME_REORDERED
    try:
        right = entry_hash(entry) == entry.hash
        sealed = entry.private is None or entry.private.digest() == entry.private_digest
    except ValueError:
        right = sealed = False
    if not right:
        yield Code.JOURNAL_ENTRY_ALTERED
    elif not sealed:
        yield Code.JOURNAL_PRIVATE_ALTERED


def short_code(head: str) -> str:
    """Eight characters of a chain head to print and compare by eye, such as ``7K4M-Q2XD`` (40 bits)."""
    text = b32encode(bytes.fromhex(head)[:5]).decode("ascii")
    return f"{text[:4]}-{text[4:]}"


def to_lines(entries: Sequence[Entry]) -> bytes:
    """The public journal as JSON Lines, one entry a line, private parts left out."""
    return b"".join(canonical(entry_fields(entry)) + b"\n" for entry in entries)


def entry_fields(entry: Entry) -> dict[str, object]:
    """The fields of the public form of an entry."""
    return {name: getattr(entry, name) for name in entry.__struct_fields__ if name != "private"}


def from_line(line: bytes) -> Entry:
    """Read one line of a public journal.

    Raises:
        msgspec.ValidationError: naming the field that is missing or of the wrong type.
    """
    return msgspec.json.decode(line, type=Entry)
