"""Every act of the journal as one sentence."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from pollstation.domain.ballots import Channel, StockFigure
from pollstation.domain.journal import Entry, Kind
from pollstation.domain.rules import Outcome
from pollstation.domain.staff import Role
from pollstation.domain.visits import Ground
from pollstation.i18n import N_, _
from pollstation.wording import facts, in_a_row, one_after_another, placeholders, terms

SENTENCES: dict[Kind, str] = {
    Kind.PACKAGE_LOADED: N_("Election package loaded: election {election}, registered voters {registered}."),
    Kind.SIGNED_IN: N_("{actor} signed in ({role})."),
    Kind.SIGNED_OUT: N_("{actor} signed out."),
    Kind.CHECK_DONE: N_("Checked before the opening: {item}."),
    Kind.ZERO_REPORTED: N_("Zero report: nothing issued; ballots received: {received}."),
    Kind.OPENED: N_("Voting opened."),
    Kind.PAUSED: N_("Voting interrupted."),
    Kind.RESUMED: N_("Voting resumed."),
    Kind.CLOSED: N_("Voting closed."),
    Kind.REOPENED: N_("Voting opened again after the close."),
    Kind.INCIDENT: N_("Incident: {kind}."),
    Kind.DIFFERENCE_EXPLAINED: N_("Difference explained: {code}."),
    Kind.ASSISTED_COUNTED: N_("Voters for whom a scribe wrote: {count}."),
    Kind.POLLING_RECEIVED: N_("Polling bundle of station {station} taken in, entries {entries}."),
    Kind.COUNT_STARTED: N_("Count begun."),
    Kind.COUNT_RESUMED: N_("Result withdrawn: the count goes on."),
    Kind.RESULT_PROPOSED: N_("Result proposed: {outcomes}"),
    Kind.RESULT_RELEASED: N_("Figures of the result released to the room."),
    Kind.RESULT_CONFIRMED: N_("Result confirmed by the election committee, {contest}: {outcome}"),
    Kind.HANDED_OVER: N_("Handed over: {role}, SHA-256 {sha256}."),
    Kind.COPY_BEGUN: N_("Second copy kept on another medium from now on."),
    Kind.COPY_ENDED: N_("Second copy no longer kept."),
    Kind.RESTORED: N_(
        "File of the day made again from its second copy: entries {entries}, journal code {journal_code}, "
        "unreadable records {dropped}."
    ),
    Kind.CHECKPOINT: N_("Journal signed {occasion}, up to entry {number}."),
    Kind.VOTER_ADDED: N_("Voter entered on the list at the station: {contests}."),
    Kind.VOTER_STRUCK: N_("Voter struck off the list: {contests}."),
    Kind.VOTER_RESTORED: N_("Voter put back on the list."),
    Kind.PROXY_APPLIED: N_("Proxy applied for: application {number}."),
    Kind.PROXY_REFUSED: N_("Proxy refused by the committee: application {number}."),
    Kind.PROXY_AUTHORISED: N_("Proxy authorised: authority {number}."),
    Kind.PROXY_REVOKED: N_("Proxy authority taken back."),
    Kind.BALLOTS_ISSUED: N_("Ballots issued: {contests}, {channel}, box {box}."),
    Kind.BALLOT_REPLACED: N_("Spoilt ballot replaced: {contest}."),
    Kind.BALLOT_RETURNED: N_("Ballots handed back by a voter who does not vote: {contests}."),
    Kind.ISSUE_UNDONE: N_("Issue of ballots taken back: {contests}."),
    Kind.CONFLICT_DECIDED: N_("Voter served by two desks: decided."),
    Kind.VISIT_REQUESTED: N_("Mobile box asked for, ground: {ground}."),
    Kind.VISIT_APPROVED: N_("Mobile box approved: box {box}, stop {stop}."),
    Kind.VISIT_REFUSED: N_("Mobile box refused."),
    Kind.BALLOTS_RECEIVED: N_("Ballots counted in: {contest}, {counted} counted, {stated} on the slip."),
    Kind.BALLOTS_DAMAGED: N_("Damaged ballots taken out: {contest}, {count}."),
    Kind.BALLOTS_TRANSFERRED: N_("Ballots handed on to {to}: {contest}, {count}."),
    Kind.BALLOTS_MOVED: N_("Blank ballots moved: {contest}, {count}, from {origin} to {to}."),
    Kind.STOCK_CORRECTED: N_("Stock corrected: {contest}, {figure} {difference}."),
    Kind.UNUSED_CANCELLED: N_("Unused ballots counted and cancelled: {contest}, {count}."),
    Kind.BOX_SEALED: N_("Box {box} sealed, seals {seals}."),
    Kind.BOX_DISPATCHED: N_(
        "Mobile box {box} sent out with {crew}; ballots {taken}; seals read {seals_seen}."
    ),
    Kind.ROUTE_PLANNED: N_("Route of mobile box {box} planned: stops {stops}, back by {due}."),
    Kind.BOX_HANDED_OVER: N_(
        "Mobile box {box} handed over on the way at {at}; seals read {seals_seen}, {intact}."
    ),
    Kind.CREW_FILE_MADE: N_("Crew file {device} made for mobile box {box}, voters {voters}."),
    Kind.CREW_FILE_RETURNED: N_("Crew file {device} of mobile box {box} taken in, entries {entries}."),
    Kind.BOX_RETURNED: N_(
        "Mobile box {box} came back; blank {blank}; spoilt {spoilt}; seals read {seals_seen}."
    ),
    Kind.BOX_CLOSED: N_("Slot of box {box} sealed; seals now {seals}; seals read {seals_seen}."),
    Kind.BOX_MOVED: N_("Box {box} left for the count; seals read {seals_seen}."),
    Kind.BOX_ARRIVED: N_("Box {box} arrived for the count; seals read {seals_seen}."),
    Kind.BOX_OPENED: N_("Box {box} opened; seals read {seals_seen}."),
    Kind.BOX_COUNTED: N_("Ballots of box {box} counted before sorting: {counted}."),
    Kind.BOX_RECOUNTED: N_("Ballots of box {box} counted again: {counted}; before: {before}."),
    Kind.SHEET_PLANNED: N_("Count sheet planned: {sheet}, ballots {ballots}."),
    Kind.FIELDS_ENTERED: N_("Count sheet {sheet}, entry {reading}: {fields}."),
    Kind.ENTRY_COMPLETED: N_("Count sheet {sheet}: entry {reading} complete."),
    Kind.DIFFERENCE_SETTLED: N_("Count sheet {sheet}, differences settled: {fields}."),
    Kind.SHEET_SENT_BACK: N_("Count sheet {sheet} sent back to be entered anew."),
    Kind.FINDING_EXPLAINED: N_("Count sheet {sheet}: warning {code} explained."),
    Kind.SHEET_APPROVED: N_("Count sheet {sheet} approved."),
    Kind.DOUBTFUL_DECIDED: N_("Count sheet {sheet}, doubtful ballot {number} decided {valid}: {judgement}."),
    Kind.RECOUNT_ORDERED: N_("Count sheet {sheet}: recount ordered."),
    Kind.BATCH_RESTATED: N_("Count sheet {sheet}: the batch holds {ballots} ballots, not {before}."),
    Kind.WRITE_INS_JOINED: N_("Name written in: “{variant}” counts as “{name}” ({contest})."),
    Kind.WRITE_IN_JUDGED: N_(
        "Name written in: “{name}” {eligible} ({contest}); "
        "voters of this name in the register: {in_register}."
    ),
}

PRIVATE = {
    "consent": N_("Consent of the election committee: {words}."),
    "decision": N_("Decision: {words}."),
    "reason": N_("Reason: {words}."),
    "text": N_("Explanation: {words}."),
    "mark": N_("The mark: {words}."),
    "what": N_("What happened: {words}."),
    "people": N_("Persons: {words}."),
    "measures": N_("Measures taken: {words}."),
    "area": N_("Area: {words}."),
    "place": N_("Place: {words}."),
    "wish": N_("Place and time wished for: {words}."),
    "asked_by": N_("Asked for by: {words}."),
    "words": N_("In words: {words}."),
    "route": N_("Route: {words}."),
    "evidence": N_("Evidence: {words}."),
}
"""What is said only where the private part is at hand."""


def in_words(entry: Entry, names: Mapping[str, str]) -> str:
    """What was done, in the spoken language; the reason and other free words where ``entry`` holds them.

    Args:
        names: by id, names of people; of contests and boxes too, where they shall be said by name.
    """
    if entry.kind not in set(Kind):
        return entry.kind
    kind = Kind(entry.kind)
    message = SENTENCES[kind]
    known = _of_stream(entry, names) | dict(entry.public) | {"actor": entry.actor}
    if kind is Kind.DIFFERENCE_EXPLAINED and "box" in known:
        known["code"] = f"{known['code']}/{known['box']}"
    words = {name: _spoken(name, known.get(name), names) for name in placeholders(message)}
    further = (
        _elected(entry),
        _packets(entry),
        _next_crew(entry, names),
        _changed(entry),
        _from_paper(entry),
    )
    more = [*chain.from_iterable(further), *_private(entry)]
    return one_after_another([_(message, **words), *more])


def _of_stream(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    """What the stream's name says: the box, the contest of a stock, the sheet."""
    concept, _colon, name = entry.stream.partition(":")
    match concept:
        case "box":
            return {"box": name}
        case "stock":
            return {"contest": name.partition("/")[2]}
        case "contest":
            return {"contest": name}
        case "sheet":
            return {"sheet": facts.sheet_name(name, names)}
    return {}


