"""Packets by their numbers, ballots at the desks, and corrections that leave the first entry standing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollstation.domain.ballots import StockFigure
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.packets import Packet, read_packets, require_apart
from pollstation.services import stock
from pollstation.services.stock import StockLine
from pollstation.store import StationFile
from tests import acts
from tests.acts import OFFICER, WITNESS
from tests.station import PASSPHRASE, TickingClock, package

packets = st.builds(
    lambda series, first, size: Packet(series=series, first=first, last=first + size),
    st.sampled_from(["", "A", "甲"]),
    st.integers(0, 50),
    st.integers(0, 30),
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[StationFile]:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as made:
        acts.prepare(made)
        acts.open_day(made)
        yield made


def county(file: StationFile) -> StockLine:
    return file.read(stock.stock)[0]


def receive(file: StationFile, numbers: str, stated: int, counted: int) -> int:
    return file.write(
        lambda unit: stock.receive(
            unit, OFFICER, WITNESS, "county-1", stated=stated, counted=counted, packets=numbers
        )
    ).value


def correct(file: StationFile, figure: StockFigure, count: int) -> int:
    return file.write(
        lambda unit: stock.correct(unit, OFFICER, WITNESS, "county-1", figure, count, "数错一包")
    ).value


def move(file: StationFile, count: int, origin: str, to: str) -> None:
    file.write(lambda unit: stock.move(unit, OFFICER, WITNESS, "county-1", count, origin, to))


def test_packets_are_read_as_people_write_them() -> None:
    read = [str(packet) for packet in read_packets("1-100， a0101–A0200、 201 至 300")]
    assert read == ["1-100", "A101-A200", "201-300"]
    assert read_packets("  ") == ()


@pytest.mark.parametrize("text", ["7", "100-1", "A1-B9", "ballots", "1-100 101-200"])
def test_numbers_that_are_no_range_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_packets(text)
    assert refused.value.code is Code.PACKET_UNREADABLE


@given(packets, packets)
def test_packets_overlap_just_when_one_number_is_in_both(one: Packet, other: Packet) -> None:
    shared = one.series == other.series and set(range(one.first, one.last + 1)) & set(
        range(other.first, other.last + 1)
    )
    if not shared:
        require_apart([one], [other])
        return
    with pytest.raises(Refusal) as refused:
        require_apart([one], [other])
    assert refused.value.code is Code.PACKETS_OVERLAP


@given(packets)
def test_a_packet_as_it_is_written_down_is_read_back(packet: Packet) -> None:
    assert read_packets(str(packet)) == (packet,)


def test_a_packet_is_counted_in_once_however_its_numbers_are_split(file: StationFile) -> None:
    assert receive(file, "A0001-A0100, A0101-A0200", 200, 199) == -1
    with pytest.raises(Refusal) as refused:
        receive(file, "A0200-A0210", 11, 11)
    assert refused.value.code is Code.PACKETS_OVERLAP
    assert refused.value.facts["other"] == "A101-A200"
    assert county(file).packets == ("A1-A100", "A101-A200")
    assert county(file).received == 40 + 199


def test_the_numbers_of_a_packet_must_be_as_many_as_its_slip_says(file: StationFile) -> None:
    with pytest.raises(Refusal) as refused:
        receive(file, "1-99", 100, 100)
    assert refused.value.code is Code.PACKETS_NOT_AS_STATED
    assert county(file).received == 40


def test_a_correction_is_another_entry_and_the_first_one_stays(file: StationFile) -> None:
    assert correct(file, StockFigure.RECEIVED, 39) == -1
    assert county(file).received == county(file).on_hand == 39
    kinds = [entry.kind for entry in file.read(lambda unit: stock.history(unit, "county-1"))]
    assert kinds == ["stock-corrected", "ballots-received"]


def test_a_correction_cannot_leave_fewer_ballots_than_were_issued(file: StationFile) -> None:
    acts.vote(file, 1, 2, 3)
    with pytest.raises(Refusal) as refused:
        correct(file, StockFigure.RECEIVED, 2)
    assert refused.value.code is Code.STOCK_TOO_SMALL
    with pytest.raises(Refusal) as refused:
        correct(file, StockFigure.DAMAGED, 38)
    assert refused.value.code is Code.STOCK_TOO_SMALL
    assert county(file).on_hand == 37


def test_a_correction_that_changes_nothing_is_refused(file: StationFile) -> None:
    with pytest.raises(Refusal) as refused:
        correct(file, StockFigure.STATED, 40)
    assert refused.value.code is Code.NOTHING_TO_CORRECT


def test_a_desk_gives_back_no_more_than_it_was_handed(file: StationFile) -> None:
    move(file, 20, "", "desk 1")
    move(file, 5, "desk 1", "desk 2")
    assert county(file).desks == {"desk 1": 15, "desk 2": 5}
    with pytest.raises(Refusal) as refused:
        move(file, 6, "desk 2", "")
    assert refused.value.code is Code.DESK_HOLDS_TOO_FEW
    move(file, 5, "desk 2", "")
    assert county(file).desks == {"desk 1": 15}
    assert county(file).on_hand == 40


def test_what_a_mobile_box_took_and_brought_back_stands_in_the_history(file: StationFile) -> None:
    acts.send_mobile(file)
    acts.return_mobile(file, {"county-1": 5, "town-1": 5})
    kinds = [entry.kind for entry in file.read(lambda unit: stock.history(unit, "county-1"))]
    assert kinds == ["box-returned", "box-dispatched", "ballots-received"]
