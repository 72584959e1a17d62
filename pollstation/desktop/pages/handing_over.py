"""Hand over: everything of the day as one signed bundle, and how anybody can check it."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QPlainTextEdit, QProgressBar

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.simple_table import Cell, SimpleTable
from pollstation.desktop.widgets.text import card, label, row
from pollstation.documents import announcing
from pollstation.domain.errors import Code, Refusal, disk_refusals
from pollstation.i18n import _
from pollstation.services import handing_over
from pollstation.services.checkpoints import journal_code
from pollstation.services.guards import this_day
from pollstation.services.handing_over import HandedOver
from pollstation.services.ports import Reading
from pollstation.wording import terms

CHECK = """unzip -q {name} -d b && cd b && sha256sum -c --strict SHA256SUMS
openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS \\
  -CAfile root.pem -purpose any -out /dev/null"""
"""The public tools that check a bundle, as the manual names them."""


@dataclass(frozen=True)
class Leaving:
    """What is ready to leave."""

    ready: bool
    role: str
    entries: int
    contests: int
    before: str
    code: str


def leaving(unit: Reading) -> Leaving:
    """Read it, all of one moment."""
    return Leaving(
        ready=handing_over.ready(unit),
        role=handing_over.role_of(unit.plan),
        entries=len(unit.entries()),
        contests=len(unit.plan.contests),
        before=this_day(unit).handed_over,
        code=journal_code(unit),
    )


def free_path(folder: Path, name: str) -> Path:
    """A path in ``folder`` where nothing lies yet: ``name``, or with a number before its ending."""
    path, number = folder / name, 2
    while path.exists():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path


def write_safely(path: Path, data: bytes) -> None:
    """Write ``data`` so that ``path`` holds all of it, on the disk, or is not there; never over anything.

    Raises:
        Refusal: DISK_FULL, FILE_OUT_OF_REACH, FILE_EXISTS.
    """
    draft = path.with_name(path.name + ".new")
    with disk_refusals(path):
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                raise Refusal(Code.FILE_EXISTS, file=path.name)
            draft.rename(path)
        finally:
            draft.unlink(missing_ok=True)


class HandingOverPage(DutyPage):
    """What leaves at the left, where to and what came of it at the right."""

    duty = "hand-over"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Leaving | None = None
        self._left: HandedOver | None = None
        self._path: Path | None = None
        self.body.addWidget(Columns(self._content_card(), self._target_card(), (2, 3)), 1)
        self.archive = self.offer(lambda: _("Archive hand-over record"), self.print_archive, "F6")
        self.main = self.offer(self._primary, self.hand_over, "Enter", primary=True)

    def _content_card(self) -> QFrame:
        frame, inside = card()
        title = label(role="strong")
        self.words(title.setText, lambda: _("What the bundle holds"))
        self.banner, self.table = Banner(), SimpleTable(stretch=0)
        self.words(self.table.setAccessibleName, lambda: _("What the bundle holds"))
        self.private = label(role="muted", wrap=True)
        self.words(
            self.private.setText,
            lambda: _("Names of voters and reasons in free words do not leave the laptop in the open."),
        )
        for widget in (self.banner, title, self.table, self.private):
            inside.addWidget(widget)
        inside.addStretch(1)
        return frame

    def _target_card(self) -> QFrame:
        frame, inside = card()
        self.form = Form()
        self.folder = self.form.add(
            lambda: _("Folder to write to, best on a USB drive"), QLineEdit(str(Path.home()))
        )
        browse = KeyButton(key="F4", small=True)
        browse.clicked.connect(lambda _checked: self.choose_folder())
        self.words(browse.setText, lambda: _("Choose the folder"))
        self.working = QProgressBar()
        self.working.setTextVisible(False)
        self.working.setRange(0, 0)
        self.working.hide()
        self.done, self.facts = Banner(), SimpleTable(stretch=1)
        self.words(self.facts.setAccessibleName, lambda: _("The bundle"))
        self.how = label(role="strong")
        self.words(self.how.setText, lambda: _("Anybody can check it, with public tools alone"))
        self.commands = QPlainTextEdit()
        self.commands.setReadOnly(True)
        self.commands.setTabChangesFocus(True)
        self.commands.setMaximumHeight(theme.px(110))
        self.words(self.commands.setAccessibleName, lambda: _("How to check the bundle"))
        inside.addWidget(self.form)
        inside.addLayout(row(browse, None))
        for widget in (self.working, self.done, self.facts, self.how, self.commands):
            inside.addWidget(widget)
        inside.addStretch(1)
        self.begin_at(self.folder)
        return frame

    def _primary(self) -> str:
        return _("Write the bundle") if self._left and not self._path else _("Hand over")

    # What is shown

    def look(self) -> None:
        """Read what is ready to leave."""
        self.desk.read(leaving, self.show_now)

    def show_now(self, now: Leaving) -> None:
        """Show it."""
        self._now = now
        self.main.setEnabled(now.ready)
        self.archive.setVisible(now.ready)
        if not now.ready:
            self.banner.say(
                Kind.PLAIN, _("Not yet"), _("First the result is proposed, or the voting closed.")
            )
        elif now.before:
            self.banner.say(
                Kind.CAUTION,
                _("Handed over already"),
                _("A second bundle is a correction: it names the one it replaces."),
            )
        else:
            self.banner.clear()
        rows: list[list[Cell]] = [
            [_("Kind"), terms.bundle(now.role)],
            [_("The public journal, entries"), f"{now.entries:,}"],
            [_("The account, every total"), "✓"],
            [_("The forms as PDF"), "✓"],
            [_("Certificates of the stations"), "✓"],
        ]
        if now.role == handing_over.COUNTING:
            rows.append([_("The results, ballot papers"), f"{now.contests:,}"])
        self.table.show_table([], rows)
        self._show_written()

    def _show_written(self) -> None:
        self.main.setText(self._primary())
        left, path = self._left, self._path
        for widget in (self.facts, self.how, self.commands):
            widget.setVisible(path is not None)
        if left is None:
            self.done.clear()
        elif path is None:
            self.done.say(
                Kind.CAUTION,
                _("Signed, and not written yet"),
                _("The bundle is complete. Choose a folder that can be written to, then write it."),
            )
        else:
            self.done.say(Kind.GOOD, _("The bundle is written"), str(path))
            code = self._now.code if self._now else ""
            rows = [
                [_("Name"), path.name],
                [_("SHA-256"), _in_groups(left.sha256)],
                [_("Journal code now"), code],
            ]
            self.facts.show_table([], rows)
            self.commands.setPlainText(CHECK.format(name=path.name))

    # What is done

    def choose_folder(self) -> None:
        """Ask for the folder."""
        chosen = QFileDialog.getExistingDirectory(self, _("Folder to write to"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def hand_over(self) -> None:
        """Have it signed by a second person, make the bundle, and write it down safely."""
        if not self.form.complete():
            return
        folder = Path(self.folder.text()).expanduser()
        if not folder.is_dir():
            self.form.refuse(self.folder, _("There is no such folder. Is the USB drive in?"))
            return
        if self._left and not self._path:
            self._write(self._left)
            return
        workplace, by = self.desk.workplace, self.desk.by
        self.desk.witnessed_by(
            self,
            _("Everything of this day is handed over as one signed bundle."),
            lambda witness: workplace.hand_over(by, witness),
            self._handed_over,
        )

    def print_archive(self) -> None:
        """Show the record of what is handed over to be kept, as it will be printed."""
        self.preview(lambda unit: [announcing.archive(unit)], f"{_('Archive hand-over record')}.pdf")

    def _handed_over(self, left: HandedOver) -> None:
        """The bundle is signed: from here on it is only a matter of writing it somewhere."""
        self._left, self._path = left, None
        self._write(left)

    def _write(self, left: HandedOver) -> None:
        path = free_path(Path(self.folder.text()).expanduser(), left.name)
        self.working.show()
        self.desk.tasks.run(
            partial(write_safely, path, left.data), lambda _none: self._wrote(path), always=self._ended
        )

    def _wrote(self, path: Path) -> None:
        self._path = path
        self.say(_("Handed over: {file}", file=path.name))

    def _ended(self) -> None:
        self.working.hide()
        self._show_written()


def _in_groups(sha256: str) -> str:
    """64 digits in groups of eight, so that two people can compare them aloud."""
    return " ".join(sha256[place : place + 8] for place in range(0, len(sha256), 8))