def _changed(entry: Entry) -> list[str]:
    """By how much a recount differs from the count before."""
    changed = entry.public.get("changed") if entry.kind == Kind.SHEET_APPROVED else None
    if changed is None:
        return []
    if not changed:
        return [_("The recount found the same figures.")]
    return [_("The recount differs: {fields}.", fields=_fields(changed, facts.signed))]


def _next_crew(entry: Entry, names: Mapping[str, str]) -> list[str]:
    """Who goes on with a box that was handed over on its way, where the crew changed."""
    crew = entry.public.get("crew") if entry.kind == Kind.BOX_HANDED_OVER else None
    return [_("New crew: {crew}.", crew=in_a_row([names.get(one, one) for one in crew]))] if crew else []


def _elected(entry: Entry) -> list[str]:
    """Whom the committee confirmed."""
    names = entry.public.get("elected")
    return [_("Elected: {names}.", names=in_a_row(names))] if names else []


def _packets(entry: Entry) -> list[str]:
    """The numbers on packets that were counted in."""
    packets = entry.public.get("packets")
    return [_("Numbers on the packets: {packets}.", packets=in_a_row(packets))] if packets else []


def _from_paper(entry: Entry) -> list[str]:
    """That the act happened on paper, and when."""
    if not entry.public.get("from_paper"):
        return []
    time = facts.clock_time(str(entry.public["paper_time"]))
    return [_("Keyed in from the paper register, marked there at {time}.", time=time)]


