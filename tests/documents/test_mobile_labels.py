"""The labels of the boxes, made from a real package and read back, the codes module by module."""

from pathlib import Path

import pypdfium2
import pytest
import qrcode

from pollstation import documents
from pollstation.documents.form_parts import form_head
from pollstation.services.box_labels import BoxLabelsForm, box_labels
from pollstation.services.mobile_boxes import LABEL_PREFIX
from pollstation.store import StationFile
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package

SCALE, DARK = 4, 128
LEFT_OF_CODE, TOP_OF_CODE, SIDE_OF_CODE = 125.9, 20, 58
"""In millimetres from the upper left corner of the sheet."""


@pytest.fixture
def form(tmp_path: Path) -> BoxLabelsForm:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as file:
        acts.prepare(file)
        return file.read(lambda unit: box_labels(unit, form_head(unit)))


@pytest.mark.parametrize("languages", [("zh_CN",), ("en",), ("zh_CN", "en")])
def test_two_labels_stand_on_a_sheet_with_box_station_and_constituency(
    form: BoxLabelsForm, languages: tuple[str, ...]
) -> None:
    with pypdfium2.PdfDocument(documents.make(languages, form)) as document:
        (text,) = (page.get_textpage().get_text_bounded() for page in document)
    for said in ("PSB:S01-F", "PSB:S01-M1", "S01  第一投票站", "第一选区", "换届选举"):
        assert said.replace("  ", " ") in text.replace("  ", " ")
    assert ("流动票箱 2" if "zh_CN" in languages else "Mobile box 2") in text


def first_code(pdf: bytes, modules: int) -> list[list[bool]]:
    """What is dark in the middle of each module of the first label's code, on the rendered page."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=SCALE).to_pil().convert("L")
    millimetre = picture.width / 210
    left, top, side = (LEFT_OF_CODE * millimetre, TOP_OF_CODE * millimetre, SIDE_OF_CODE * millimetre)
    middles = [(at + 0.5) * side / modules for at in range(modules)]
    return [[picture.getpixel((int(left + x), int(top + y))) < DARK for x in middles] for y in middles]


def test_the_code_on_the_paper_is_the_one_that_names_the_box_to_a_scanner(form: BoxLabelsForm) -> None:
    assert [label.code for label in form.labels] == [f"{LABEL_PREFIX}S01-F", f"{LABEL_PREFIX}S01-M1"]
    wanted = qrcode.QRCode(border=0)
    wanted.add_data(form.labels[0].code)
    wanted.make(fit=True)
    matrix = wanted.get_matrix()
    assert first_code(documents.make(("en",), form), len(matrix)) == matrix
