"""The journal is the truth: what is read is its fold, and whatever happens to an entry is seen."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from pollstation.domain.ballots import VoterRecord
from pollstation.domain.errors import Code, Faults
from pollstation.domain.folds import fold_all
from pollstation.domain.journal import Entry, Kind, check_chain
from pollstation.services.ports import UnitOfWork
from pollstation.store import StationFile
from tests import station
from tests.store.acts import UNITS, Act, do
from tests.store.conftest import NewFile
from tests.store.looking import inside, journal, opened, projections, unguard

ISSUE = Act(
    Kind.BALLOTS_ISSUED,
    "voter:00000001",
    {"contests": ["county-1"], "channel": "in_person", "box": "S01-F"},
    {"name": "王秀英"},
)


@settings(max_examples=30)
@given(units=UNITS)
def test_what_is_rebuilt_equals_what_was_live(new_file: NewFile, units: list[list[Act]]) -> None:
    with opened(new_file()) as file:
        for acts in units:
            _write(file, acts)
        live = projections(file)
        file.rebuild()
        assert projections(file) == live
        assert file.check() == []


@settings(max_examples=30)
@given(units=UNITS)
def test_a_stranger_folds_the_open_journal_to_the_same_totals(
    new_file: NewFile, units: list[list[Act]]
) -> None:
    with opened(new_file()) as file:
        for acts in units:
            _write(file, acts)
        public = [entry.opened() for entry in journal(file)]
        assert check_chain(public) == []
        assert fold_all(public)[1] == file.read(lambda day: day.totals())


def _write(file: StationFile, acts: list[Act]) -> None:
    file.write(lambda unit: do(unit, acts))


@settings(max_examples=25)
@given(
    ours=UNITS,
    theirs=UNITS,
    skew=st.integers(-5, 5),
    arrivals=st.tuples(st.randoms(use_true_random=False), st.randoms(use_true_random=False)),
)
def test_entries_of_two_desks_give_the_same_rows_in_any_order_of_arrival(
    new_file: NewFile,
    ours: list[list[Act]],
    theirs: list[list[Act]],
    skew: int,
    arrivals: tuple[Random, Random],
) -> None:
    clock = station.TickingClock()
    late = station.TickingClock(clock.time + timedelta(seconds=skew))
    with (
        StationFile.open(new_file("S01-aaaa"), station.PASSPHRASE, clock) as first,
        StationFile.open(new_file("S01-bbbb"), station.PASSPHRASE, late) as second,
        opened(new_file("S01-cccc")) as third,
        opened(new_file("S01-dddd")) as fourth,
    ):
        for file, units in ((first, ours), (second, theirs)):
            for acts in units:
                _write(file, acts)
        one, other = journal(first), journal(second)
        first.merge(other)
        second.merge(one)
        for file, arrival in zip((third, fourth), arrivals, strict=True):
            for batch in _in_batches(arrival, one, other):
                file.merge(batch)
        rows = projections(first)
        assert projections(second) == projections(third) == projections(fourth) == rows
        assert journal(first) == journal(second) == journal(third) == journal(fourth)
        assert first.check() == second.check() == []
        first.rebuild()
        assert projections(first) == rows


def _in_batches(arrival: Random, one: list[Entry], other: list[Entry]) -> list[list[Entry]]:
    """Both journals cut into pieces, and the pieces of each, in their order, mixed with the other's."""
    pick = arrival.choice
    left, batches = [list(one), list(other)], []
    while any(left):
        source: list[Entry] = pick([entries for entries in left if entries])
        size = pick(range(1, len(source) + 1))
        batches.append(source[:size])
        del source[:size]
    return batches


def test_two_desks_that_serve_one_voter_make_a_conflict_and_drop_nothing(new_file: NewFile) -> None:
    with opened(new_file("S01-aaaa")) as first, opened(new_file("S01-bbbb")) as second:
        _write(first, [ISSUE])
        _write(second, [ISSUE])
        answer = first.merge(journal(second))
        record = first.read(lambda day: day.state("voter:00000001", VoterRecord))
        assert answer.value == 1
        assert {"voter:00000001", "conflicts", "issued/county-1/in_person"} <= answer.changed
        assert record.in_conflict
        assert {issue.device for issue in record.issues} == {"S01-aaaa", "S01-bbbb"}
        assert first.read(lambda day: day.total("issued/county-1/in_person")) == 2


def test_entries_already_known_are_passed_over(new_file: NewFile) -> None:
    with opened(new_file("S01-aaaa")) as first, opened(new_file("S01-bbbb")) as second:
        for _ in range(3):
            _write(second, [ISSUE])
        theirs = journal(second)
        assert first.merge(theirs[:2]).value == 2
        assert first.merge([*theirs, *theirs]).value == 1
        answer = first.merge(theirs)
        assert (answer.value, answer.changed) == (0, frozenset())
        assert journal(first) == theirs


