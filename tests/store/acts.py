"""Acts of a day as Hypothesis invents them: well formed, in any order, sensible or not."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from pollstation.domain.journal import Kind
from pollstation.services.ports import UnitOfWork
from tests import station


class Act(NamedTuple):
    kind: Kind
    stream: str
    public: dict[str, Any]
    private: dict[str, Any]


CONTESTS = st.sampled_from(["county-1", "town-1"])
CHANNELS = st.sampled_from(["in_person", "proxy", "mobile"])
VOTERS = st.sampled_from([f"voter:{station.voter(number).token}" for number in range(1, 5)])
STOCKS = st.sampled_from(["stock:S01/county-1", "stock:S01/town-1"])
SHEETS = st.sampled_from(["sheet:S01-F/county-1/1"])
NAMES = st.sampled_from(["庚六", "庚陆", "庚柳"])
PRIVATE = st.dictionaries(st.sampled_from(["name", "reason"]), st.text(max_size=5), max_size=2)


def _act(
    kind: Kind, streams: st.SearchStrategy[str], /, **public: st.SearchStrategy[Any]
) -> st.SearchStrategy[Act]:
    return st.builds(Act, st.just(kind), streams, st.fixed_dictionaries(public), PRIVATE)


ACTS = st.one_of(
    _act(
        Kind.BALLOTS_ISSUED,
        VOTERS,
        contests=st.lists(CONTESTS, min_size=1, max_size=2, unique=True),
        channel=CHANNELS,
        box=st.sampled_from(["S01-F", "S01-M1"]),
    ),
    _act(Kind.BALLOT_REPLACED, VOTERS, contest=CONTESTS),
    _act(Kind.ISSUE_UNDONE, VOTERS, contests=st.lists(CONTESTS, min_size=1, max_size=2, unique=True)),
    _act(
        Kind.PROXY_AUTHORISED,
        VOTERS,
        number=st.sampled_from(["P-0001", "P-0002"]),
        holder=st.sampled_from([station.voter(number).token for number in range(1, 5)]),
    ),
    _act(Kind.PROXY_REVOKED, VOTERS),
    _act(Kind.CONFLICT_DECIDED, VOTERS),
    _act(Kind.BALLOTS_RECEIVED, STOCKS, stated=st.integers(0, 99), counted=st.integers(0, 99)),
    _act(Kind.BALLOTS_DAMAGED, STOCKS, count=st.integers(0, 9)),
    _act(Kind.INCIDENT, st.just("station:S01"), kind=st.text(max_size=5)),
    _act(Kind.PAUSED, st.just("station:S01")),
    _act(Kind.RESUMED, st.just("station:S01")),
    _act(Kind.RESULT_RELEASED, st.just("station:S01")),
    _act(Kind.COUNT_RESUMED, st.just("station:S01")),
    _act(
        Kind.SHEET_PLANNED,
        SHEETS,
        box=st.just("S01-F"),
        contest=st.just("county-1"),
        batch=st.just(1),
        ballots=st.integers(1, 9),
        seats=st.just(2),
        candidates=st.just(3),
    ),
    _act(
        Kind.FIELDS_ENTERED,
        SHEETS,
        reading=st.integers(1, 2),
        fields=st.dictionaries(st.sampled_from(["for/0", "valid", "write_in/庚六"]), st.integers(0, 9)),
    ),
    _act(Kind.ENTRY_COMPLETED, SHEETS, reading=st.integers(1, 2)),
    _act(Kind.SHEET_APPROVED, SHEETS),
    _act(Kind.RECOUNT_ORDERED, SHEETS),
    _act(
        Kind.DOUBTFUL_DECIDED,
        SHEETS,
        number=st.integers(1, 3),
        judgement=st.just("other"),
        valid=st.booleans(),
    ),
    _act(Kind.WRITE_INS_JOINED, st.just("contest:county-1"), variant=NAMES, name=NAMES),
    _act(Kind.WRITE_IN_JUDGED, st.just("contest:county-1"), name=NAMES, eligible=st.booleans()),
)

UNITS = st.lists(st.lists(ACTS, min_size=1, max_size=3), max_size=8)
"""Units of work, each of one act or more."""


def do(unit: UnitOfWork, acts: list[Act]) -> None:
    for act in acts:
        unit.append(
            act.kind,
            act.stream,
            by=station.session("officer-01"),
            public=act.public,
            private=act.private,
        )
