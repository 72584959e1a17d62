"""Written authorities: told apart, refused with the reason, taken back."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.proxies import Proxies
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.widgets.print_preview import PrintPreview
from tests import acts
from tests.desktop.desk_kit import AtWork, cell, visible_text
from tests.station import package, voter

Enter = Qt.Key.Key_Return


@pytest.fixture
def at_work(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[AtWork]:
    made = AtWork(qtbot, tasks, tmp_path / "day.pollstation", Proxies, person="supervisor-01")
    yield made
    made.close()


def page_of(at_work: AtWork) -> Proxies:
    page = at_work.window.page
    assert isinstance(page, Proxies)
    return page


def holder(at_work: AtWork, number: int) -> str:
    authority = at_work.on_file(lambda file: acts.record_of(file, number)).authority
    return authority.holder if authority else ""


def write_down(at_work: AtWork, principal: str, proxy: str, consent: str) -> None:
    """By keyboard alone."""
    at_work.press(Enter)
    at_work.type(principal)
    at_work.press(Enter)
    at_work.type(proxy)
    at_work.press(Enter)
    at_work.type(consent)
    at_work.press(Enter)


def test_without_authorities_the_page_says_what_they_are(at_work: AtWork) -> None:
    assert "No authority is written down." in visible_text(page_of(at_work))


def test_an_authority_is_written_down_by_keyboard_alone(at_work: AtWork) -> None:
    write_down(at_work, "C000004", "C000003", "12")
    assert holder(at_work, 4) == acts.token(3)
    assert "P-0001" in at_work.window.strip.text
    table = page_of(at_work).table
    assert table.rowCount() == 1
    assert "C000004" in cell(table, 0, 2)


def state(page: Proxies) -> str:
    item = page.table.item(0, 4)
    return str(item.data(Qt.ItemDataRole.AccessibleTextRole)) if item else ""


def asked(at_work: AtWork, number: int) -> bool:
    return at_work.on_file(lambda file: acts.record_of(file, number)).application is not None


def test_without_consent_it_is_an_application_until_the_committee_answers(at_work: AtWork) -> None:
    write_down(at_work, "C000004", "C000003", "")
    page = page_of(at_work)
    assert asked(at_work, 4)
    assert holder(at_work, 4) == ""
    assert "Application P-0001" in at_work.window.strip.text
    assert state(page) == "waits for the committee"
    at_work.press(Qt.Key.Key_C)
    at_work.press(Enter)
    assert "consent" in page.banner.sentence
    assert page.granted.hasFocus()
    at_work.type("12")
    at_work.press(Enter)
    assert holder(at_work, 4) == acts.token(3)
    assert state(page) == "not yet voted"


def test_the_committees_refusal_is_written_down_with_its_number(at_work: AtWork) -> None:
    write_down(at_work, "C000004", "C000003", "")
    at_work.press(Qt.Key.Key_X)
    at_work.press(Enter)
    page = page_of(at_work)
    assert page.decline_reason.paper_field.hasFocus()
    at_work.type("13")
    at_work.press(Enter)
    assert not asked(at_work, 4)
    assert state(page) == "refused by the committee"
    assert not page.letter.isVisible()


def test_the_letter_is_shown_for_printing(at_work: AtWork) -> None:
    write_down(at_work, "C000004", "C000003", "12")
    at_work.press(Qt.Key.Key_L)
    preview = at_work.window.findChild(PrintPreview)
    assert isinstance(preview, PrintPreview)
    with pypdfium2.PdfDocument(preview.pdf) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "P-0001" in text
    assert "C000004" in text
    assert voter(4).id_number not in text
    at_work.press(Qt.Key.Key_Escape)


def test_in_a_village_nothing_waits_and_the_list_is_posted(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    made = package()
    election = msgspec.structs.replace(made.plan.election, profile="village-2025")
    made = msgspec.structs.replace(made, plan=msgspec.structs.replace(made.plan, election=election))
    at_work = AtWork(
        qtbot, tasks, tmp_path / "day.pollstation", Proxies, person="supervisor-01", package=made
    )
    for key in (Enter, "C000004", Enter, "C000003", Enter, Enter):
        at_work.type(key) if isinstance(key, str) else at_work.press(key)
    assert holder(at_work, 4) == acts.token(3)
    at_work.press(Qt.Key.Key_F5)
    preview = at_work.window.findChild(PrintPreview)
    assert isinstance(preview, PrintPreview)
    with pypdfium2.PdfDocument(preview.pdf) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert voter(4).name in text
    assert "C000004" not in text
    at_work.press(Qt.Key.Key_Escape)
    at_work.close()


def test_a_fourth_authority_for_one_proxy_is_refused(at_work: AtWork) -> None:
    for number in (4, 5, 6, 7):
        write_down(at_work, f"C00000{number}", "C000003", "12")
    assert "at most 3" in page_of(at_work).banner.sentence
    assert [bool(holder(at_work, number)) for number in (4, 5, 6, 7)] == [True, True, True, False]


def test_an_authority_is_taken_back_with_a_reason(at_work: AtWork) -> None:
    write_down(at_work, "C000004", "C000003", "12")
    at_work.press(Qt.Key.Key_Delete)
    at_work.press(Qt.Key.Key_2)
    at_work.press(Enter)
    assert holder(at_work, 4) == ""
    assert "may vote in person" in at_work.window.strip.text


def test_who_may_not_authorise_is_not_offered_it(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    at_work = AtWork(qtbot, tasks, tmp_path / "day.pollstation", Proxies, person="officer-01")
    assert not page_of(at_work).new.isVisible()
    at_work.close()