def _altered(entries: list[Entry]) -> list[Entry]:
    changed = {**entries[1].public, "box": "S01-M1"}
    return [entries[0], msgspec.structs.replace(entries[1], public=changed), entries[2]]


def _about_nothing_known(entries: list[Entry]) -> list[Entry]:
    return [msgspec.structs.replace(entries[0], stream="weather:S01")]


@pytest.mark.parametrize(
    ("spoil", "code", "number"),
    [
        (lambda entries: entries[1:], Code.JOURNAL_GAP, 2),
        (_altered, Code.JOURNAL_ENTRY_ALTERED, 2),
        (_about_nothing_known, Code.JOURNAL_KIND_UNKNOWN, 1),
    ],
)
def test_spoilt_entries_of_another_desk_are_refused_as_a_whole(
    new_file: NewFile, spoil: Callable[[list[Entry]], list[Entry]], code: Code, number: int
) -> None:
    with opened(new_file("S01-aaaa")) as first, opened(new_file("S01-bbbb")) as second:
        for _ in range(3):
            _write(second, [ISSUE])
        with pytest.raises(Faults) as refused:
            first.merge(spoil(journal(second)))
        assert (code, number) in {(fault.code, fault.facts["number"]) for fault in refused.value.faults}
        assert journal(first) == []
        assert projections(first) == {"stream": [], "total": []}


def test_another_story_under_a_known_number_is_refused(new_file: NewFile) -> None:
    with opened(new_file("S01-aaaa")) as first, opened(new_file("S01-bbbb")) as second:
        _write(second, [ISSUE])
        first.merge(journal(second))
        with opened(new_file("S01-bbbb")) as copy:
            _write(copy, [ISSUE])
            with pytest.raises(Faults) as refused:
                first.merge(journal(copy))
        assert [fault.code for fault in refused.value.faults] == [Code.JOURNAL_CHAIN_BROKEN]
        assert refused.value.faults[0].facts == {"device": "S01-bbbb", "number": 1}
        assert journal(first) == journal(second)


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(timedelta(minutes=2), timedelta(minutes=2)), (timedelta(hours=3), timedelta(minutes=10))],
    ids=["within-the-bound", "beyond-the-bound"],
)
def test_our_clock_follows_one_that_runs_ahead_within_a_bound(
    new_file: NewFile, ahead: timedelta, expected: timedelta
) -> None:
    path, start = new_file("S01-aaaa"), datetime(2026, 12, 6, 8, tzinfo=UTC)
    with opened(new_file("S01-bbbb")) as second:
        second._clock = station.TickingClock(start + ahead)
        _write(second, [ISSUE])
        theirs = journal(second)
    with StationFile.open(path, station.PASSPHRASE, station.TickingClock(start)) as first:
        first.merge(theirs)
    with StationFile.open(path, station.PASSPHRASE, station.TickingClock(start)) as first:
        _write(first, [ISSUE])
        moment = journal(first)[0].moment()
    assert expected <= moment - start <= expected + timedelta(seconds=2)
    assert (moment > theirs[0].moment()) is (ahead == expected)


def test_private_parts_taken_out_of_the_file_leave_the_chain_whole(new_file: NewFile) -> None:
    path = new_file()
    with opened(path) as file:
        _write(file, [ISSUE, ISSUE])
    with inside(path) as connection:
        unguard(connection)
        connection.exec_driver_sql("UPDATE entry SET private = NULL, salt = NULL")
    with opened(path) as file:
        assert file.check() == []
        assert all(entry.private is None for entry in journal(file))


COLUMNS = (
    "device",
    "time",
    "kind",
    "stream",
    "actor",
    "witness",
    "public",
    "private_digest",
    "previous",
    "hash",
    "salt",
    "private",
)


@settings(max_examples=150)
@given(
    number=st.integers(1, 3),
    column=st.sampled_from(COLUMNS),
    place=st.integers(0, 500),
    flip=st.integers(1, 255),
)
def test_any_byte_of_any_entry_changed_is_found_and_named(
    new_file: NewFile, spent: bytes, number: int, column: str, place: int, flip: int
) -> None:
    path = new_file()
    path.write_bytes(spent)
    with inside(path) as connection:
        unguard(connection)
        (old,) = connection.exec_driver_sql(
            f"SELECT CAST({column} AS BLOB) FROM entry WHERE number = ?", (number,)
        ).one()
        new = bytearray(old)
        new[place % len(new)] ^= flip
        kind = "BLOB" if column in {"private_digest", "previous", "hash", "salt"} else "TEXT"
        connection.exec_driver_sql(
            f"UPDATE entry SET {column} = CAST(? AS {kind}) WHERE number = ?", (bytes(new), number)
        )
    with opened(path) as file:
        faults = file.check()
    assert number in {fault.facts["number"] for fault in faults}
    assert all(str(fault.code).startswith("J-") for fault in faults)


