"""What goes to the printer."""

from pathlib import Path

from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from pollstation.desktop.widgets.print_preview import page_images, print_pages
from pollstation.documents import make
from tests.documents.papers import notice, summary


def ink(page: QImage) -> tuple[int, int]:
    """Width and height of what is printed on a page."""
    dark = [
        (x, y)
        for x in range(page.width())
        for y in range(page.height())
        if page.pixelColor(x, y).value() < 128
    ]
    across, down = zip(*dark, strict=True)
    return max(across) - min(across), max(down) - min(down)


def test_a_form_that_lies_across_fills_the_sheet_of_paper(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    pdf = make(("zh_CN",), notice(), summary(12, 1))
    print_pages(printer, page_images(pdf, 40, [0, 1]))
    letter, table = page_images((tmp_path / "out.pdf").read_bytes(), 40, [0, 1])
    assert letter.size() == table.size()
    width, height = ink(table)
    assert height > width
    assert height > 0.7 * table.height()
