"""The second copy: how it stands, and choosing the medium."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from pollstation.desktop.guard import KINDS
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.text import ShorteningLabel, bare, card, label, row
from pollstation.desktop.words import Worded
from pollstation.domain.staff import Act
from pollstation.i18n import _, n_
from pollstation.services.second_copy import CopyState, CopyStatus
from pollstation.wording import sentence
from pollstation.wording.guarding import COPY_STATES


class CopyCard(Worded):
    """Another folder, on another medium, that holds every act before it is acknowledged."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        self.chip = StateChip()
        self.folder, self._about = ShorteningLabel("strong"), label(wrap=True)
        self.choose = page.button(lambda: _("Choose a folder"), self.ask_folder, "F7")
        self.stop = page.button(lambda: _("Keep none"), lambda: self.keep_in(None))
        surface, inside = card()
        title = label(role="strong")
        self.words(title.setText, lambda: _("Second copy on another medium"))
        for part in (title, self.chip, self.folder, self._about):
            inside.addWidget(part)
        inside.addLayout(row(self.choose, self.stop, None))
        whole = QVBoxLayout(self)
        bare(whole, 0)
        whole.addWidget(surface)

    def look(self) -> None:
        """Show how it stands now."""
        status = self._desk.workplace.copy_status()
        may = self._desk.may(Act.OPEN)
        self.choose.setVisible(may)
        self.stop.setVisible(may and status is not None)
        self.folder.setVisible(status is not None)
        if status is None:
            self.chip.show_state(_("No second copy"), Kind.CAUTION)
            self._about.setText(
                _("Put in a USB stick and choose a folder on it: then nothing is lost with the laptop.")
            )
            return
        self.chip.show_state(_(COPY_STATES[status.state]), KINDS[status.state])
        self.folder.setText(str(status.folder))
        self._about.setText(_about(status))

    def ask_folder(self) -> None:
        """Ask for the folder."""
        chosen = QFileDialog.getExistingDirectory(self, _("Folder on another medium"))
        if chosen:
            self.keep_in(Path(chosen))

    def keep_in(self, folder: Path | None) -> None:
        """Keep the copy there from now on; None keeps none."""
        by, workplace = self._desk.by, self._desk.workplace
        self._desk.tasks.run(
            lambda: workplace.copy_to(by, folder),
            lambda answer: self._page.changed.emit({"second copy", *answer.changed}),
        )


def _about(status: CopyStatus) -> str:
    if status.trouble:
        return "\n".join(sentence(status.trouble, {"folder": str(status.folder)}))
    if status.same_disk:
        return _("This folder is on the laptop's own disk. Choose one on a USB stick.")
    if status.state is CopyState.HEALTHY:
        return _("Every act is on both before it is acknowledged.")
    return n_("{count} act is on the laptop only.", "{count} acts are on the laptop only.", status.waiting)
