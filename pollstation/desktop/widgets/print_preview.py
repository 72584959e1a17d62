"""A form as it will be printed: turned page by page, printed through the system's dialog, saved as PDF."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from pollstation.desktop import theme
from pollstation.desktop.overlay import Overlay
from pollstation.desktop.tasks import Progress, Report, Tasks
from pollstation.desktop.widgets.form import Choice
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.progress_panel import ProgressPanel
from pollstation.desktop.widgets.text import label, row
from pollstation.documents import AnyForm, make
from pollstation.domain.errors import disk_refusals
from pollstation.i18n import _, language

if TYPE_CHECKING:  # loads with the first preview
    from pypdfium2 import PdfPage

SCREEN_DPI, PRINT_DPI, POINTS = 110, 300, 72
FEW = 10
"""So many forms are drawn before anybody would look at a bar."""
#: Forms can be had in one language or in both; the first is printed large.
LANGUAGES = {"zh_CN": ("zh_CN",), "en": ("en",), "zh_CN+en": ("zh_CN", "en")}


def page_count(pdf: bytes) -> int:
    """How many pages ``pdf`` has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_images(pdf: bytes, dpi: int, pages: Sequence[int]) -> Iterator[QImage]:
    """Some ``pages`` (from 0) as images, black on white; one after the other, as registers are long."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for at in pages:
            yield _image(document[at], dpi)


def _image(page: "PdfPage", dpi: int) -> QImage:
    drawn = page.render(scale=dpi / POINTS, grayscale=True)
    form = QImage.Format.Format_Grayscale8
    # The copy owns its bytes; the bitmap's go with it.
    return QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, form).copy()


def print_pages(printer: QPrinter, pages: Iterable[QImage]) -> None:
    """Draw ``pages``, each on a sheet of its own, as large as the paper allows; broad ones lie across it."""
    painter = QPainter(printer)
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        broad = page.width() > page.height()
        upright = page.transformed(QTransform().rotate(90)) if broad else page
        painter.drawImage(_fitted(upright.size(), QRectF(painter.viewport())), upright)
    painter.end()


def _fitted(page: QSize, room: QRectF) -> QRectF:
    size = page.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
    return QRectF(room.left() + left, room.top() + top, size.width(), size.height())


def _write(path: Path, pdf: bytes) -> None:
    with disk_refusals(path):
        path.write_bytes(pdf)


class _Sheet(QWidget):
    """One page of paper."""

    def __init__(self) -> None:
        super().__init__()
        self.page: QImage | None = None

    def show_page(self, page: QImage) -> None:
        self.page = page
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(760), theme.px(900))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(300))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        at = _fitted(self.page.size(), QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.drawImage(at, self.page)
        painter.setPen(theme.current().colour("edge"))
        painter.drawRect(at)


class PrintPreview(Overlay):
    """Shows the forms ``filled`` over the window that ``over`` belongs to; ``name`` names its file."""

    def __init__(self, over: QWidget, tasks: Tasks, filled: Sequence[AnyForm], name: str) -> None:
        super().__init__(over)
        self._tasks, self._filled, self._name = tasks, tuple(filled), name
        self.pdf = b""
        self.count = 0
        self._at = 0
        self.sheet, self._place = _Sheet(), label(role="muted")
        self.progress = ProgressPanel()
        self._drawing: Progress | None = None
        self.language = Choice()
        self.language.offer([("zh_CN", "中文"), ("en", "English"), ("zh_CN+en", "中文 + English")])
        self.language.choose(language())
        self.language.currentIndexChanged.connect(self._draw)
        self.print, self.save = KeyButton(key="Ctrl+P", primary=True), KeyButton(key="Ctrl+S")
        self.before, self.after = KeyButton(key="PgUp", small=True), KeyButton(key="PgDown", small=True)
        self.close_button = KeyButton(key="Esc")
        self._put_words()
        for button, do in (
            (self.before, partial(self.turn, -1)),
            (self.after, partial(self.turn, 1)),
            (self.print, self.print_form),
            (self.save, self.save_form),
            (self.close_button, self.close_overlay),
        ):
            button.clicked.connect(lambda _checked, do=do: do())
        self.inside.addLayout(row(self.before, self.after, self._place, None, self.language))
        self.inside.addWidget(self.progress)
        self.inside.addWidget(self.sheet, 1)
        self.inside.addLayout(row(None, self.close_button, self.save, self.print))
        self.begin_at(self.print)
        self.open()
        self._draw()

    def _put_words(self) -> None:
        self.words(self.language.setAccessibleName, lambda: _("Language of the form"))
        self.words(self.print.setText, lambda: _("Print"))
        self.words(self.save.setText, lambda: _("Save as PDF"))
        self.words(self.before.setText, lambda: _("Page before"))
        self.words(self.after.setText, lambda: _("Next page"))
        self.words(self.close_button.setText, lambda: _("Back to the page"))

    def _draw(self) -> None:
        language, filled = self.language.key, self._filled
        if self._drawing:
            self._drawing.cancel()
        # Beside the worker: a long register must not hold up those who check voters in.
        drawing = self._tasks.run_long(
            lambda progress: make(LANGUAGES[language], *filled, progress=progress),
            lambda pdf: self._show(drawing, language, pdf),
            report=lambda told: self._report(drawing, told),
            always=lambda: self._ended(drawing),
        )
        self._drawing = drawing
        if len(filled) > FEW:
            self.progress.follow(_("Drawing the pages"), drawing)

    def _report(self, drawing: Progress, told: Report) -> None:
        if self._waits_for(drawing):
            self.progress.report(told)

    def _waits_for(self, drawing: Progress) -> bool:
        """Whether somebody still looks, and asked for nothing else meanwhile."""
        return drawing is self._drawing and isValid(self)

    def _ended(self, drawing: Progress) -> None:
        """Drawn, or given up: then there is nothing to look at."""
        if not self._waits_for(drawing):
            return
        self._drawing = None
        self.progress.end()
        if not self.pdf:
            self.close_overlay()

    def _show(self, drawing: Progress, language: str, pdf: bytes) -> None:
        if not self._waits_for(drawing) or language != self.language.key:
            return
        self.pdf, self.count = pdf, page_count(pdf)
        self.turn(0)

    def close_overlay(self) -> None:
        """Nobody waits for pages that are not drawn yet."""
        if self._drawing:
            self._drawing.cancel()
            self._drawing = None
        super().close_overlay()

    def turn(self, step: int) -> None:
        """Turn ``step`` pages on (or back)."""
        if not self.count:
            return
        self._at = min(max(self._at + step, 0), self.count - 1)
        self.sheet.show_page(next(page_images(self.pdf, SCREEN_DPI, [self._at])))
        self._place.setText(_("Page {page} of {pages}", page=self._at + 1, pages=self.count))
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < self.count - 1)

    def print_form(self) -> None:
        """Ask the system's dialog for a printer, then print every page."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        if self.pdf and QPrintDialog(printer, self).exec():
            print_pages(printer, page_images(self.pdf, PRINT_DPI, range(self.count)))

    def save_form(self) -> None:
        """Save it where the user says; the dialog asks before it writes over anything."""
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(Path.home() / self._name), _("PDF files (*.pdf)")
        )
        if self.pdf and chosen:
            self._tasks.run(partial(_write, Path(chosen), self.pdf))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter prints."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.print.click()
        else:
            super().keyPressEvent(event)
