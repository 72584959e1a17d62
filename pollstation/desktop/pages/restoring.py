"""On the start page: the file of the day made again from its second copy, after a laptop failed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from pollstation import paths
from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.tasks import Progress
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.file_field import FolderField, NewFileField, secret_field
from pollstation.desktop.widgets.form import Choice
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.progress_panel import ProgressPanel
from pollstation.desktop.widgets.text import bare, label, row
from pollstation.desktop.words import Worded
from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.i18n import _
from pollstation.services.second_copy import Restored
from pollstation.wording import sentence


class RestoreView(Worded):
    """The folder on the medium, the station's passphrase, and where the new file shall lie.

    Args:
        page: the start page; the buttons are its own.
        ending: of files of the day.
        back: leads to the list of files.
        done: gets the new file.
    """

    def __init__(
        self, page: Page, desk: Desk, ending: str, back: Callable[[], None], done: Callable[[Path], None]
    ) -> None:
        super().__init__()
        self._desk, self._done, self._ending = desk, done, ending
        self.folder = FolderField(lambda: _("Folder of the second copy"))
        self.device, self.passphrase = Choice(), secret_field()
        self.out = NewFileField(
            lambda: _("File of the day to be made"), lambda: f"{_('Files of the day')} (*{ending})"
        )
        self._of_folder = FormRow(
            lambda: _("Folder of the second copy"), self.folder, lambda: _("On the USB stick.")
        )
        self._of_device = FormRow(lambda: _("Copy of which laptop"), self.device)
        self._of_passphrase = FormRow(lambda: _("Passphrase of the station"), self.passphrase)
        self._of_out = FormRow(lambda: _("File of the day to be made"), self.out)
        self.banner, self.progress = Banner(), ProgressPanel()
        self.restore = page.button(lambda: _("Restore"), self._restore, "Enter", primary=True)
        self.back = page.button(lambda: _("Back"), back, "Esc")
        title = label(role="title")
        inside = QVBoxLayout(self)
        bare(inside, 14)
        for part in (title, self.banner, *self._rows, self.progress):
            inside.addWidget(part)
        inside.addStretch(1)
        inside.addLayout(row(None, self.back, self.restore))
        self.words(title.setText, lambda: _("Restore the file of the day from its second copy"))
        self.begin_at(self.folder.path)
        self.folder.path.textChanged.connect(lambda _text: self._of_device.hide())

    @property
    def _rows(self) -> tuple[FormRow, ...]:
        return self._of_folder, self._of_device, self._of_passphrase, self._of_out

    def begin(self) -> None:
        """Begin with empty fields, and a name that is still free."""
        for field in (self.folder.path, self.passphrase):
            field.clear()
        free = (paths.days() / f"restored{n or ''}{self._ending}" for n in range(1000))
        self.out.path.setText(str(next(path for path in free if not path.exists())))
        self._of_device.hide()
        self._take_back()
        self.setFocus()

    def _take_back(self) -> None:
        self.banner.clear()
        for each in self._rows:
            each.refuse("")

    def _restore(self) -> None:
        self._take_back()
        folder, out = self.folder.path.text().strip(), self.out.path.text().strip()
        passphrase, device, clock = self.passphrase.text(), self._device, self._desk.clock
        for text, field in ((folder, self.folder), (passphrase, self.passphrase), (out, self.out)):
            if not text:
                field.setFocus()
                return

        def work(progress: Progress) -> Restored:
            from pollstation.store.restoring import restore

            return restore(Path(folder), Path(out), passphrase, clock, device, progress)

        self.restore.setEnabled(False)
        self.back.setEnabled(False)
        self.progress.follow(
            _("Restoring the file of the day"),
            self._desk.tasks.run_long(
                work,
                lambda _restored: self._done(Path(out)),
                self._refuse,
                report=self.progress.report,
                faulty=self._say_faults,
                always=self._ended,
            ),
        )

    @property
    def _device(self) -> str:
        return "" if self._of_device.isHidden() else self.device.key

    def _ended(self) -> None:
        self.progress.end()
        self.restore.setEnabled(True)
        self.back.setEnabled(True)

    def _refuse(self, refusal: Refusal) -> None:
        """Say it at the field it is about, and go there."""
        at = {
            Code.COPY_ABSENT: self._of_folder,
            Code.COPY_SEVERAL: self._of_device,
            Code.FILE_WRONG_PASSPHRASE: self._of_passphrase,
            Code.FILE_EXISTS: self._of_out,
        }.get(refusal.code)
        if refusal.code is Code.COPY_SEVERAL:
            devices = refusal.facts["devices"]
            self.device.offer([(each, each) for each in devices] if isinstance(devices, list) else [])
            self._of_device.show()
        if at is None:
            self.banner.say(Kind.WRONG, *sentence(refusal.code, refusal.facts))
            return
        at.refuse("\n".join(sentence(refusal.code, refusal.facts)))
        at.setFocus()

    def _say_faults(self, faults: Faults) -> None:
        first: Fault = faults.faults[0]
        self.banner.say(Kind.WRONG, *sentence(first.code, {"file": first.file, **first.facts}))
