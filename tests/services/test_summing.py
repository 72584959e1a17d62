"""What each station contributed adds up to the whole, whichever desk or crew wrote it."""

from pathlib import Path

import msgspec

from pollstation.domain.accounts import add_totals
from pollstation.domain.folds import fold_all
from pollstation.domain.journal import Entry
from pollstation.domain.station_totals import owners, totals_by_station
from tests.wording import whole_day


def journal(folder: Path) -> list[Entry]:
    """A day with two desks, a crew's laptop and a second station of which only the box is here."""
    return whole_day.live(folder)


def test_the_stations_shares_add_up_to_every_total_of_the_whole(tmp_path: Path) -> None:
    entries = journal(tmp_path)
    states, whole = fold_all(entries)
    owner = {entry.device: "S01" for entry in entries} | owners(entries)
    shares = totals_by_station(whole_day.package().plan, states, entries, owner)
    added = {name: count for name, count in add_totals(shares.values()).items() if count}
    assert added == whole
    assert shares["S01"]["box_counted/S01-M1"] == 1


def test_a_crew_is_of_the_station_that_took_its_journal_in(tmp_path: Path) -> None:
    owner = owners(journal(tmp_path))
    assert owner["S01-a1b2"] == owner["S01-M1-e5f6"] == "S01"
    assert "S01-c3d4" not in owner  # a desk that wrote of a voter alone


def test_a_box_counts_for_the_station_that_used_it(tmp_path: Path) -> None:
    entries = [
        msgspec.structs.replace(each, stream=each.stream.replace("S01-M1", "S02-F"))
        for each in journal(tmp_path)
    ]
    states, _whole = fold_all(entries)
    owner = {entry.device: "S01" for entry in entries}
    shares = totals_by_station(whole_day.package().plan, states, entries, owner)
    assert shares["S02"]["collected/county-1"] == 1
    assert shares["S01"]["collected/county-1"] == 4
