"""Turnout by the hour, by contest and by voters' group."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollstation import i18n
from pollstation.services import issuing
from pollstation.services.turnout import GroupKeeper, hours, per_cent, turnout
from pollstation.store import StationFile
from pollstation.wording.turnout import over_the_phone
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package

SEVEN = datetime(2026, 12, 6, 7, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[StationFile]:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as made:
        acts.prepare(made)
        acts.open_day(made)
        yield made


def test_an_hour_without_voters_stands_between_others_and_the_last_ends_now() -> None:
    totals = {"turnout/2026-12-06T07": 12, "turnout/2026-12-06T09": 3, "registered": 40}
    now = SEVEN + timedelta(hours=2, minutes=20)
    assert [(line.until, line.within, line.voted) for line in hours(totals, now)] == [
        (SEVEN + timedelta(hours=1), 12, 12),
        (SEVEN + timedelta(hours=2), 0, 12),
        (now, 3, 15),
    ]


@given(st.dictionaries(st.integers(0, 23), st.integers(1, 500)))
def test_the_hours_add_up_to_all_who_voted(counts: dict[int, int]) -> None:
    totals = {f"turnout/2026-12-06T{hour:02d}": count for hour, count in counts.items()}
    lines = hours(totals, SEVEN + timedelta(days=1))
    assert sum(line.within for line in lines) == sum(counts.values())
    assert [line.voted for line in lines] == sorted(line.voted for line in lines)
    assert (lines[-1].voted if lines else 0) == sum(counts.values())


@pytest.mark.parametrize(
    ("voted", "registered", "share"),
    [(1234, 2041, "60.5"), (0, 10, "0.0"), (10, 10, "100.0"), (1, 3, "33.3"), (2, 3, "66.7"), (0, 0, "0.0")],
)
def test_shares_are_rounded_to_one_place(voted: int, registered: int, share: str) -> None:
    assert per_cent(voted, registered) == share


def test_each_contest_is_counted_for_itself(file: StationFile) -> None:
    acts.vote(file, *range(1, 18))
    now = file.read(turnout)
    assert (now.registered, now.voted) == (30, 17)
    assert [(line.name, line.registered, line.voted) for line in now.contests] == [
        ("county-1", 30, 17),
        ("town-1", 27, 16),
    ]


def test_groups_kept_up_to_date_are_those_read_anew(tmp_path: Path) -> None:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(150), TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        keeper = file.read(GroupKeeper)
        for number in (1, 2, 120):
            issue = partial(issuing.issue_ballots, by=acts.OFFICER, token=acts.token(number))
            file.read(partial(keeper.changed, streams=file.write(issue).changed))
        assert keeper.lines() == file.read(GroupKeeper).lines()
        assert [(line.name, line.registered, line.voted) for line in keeper.lines()] == [
            ("第1组", 99, 2),
            ("第2组", 51, 1),
        ]


def test_the_sentence_for_the_telephone() -> None:
    i18n.use("en")
    at = datetime(2026, 12, 6, 11).astimezone()
    assert over_the_phone(at, 1234, 2041, "7K4M-Q2XD") == (
        "At 11:00: 1,234 of 2,041 voters, 60.5 %, code 7K4M-Q2XD"
    )