def _private(entry: Entry) -> list[str]:
    """Free words, or a reason from the list, each with what it is; no full stop is doubled."""
    if entry.private is None:
        return []
    more = entry.private.facts
    free = {name: terms.spoil_reason(str(in_a_row(more[name]))) for name in PRIVATE if more.get(name)}
    return [_(PRIVATE[name], words=words.rstrip(".。")) for name, words in free.items()]


def _spoken(name: str, fact: Any, names: Mapping[str, str]) -> object:
    if name in _SPEAKERS:
        return _SPEAKERS[name](fact, names)
    if isinstance(fact, Mapping):
        return in_a_row(
            [_("{name} {count}", name=names.get(one, one), count=n) for one, n in fact.items()]
        ) or _("none")
    if isinstance(fact, list | tuple):
        return in_a_row([names.get(one, one) for one in fact]) or _("none")
    return names.get(fact, fact) if isinstance(fact, str) else fact


def _fields(fact: Mapping[str, int | None], figure: Callable[[int], object] = int) -> object:
    """Each field with its figure; a field that was emptied says so."""
    return in_a_row(
        [
            _("{field}: {count}", field=terms.field(name), count=_("emptied") if n is None else figure(n))
            for name, n in fact.items()
        ]
    )


def _outcomes(fact: Mapping[str, str], names: Mapping[str, str]) -> object:
    partial = _("Counted in part here.")
    said = {
        contest: terms.word(Outcome(outcome)) if outcome in set(Outcome) else partial
        for contest, outcome in fact.items()
    }
    return one_after_another(
        [_("{contest}: {outcome}", contest=names.get(one, one), outcome=words) for one, words in said.items()]
    )


def _role(fact: str, _names: Mapping[str, str]) -> str:
    """Of a person who signed in, or of a bundle that left."""
    return terms.word(Role(fact)) if fact in set(Role) else terms.bundle(fact)


def _desk(fact: str, _names: Mapping[str, str]) -> str:
    """Where ballots were moved from or to; no name is that of the station's stock."""
    return fact or _("the stock")


_SPEAKERS: dict[str, Callable[[Any, Mapping[str, str]], object]] = {
    "at": lambda fact, _names: facts.hour_and_minute(fact),
    "channel": lambda fact, _names: terms.word(Channel(fact)),
    "code": terms.equation_key,
    "difference": lambda fact, _names: facts.signed(fact),
    "due": lambda fact, _names: facts.hour_and_minute(fact),
    "eligible": lambda fact, _names: _("may be elected") if fact else _("may not be elected"),
    "fields": lambda fact, _names: _fields(fact),
    "figure": lambda fact, _names: terms.word(StockFigure(fact)),
    "ground": lambda fact, _names: terms.word(Ground(fact)),
    "intact": lambda fact, _names: _("seals whole") if fact else _("seals damaged"),
    "item": lambda fact, _names: terms.checklist_item(fact),
    "judgement": lambda fact, _names: terms.judgement(fact),
    "kind": lambda fact, _names: terms.incident_kind(fact),
    "occasion": lambda fact, _names: terms.occasion(fact),
    "origin": _desk,
    "outcome": lambda fact, _names: terms.word(Outcome(fact)),
    "outcomes": _outcomes,
    "role": _role,
    "to": _desk,
    "valid": lambda fact, _names: _("valid") if fact else _("void"),
}
"""By the name of the fact."""
