"""The letter of a proxy and the list for posting, made from a real day and read back."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from pollstation import documents
from pollstation.documents.codes import Code
from pollstation.documents.form_parts import form_head
from pollstation.domain.errors import Refusal
from pollstation.services import proxies, proxy_forms
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, token
from tests.station import PASSPHRASE, TickingClock, package, voter

CHINESE, ENGLISH, BOTH = ("zh_CN",), ("en",), ("zh_CN", "en")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[StationFile]:
    """A station with one authority that stands, one asked for, one refused."""
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as made:
        acts.prepare(made)
        made.write(
            lambda u: proxies.authorise(u, BOSS, token(9), token(1), consent="选委批17号", reason="外出")
        )
        made.write(
            lambda u: proxies.authorise(u, BOSS, token(2), token(1), consent="选委批18号", reason="外出")
        )
        made.write(lambda u: proxies.apply(u, BOSS, token(10), token(3), reason="住院"))
        made.write(lambda u: proxies.apply(u, BOSS, token(4), token(3), reason="住院"))
        made.write(lambda u: proxies.decline(u, BOSS, token(4), decision="19", reason="材料不全"))
        yield made


def read(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def letter(file: StationFile, number: int, languages: tuple[str, ...]) -> list[str]:
    form = file.read(lambda unit: proxy_forms.proxy_letter(unit, token(number), form_head(unit)))
    return read(documents.make(languages, form))


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
def test_a_letter_names_both_the_ballots_and_the_consent_on_one_page(
    file: StationFile, languages: tuple[str, ...]
) -> None:
    (page,) = letter(file, 9, languages)
    for said in ("P-0001", "选委批17号", voter(9).name, voter(9).card, voter(1).name, voter(1).card, "外出"):
        assert said in page
    assert voter(9).id_number not in page
    assert voter(9).id_number[-4:] in page


def test_a_letter_before_the_consent_says_that_it_is_not_valid(file: StationFile) -> None:
    (page,) = letter(file, 10, ENGLISH)
    assert "P-0003" in page
    assert "Not valid without the" in page
    assert page.count("congress") == 1  # voter 10 votes in one contest


def test_there_is_no_letter_of_a_refused_application(file: StationFile) -> None:
    with pytest.raises(Refusal):
        letter(file, 4, ENGLISH)


def test_the_letters_code_is_the_one_that_finds_it(file: StationFile) -> None:
    form = file.read(lambda unit: proxy_forms.proxy_letter(unit, token(9), form_head(unit)))
    assert form.code.startswith("PS2:P-0001-")
    assert Code(form.code).height(100.0) > Code(form.code).side


def test_the_posted_list_tells_names_and_groups_and_no_number_of_the_journal(file: StationFile) -> None:
    form = file.read(lambda unit: proxy_forms.proxy_list(unit, form_head(unit)))
    (page,) = read(documents.make(BOTH, form))
    assert [line.principal for line in form.lines] == [voter(2).name, voter(9).name]
    assert page.index(voter(2).name) < page.index(voter(9).name)
    for kept_back in ("P-0001", voter(9).card, voter(9).address, voter(4).name):
        assert kept_back not in page


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as made:
        acts.prepare(made)
        form = made.read(lambda unit: proxy_forms.proxy_list(unit, form_head(unit)))
    assert "Nobody votes through a proxy." in read(documents.make(ENGLISH, form))[0]
