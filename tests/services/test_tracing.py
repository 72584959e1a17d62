"""Behind every equation of the account stand its entries, and the one after which it differed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pollstation.domain.accounts import Standing
from pollstation.domain.ballots import StockFigure
from pollstation.services import closing, journal_reading, opening, stock
from pollstation.services.journal_reading import PAGE
from pollstation.services.ports import Chosen
from pollstation.services.tracing import Trace, trace
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS
from tests.station import PASSPHRASE, TickingClock, package


@pytest.fixture
def file(tmp_path: Path) -> Iterator[StationFile]:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as made:
        acts.prepare(made)
        acts.open_day(made)
        yield made


def behind(file: StationFile, key: str) -> Trace:
    return file.read(lambda unit: trace(unit, BOSS, key))


def kinds(found: Trace) -> list[str]:
    return [entry.kind for entry in found.page.entries]


def test_a_lost_ballot_is_traced_to_the_return_of_its_box(file: StationFile) -> None:
    acts.vote(file, 1, 2)
    acts.send_mobile(file)
    acts.serve_mobile(file, 20, 21)
    acts.return_mobile(file, {"county-1": 2, "town-1": 4})
    acts.vote(file, 3)
    found = behind(file, "box/county-1/S01-M1")
    assert kinds(found) == ["box-returned", "ballots-issued", "ballots-issued", "box-dispatched"]
    assert found.since == found.page.entries[0]
    assert behind(file, "box/town-1/S01-M1").since is None


def test_unused_ballots_counted_wrongly_are_the_entry_since_which_the_stock_differs(
    file: StationFile,
) -> None:
    acts.vote(file, 1, 2, 3)
    file.write(lambda unit: stock.cancel_unused(unit, BOSS, WITNESS, "county-1", 36))
    file.write(lambda unit: stock.damage(unit, OFFICER, WITNESS, "county-1", 2, "受潮"))
    found = behind(file, "stock/county-1")
    assert found.since
    assert found.since.kind == "unused-cancelled"
    assert found.equation
    assert found.equation.difference == -1


def test_a_difference_that_was_corrected_has_no_since_and_both_entries_behind_it(file: StationFile) -> None:
    file.write(lambda unit: stock.receive(unit, OFFICER, WITNESS, "county-1", stated=100, counted=99))
    assert behind(file, "received/county-1").since
    file.write(
        lambda unit: stock.correct(unit, OFFICER, WITNESS, "county-1", StockFigure.RECEIVED, 140, "数漏")
    )
    found = behind(file, "received/county-1")
    assert found.since is None
    assert kinds(found) == ["stock-corrected", "ballots-received", "ballots-received"]


def test_the_explanation_stands_behind_the_equation_it_explains(file: StationFile) -> None:
    file.write(lambda unit: stock.receive(unit, OFFICER, WITNESS, "county-1", stated=100, counted=99))
    file.write(lambda unit: closing.explain(unit, BOSS, WITNESS, "received/county-1", "少一张"))
    assert kinds(behind(file, "received/county-1"))[0] == "difference-explained"


def test_every_equation_of_a_counted_day_is_traced_back_to_its_beginning(file: StationFile) -> None:
    acts.vote(file, *range(1, 12))
    acts.send_mobile(file)
    acts.serve_mobile(file, 20, 21)
    acts.return_mobile(file, {"county-1": 3, "town-1": 4})
    acts.close_day(file)
    acts.open_boxes(file)
    acts.count_everything(file)
    account = file.read(closing.account)
    assert {line.standing for line in account} == {Standing.HOLDS}
    for line in account:
        found = behind(file, line.equation.key)
        assert found.equation == line.equation
        assert found.since is None


def test_entries_behind_an_equation_are_turned_page_by_page(tmp_path: Path) -> None:
    with StationFile.create(tmp_path / "long", PASSPHRASE, package(voters=330), TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        file.write(lambda unit: stock.receive(unit, OFFICER, WITNESS, "county-1", stated=300, counted=300))
        file.write(lambda unit: stock.receive(unit, OFFICER, WITNESS, "town-1", stated=300, counted=300))
        acts.vote(file, *range(1, 331))
        first = behind(file, "voters/county-1").page
        assert (len(first.entries), first.more) == (PAGE, True)
        last = first.entries[-1].order()
        second = file.study(lambda unit: trace(unit, BOSS, "voters/county-1", before=last)).page
        assert second.more is False
        issues = [one for one in file.read(lambda unit: unit.entries()) if one.kind == "ballots-issued"]
        assert [*first.entries, *second.entries] == issues[::-1]


def test_a_page_of_the_journal_holds_the_latest_and_counts_all(file: StationFile) -> None:
    acts.vote(file, *range(1, 20))
    everything = file.read(lambda unit: unit.entries())
    page = file.read(lambda unit: journal_reading.journal(unit, BOSS))
    assert list(page.entries) == list(everything)[::-1]
    fifth = page.entries[4].order()
    earlier = file.read(lambda unit: journal_reading.journal(unit, BOSS, before=fifth))
    assert (earlier.entries, earlier.count) == (page.entries[5:], len(everything))


def test_the_journal_is_chosen_by_person_kind_and_stream(file: StationFile) -> None:
    acts.vote(file, 1, 2)

    def count(chosen: Chosen) -> int | None:
        return file.read(lambda unit: journal_reading.journal(unit, BOSS, chosen)).count

    assert count(Chosen(kind="ballots-issued")) == 2
    assert count(Chosen(kind="ballots-issued", actor=BOSS.id)) == 0
    assert count(Chosen(actor=WITNESS.id, stream="box:")) == 2  # signed as the second
    assert count(Chosen(stream="stock:")) == 2
    file.write(lambda unit: opening.record_incident(unit, OFFICER, "other", "门口拥挤"))
    assert count(Chosen(text="口拥")) == 1
    assert count(Chosen(text="口拥", stream="box:")) == 0