@pytest.fixture(scope="module")
def spent(new_file: NewFile) -> bytes:
    """A station file with three entries, every part of which holds something."""
    path = new_file()
    with opened(path) as file:
        for _ in range(3):
            file.write(
                lambda unit: unit.append(
                    ISSUE.kind,
                    ISSUE.stream,
                    by=station.session("officer-01"),
                    witness=station.session("scrutineer-01"),
                    public=ISSUE.public,
                    private=ISSUE.private,
                )
            )
    return path.read_bytes()


def test_a_number_changed_is_found(new_file: NewFile, spent: bytes) -> None:
    path = new_file()
    path.write_bytes(spent)
    with inside(path) as connection:
        unguard(connection)
        connection.exec_driver_sql("UPDATE entry SET number = 7 WHERE number = 3")
    with opened(path) as file:
        assert Code.JOURNAL_GAP in {fault.code for fault in file.check()}


def test_the_last_entry_taken_away_is_found(new_file: NewFile, spent: bytes) -> None:
    path = new_file()
    path.write_bytes(spent)
    with inside(path) as connection:
        unguard(connection)
        connection.exec_driver_sql("DELETE FROM entry WHERE number = 3")
    with opened(path) as file:
        assert {fault.code for fault in file.check()} == {Code.JOURNAL_PROJECTION_DIFFERS}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("UPDATE total SET value = value + 1 WHERE name = 'marked/county-1'", "marked/county-1"),
        ("DELETE FROM total WHERE name = 'marked/county-1'", "marked/county-1"),
        ("INSERT INTO total VALUES ('marked/village-9', 3)", "marked/village-9"),
        ("DELETE FROM stream", "voter:00000001"),
        ("UPDATE stream SET state = '{}'", "voter:00000001"),
        ("UPDATE stream SET state = 'no state'", "voter:00000001"),
        ("INSERT INTO stream VALUES ('weather:S01', '{}', '', '', 1)", "weather:S01"),
    ],
)
def test_a_number_that_screens_read_and_the_journal_does_not_give_is_found_and_rebuilt(
    new_file: NewFile, spent: bytes, change: str, name: str
) -> None:
    path = new_file()
    path.write_bytes(spent)
    with inside(path) as connection:
        connection.exec_driver_sql(change)
    with opened(path) as file:
        (fault,) = file.check()
        assert (fault.code, fault.facts) == (Code.JOURNAL_PROJECTION_DIFFERS, {"name": name})
        file.rebuild()
        assert file.check() == []
        assert file.read(lambda day: day.total("marked/county-1")) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET actor = 'officer-02' WHERE number = 2",
        "DELETE FROM entry WHERE number = 3",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 1",
    ],
)
def test_the_file_itself_refuses_to_change_an_entry(new_file: NewFile, spent: bytes, statement: str) -> None:
    path = new_file()
    path.write_bytes(spent)
    with inside(path) as connection, pytest.raises(DatabaseError, match="never"):
        connection.exec_driver_sql(statement)


def test_a_refused_use_case_leaves_nothing(new_file: NewFile) -> None:
    with opened(new_file()) as file:
        _write(file, [ISSUE])
        before = projections(file), journal(file), file.read(lambda day: day.total("marked/county-1"))

        def careless(unit: UnitOfWork) -> None:
            do(unit, [ISSUE, ISSUE])
            raise ValueError("something unforeseen")

        with pytest.raises(ValueError, match="unforeseen"):
            file.write(careless)
        assert before == (
            projections(file),
            journal(file),
            file.read(lambda day: day.total("marked/county-1")),
        )
        _write(file, [ISSUE])
        assert [entry.number for entry in journal(file)] == [1, 2]
        assert file.check() == []


def test_a_duty_sees_what_it_has_just_written(new_file: NewFile) -> None:
    token = station.voter(1).token

    def duty(unit: UnitOfWork) -> None:
        for times in (1, 2):
            do(unit, [ISSUE])
            assert len(unit.state(f"voter:{token}", VoterRecord).issues) == times
            assert list(unit.states("voter:", VoterRecord)) == [f"voter:{token}"]
            assert unit.total("issued/county-1/in_person") == times
            assert unit.totals("issued/") == {"issued/county-1/in_person": times}
            assert [entry.number for entry in unit.entries()] == list(range(1, times + 1))
            assert unit.head() == unit.entries(f"voter:{token}")[-1]

    with opened(new_file()) as file:
        assert file.read(lambda day: day.state(f"voter:{token}", VoterRecord)) == VoterRecord()
        file.write(duty)


def test_the_answer_names_what_changed_and_nothing_else(new_file: NewFile) -> None:
    with opened(new_file()) as file:
        _write(file, [ISSUE])
        undo = Act(Kind.ISSUE_UNDONE, ISSUE.stream, {"contests": ["county-1"]}, {})
        assert file.write(lambda unit: do(unit, [undo, ISSUE])).changed == {ISSUE.stream}
        changed = file.write(lambda unit: do(unit, [undo])).changed
        assert {ISSUE.stream, "issued/county-1/in_person", "on_hand/county-1"} < changed
        assert not any(name.startswith("registered") for name in changed)
        assert file.read(lambda day: day.totals()) == {}
