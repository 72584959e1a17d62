"""The marked register read back from its PDF, and its files on a second medium."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from pollstation.documents import make
from pollstation.documents.register_files import RegisterFiles, register_forms, write_register
from pollstation.services import issuing, outage, proxies, register_changes
from pollstation.services.issuing import Issued
from pollstation.services.marked_register import Order
from pollstation.services.outage import PaperLine
from pollstation.services.ports import UnitOfWork
from pollstation.store import StationFile
from pollstation.wording.facts import clock_time
from tests import acts
from tests.station import PASSPHRASE, TickingClock, newcomer, package, session

VOTERS = 250


@pytest.fixture
def polling(tmp_path: Path) -> Iterator[StationFile]:
    clock = TickingClock()
    with StationFile.create(tmp_path / "day.station", PASSPHRASE, package(VOTERS), clock) as file:
        acts.prepare(file)
        acts.open_day(file, VOTERS)
        yield file


def issue_to_150(unit: UnitOfWork) -> Issued:
    return issuing.issue_ballots(unit, acts.OFFICER, acts.token(150))


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def line_of(text: str, card: str) -> str:
    """What stands behind a voter's card number."""
    found = [line for line in text.splitlines() if card in line]
    return found[0].partition(card)[2].strip() if found else ""


def test_every_voter_stands_in_it_with_time_and_channel(polling: StationFile) -> None:
    acts.vote(polling, 1, 150)
    acts.send_mobile(polling)
    acts.serve_mobile(polling, 20)
    polling.write(
        lambda unit: proxies.authorise(
            unit, session("committee-01"), acts.token(5), acts.token(6), consent="7", reason="away"
        )
    )
    clock = polling._clock
    assert isinstance(clock, TickingClock)
    clock.time += timedelta(hours=2)
    line = PaperLine(token=acts.token(7), time=datetime(2026, 12, 6, 1, 15, tzinfo=UTC))
    polling.write(lambda unit: outage.key_in(unit, acts.OFFICER, acts.WITNESS, [line], "page 3"))
    forms = polling.read(lambda unit: register_forms(unit, Order.GROUP))
    printed = pages(make(["en"], *forms))
    text = "\n".join(printed)
    assert all(f"C{number:06d}" in text for number in range(1, VOTERS + 1))
    first = acts.record_of(polling, 1).issues[0]
    assert line_of(text, "C000001") == f"{clock_time(first.time)} in person"
    assert line_of(text, "C000002") == ""
    assert "at a mobile box" in line_of(text, "C000020")
    assert "authority P-0001" in line_of(text, "C000005")
    assert line_of(text, "C000007") == f"{line.time.astimezone():%H:%M} in person (from paper)"
    assert f"Page 1 of {len(printed)}" in printed[0]
    assert all("Journal code" in page for page in printed)


def test_it_is_divided_by_group_or_by_numbers(polling: StationFile) -> None:
    by_group = polling.read(lambda unit: register_forms(unit, Order.GROUP))
    assert [form.section.name for form in by_group] == ["第1组", "第2组", "第3组"]
    by_number = polling.read(lambda unit: register_forms(unit, Order.NUMBER))
    assert [form.section.name for form in by_number] == ["1–200", "201–250"]


def test_chinese_and_both_languages_can_be_had(polling: StationFile) -> None:
    acts.vote(polling, 1)
    forms = polling.read(lambda unit: register_forms(unit, Order.GROUP))
    assert "本人投票" in pages(make(["zh_CN"], *forms))[0]
    both = pages(make(["zh_CN", "en"], *forms))[0]
    assert "本人投票" in both
    assert "in person" in both


def test_only_what_changed_is_written_again(polling: StationFile, tmp_path: Path) -> None:
    files, folder = RegisterFiles(), tmp_path / "register"
    first = polling.read(files.due)
    assert (len(first.forms), first.whole) == (3, True)
    write_register(folder, first, ["en"])
    assert [path.name for path in sorted(folder.iterdir())] == [
        "001 第1组.pdf",
        "002 第2组.pdf",
        "003 第3组.pdf",
    ]
    assert not polling.read(files.due).forms
    files.note(polling.write(issue_to_150).changed)
    then = polling.read(files.due)
    assert ([form.section.name for form in then.forms], then.whole) == (["第2组"], False)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    write_register(folder, then, ["en"])
    changed = [path.name for path in folder.iterdir() if path.read_bytes() != before[path]]
    assert changed == ["002 第2组.pdf"]
    assert "in person" in "".join(pages((folder / changed[0]).read_bytes()))


def test_another_medium_gets_all_of_it(polling: StationFile, tmp_path: Path) -> None:
    files = RegisterFiles()
    polling.read(files.due)
    files.note(polling.write(issue_to_150).changed)
    with pytest.raises(FileNotFoundError):
        write_register(tmp_path / "another", polling.read(files.due), ["en"])
    files.begin_again()
    update = polling.read(files.due)
    write_register(tmp_path / "another", update, ["en"])
    assert len(list((tmp_path / "another").iterdir())) == 3


def test_who_is_entered_late_and_who_is_struck_off_stand_in_it(tmp_path: Path) -> None:
    given = package(late_registration=True)
    with StationFile.create(tmp_path / "late.station", PASSPHRASE, given, TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        files = RegisterFiles()
        file.read(files.due)
        two = (acts.BOSS, acts.WITNESS)
        late = newcomer()
        entered = file.write(
            lambda unit: register_changes.enter_late(unit, *two, late, decision="4", reason="漏登")
        )
        struck = file.write(
            lambda unit: register_changes.strike_off(unit, *two, acts.token(3), decision="3", reason="错登")
        )
        files.note(entered.changed | struck.changed)
        update = file.read(files.due)
    assert update.whole
    text = "\n".join(pages(make(["en"], *update.forms)))
    assert late.card in text
    assert "struck off the list" in line_of(text, "C000003")


def test_a_group_of_any_name_makes_a_file_of_any_stick(tmp_path: Path, polling: StationFile) -> None:
    files = RegisterFiles()
    update = polling.read(files.due)
    first = update.forms[0]
    odd = msgspec.structs.replace(first.section, name='东/西:"组"?')
    forms = [msgspec.structs.replace(first, section=odd)]
    write_register(tmp_path / "odd", update._replace(forms=forms), ["en"])
    assert [path.name for path in (tmp_path / "odd").iterdir()] == ["001 东_西__组__.pdf"]


def test_thousands_of_voters_are_printed_in_seconds(tmp_path: Path) -> None:
    clock = TickingClock()
    with StationFile.create(tmp_path / "large.station", PASSPHRASE, package(3000), clock) as file:
        forms = file.read(lambda unit: register_forms(unit, Order.NUMBER))
    began = time.process_time()
    printed = make(["zh_CN", "en"], *forms)
    assert time.process_time() - began < 20
    assert len(pages(printed)) > 60
