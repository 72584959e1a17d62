"""Behind every equation of the account stand its entries, and the one after which it differed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pollstation.domain.accounts import Standing
from pollstation.domain.ballots import StockFigure
from pollstation.services import closing, journal_reading, stock
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


def test_every_equation_of_a_counted_day_is_replayed_to_what_it_is_now(file: StationFile) -> None:
    acts.vote(file, *range(1, 18))
    acts.close_day(file)
    acts.open_boxes(file)
    acts.count_everything(file)
    account = file.read(closing.account)
    assert {line.standing for line in account} == {Standing.HOLDS}
    for line in account:
        assert behind(file, line.equation.key).equation == line.equation


def test_a_page_of_the_journal_holds_the_latest_and_counts_all(file: StationFile) -> None:
    acts.vote(file, *range(1, 20))
    everything = file.read(lambda unit: unit.entries())
    page = file.read(lambda unit: journal_reading.journal(unit, BOSS))
    assert list(page.entries) == list(everything)[::-1]
    later = file.read(lambda unit: journal_reading.journal(unit, BOSS, start=5))
    assert (later.entries, later.count) == (page.entries[5:], len(everything))


def test_the_journal_is_chosen_by_person_kind_and_stream(file: StationFile) -> None:
    acts.vote(file, 1, 2)

    def count(chosen: Chosen) -> int:
        return file.read(lambda unit: journal_reading.journal(unit, BOSS, chosen)).count

    assert count(Chosen(kind="ballots-issued")) == 2
    assert count(Chosen(kind="ballots-issued", actor=BOSS.id)) == 0
    assert count(Chosen(actor=WITNESS.id, stream="box:")) == 2  # signed as the second
    assert count(Chosen(stream="stock:")) == 2
