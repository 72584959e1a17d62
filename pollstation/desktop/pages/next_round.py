"""For the committee: from the result to the folder and the packages of the next round, in three steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QLineEdit, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import LANGUAGE, Page
from pollstation.desktop.pages.next_round_law import LawView
from pollstation.desktop.tasks import Progress
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.file_field import (
    FileField,
    FilesField,
    FolderField,
    certificates,
    every_file,
)
from pollstation.desktop.widgets.finding_list import FindingList, FindingRow
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.progress_panel import ProgressPanel
from pollstation.desktop.widgets.stepper import Stepper
from pollstation.desktop.widgets.text import card, label, row, scrolled
from pollstation.desktop.widgets.views import Views, plain
from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.domain.next_round import round_id
from pollstation.i18n import _
from pollstation.services.consolidating import Consolidated, consolidate
from pollstation.wording import sentence

if TYPE_CHECKING:  # bundles load on the worker, when they are first needed
    from pollstation.bundles.election_folder import Preparation

T = TypeVar("T")
GIVEN, LAW, PACKAGES = range(3)


@dataclass(frozen=True)
class Evening:
    """What the committee has once every bundle was checked: its folder and the result."""

    prepared: "Preparation"
    whole: Consolidated


class NextRound(Page):
    """Not in the rail: reached from the first page."""

    duty = "next-round"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._evening: Evening | None = None
        self._written: Path | None = None
        self._day = date.min
        self._trouble: Callable[[], list[FindingRow]] | None = None
        self.steps, self.banner, self.findings = Stepper(), Banner(), FindingList()
        self.progress, self._views, self.law = ProgressPanel(), Views(), LawView()
        for view in (self._make_given(), self._make_law(), self._make_packages()):
            self._views.addWidget(view)
        self._findings_area = scrolled(self.findings)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._views, 2)
        self.body.addWidget(self._findings_area, 1)
        self.body.addWidget(self.progress)
        self.offer(lambda: _("Back"), self.back, "Esc")
        self.main = self.offer(self._primary, self.act, "Enter", primary=True)
        self._go(GIVEN)

    def title(self) -> str:
        """What is done here."""
        return _("Prepare the next round")

    # Views

    def _make_given(self) -> QWidget:
        view, inside = card()
        self.form = Form(self.act)
        self.folder = FolderField(lambda: _("The committee's folder"))
        self.bundles = FilesField(lambda: _("Result bundles"), lambda: f"ZIP (*.zip);;{every_file()}")
        self.root = FileField(lambda: _("Root certificate of the committee"), certificates)
        self.day = QLineEdit()
        self.day.setPlaceholderText("2026-12-20")
        self.form.add(
            lambda: _("The committee's folder"),
            self.folder,
            lambda: _("The one from which the packages of the last round were made."),
        )
        self.form.add(
            lambda: _("Result bundles"),
            self.bundles,
            lambda: _("Of every counting site of the contests that go on; several with a semicolon between."),
        )
        self.form.add(lambda: _("Root certificate of the committee"), self.root)
        self.form.add(lambda: _("Day of the next round"), self.day)
        inside.addWidget(self.form)
        inside.addStretch(1)
        return view

    def _make_law(self) -> QWidget:
        view, inside = plain()
        name = label(role="strong")
        self.words(name.setText, lambda: _("New folder"))
        self.target = FolderField(lambda: _("New folder"))
        inside.addWidget(self.law, 1)
        inside.addLayout(row(name, self.target))
        return view

    def _make_packages(self) -> QWidget:
        view, inside = card()
        self.key_form = Form(self.act)
        self.key = FileField(lambda: _("The committee's key"), certificates)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.packages = FolderField(lambda: _("Folder for the packages"))
        self.key_form.add(
            lambda: _("The committee's key"),
            self.key,
            lambda: _("Where it lies elsewhere, build there: pollstation package build."),
        )
        self.key_form.add(lambda: _("Passphrase of the committee's key"), self.passphrase)
        self.key_form.add(lambda: _("Folder for the packages"), self.packages)
        inside.addWidget(self.key_form)
        inside.addStretch(1)
        return view

    def _go(self, step: int) -> None:
        self._views.setCurrentIndex(step)
        self._say_trouble(None)
        self._show_step()
        (self.folder, self.law, self.key)[step].setFocus()

    @property
    def _step(self) -> int:
        return self._views.currentIndex()

    def _show_step(self) -> None:
        self.steps.show_steps([_("What is given"), _("What follows by law"), _("Packages")], self._step)
        self.main.setText(self._primary())
        self.banner.clear()
        if self._step == PACKAGES:
            self.banner.say(Kind.GOOD, _("The folder of the next round is written"), str(self._written))

    def _primary(self) -> str:
        return (_("Check the bundles"), _("Write the folder"), _("Build the packages"))[self._step]

    def refresh(self, changed: set[str]) -> None:
        """Say what was found in the language now spoken."""
        if LANGUAGE in changed:
            self._show_step()
            self._say_trouble(self._trouble)
            self.law.show_again()

    def back(self) -> None:
        """One step back; from the first to where the committee came from."""
        if self._step == LAW:
            self._go(GIVEN)
        else:
            self._forget()
            self.wanted.emit("start")

    def _forget(self) -> None:
        """Nothing of the committee's stays on the screen."""
        for field in (self.folder.path, self.bundles.path, self.root.path, self.key.path, self.packages.path):
            field.clear()
        self.day.clear()
        self.passphrase.clear()
        self._evening = self._written = None
        self._go(GIVEN)

    # What is wrong, and what to look at

    def _say_trouble(self, trouble: Callable[[], list[FindingRow]] | None) -> None:
        self._trouble = trouble
        rows = trouble() if trouble else []
        self.findings.show_findings(rows)
        self._findings_area.setVisible(bool(rows))

    def _refuse(self, refusal: Refusal) -> None:
        fault = Fault(code=refusal.code, facts=refusal.facts)
        self._say_trouble(lambda: _rows([fault], Kind.WRONG))

    def _faulty(self, faults: Faults) -> None:
        self._say_trouble(lambda: _rows(faults.faults, Kind.WRONG))
        if self._step == LAW:
            self.law.point_at(faults.faults[0].field)

    def _follow(self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Long work beside the window; what stops it is said below."""
        self._say_trouble(None)
        self.main.setEnabled(False)
        under_way = self.desk.tasks.run_long(
            work,
            done,
            self._refuse,
            report=self.progress.report,
            faulty=self._faulty,
            always=self._ended,
        )
        self.progress.follow(title, under_way)

    def _ended(self) -> None:
        self.progress.end()
        self.main.setEnabled(True)

    # What is done

    def act(self) -> None:
        """The step in view."""
        (self._check, self._write, self._build)[self._step]()

    def _check(self) -> None:
        fields = (self.folder, self.bundles, self.root)
        empty = next((field for field in fields if not field.text), None)
        if empty or not self.day.text().strip():
            (empty or self.day).setFocus()
            return
        try:
            self._day = date.fromisoformat(self.day.text().strip())
        except ValueError:
            self.form.refuse(self.day, " ".join(sentence(Code.DATE_UNREADABLE, {"value": self.day.text()})))
            return
        folder, bundles, root = Path(self.folder.text), self.bundles.paths, Path(self.root.text)

        def work(progress: Progress) -> Evening:
            from pollstation.bundles.election_folder import read_folder
            from pollstation.bundles.result_bundle import read_counting

            trusted = _bytes(root)
            prepared, _warnings = read_folder(folder)
            counted = []
            for done, bundle in enumerate(bundles):
                progress(done, len(bundles))
                counted.append(read_counting(_bytes(bundle), trusted, bundle.name))
            return Evening(prepared, consolidate(counted))

        self._follow(_("Checking the bundles"), work, self._checked)

    def _checked(self, evening: Evening) -> None:
        self._evening = evening
        folder = Path(self.folder.text)
        number = len(evening.prepared.contests[0].earlier) + 2
        self.target.path.setText(str(folder.with_name(round_id(folder.name, number))))
        self.law.show_result(evening.whole)
        self._go(LAW)

    def _write(self) -> None:
        evening, day, target = self._evening, self._day, self.target.text
        if evening is None or not target:
            self.target.setFocus()
            return
        choices = self.law.choices()

        def work(_progress: Progress) -> tuple[Path, list[Fault]]:
            from pollstation.bundles.folder_writing import write_folder
            from pollstation.bundles.next_election import grow

            grown = grow(evening.prepared, evening.whole, choices, day)
            return Path(target), grown.warnings + write_folder(grown.prepared, Path(target))

        self._follow(_("Writing the folder"), work, self._wrote)

    def _wrote(self, answer: tuple[Path, list[Fault]]) -> None:
        folder, warnings = answer
        self._written = folder
        self.packages.path.setText(str(folder.with_name(f"{folder.name}-packages")))
        self._go(PACKAGES)
        self._say_trouble(lambda: _rows(warnings, Kind.CAUTION))

    def _build(self) -> None:
        folder = self._written
        if folder is None or not self.key_form.complete():
            return
        key, root, out = Path(self.key.text), Path(self.root.text), Path(self.packages.text)
        secret = self.passphrase.text()

        def work(progress: Progress) -> int:
            from pollstation.bundles.certificates import load_root
            from pollstation.bundles.election_folder import read_folder
            from pollstation.bundles.package_files import build_every

            authority = load_root(key, root, secret)
            prepared, _warnings = read_folder(folder)
            return len(build_every(prepared, authority, out, progress)[0])

        self._follow(_("Building the packages"), work, self._built)

    def _built(self, count: int) -> None:
        out = self.packages.text
        self._forget()
        self.wanted.emit("start")
        self.say(
            _(
                "Packages built: {count}. They and the list of passphrases lie in {folder}.",
                count=count,
                folder=out,
            )
        )


def _rows(faults: list[Fault], kind: Kind) -> list[FindingRow]:
    rows = []
    for fault in faults:
        place = {"file": fault.file, "row": fault.row, "field": fault.field}
        wrong, advice = sentence(fault.code, place | fault.facts)
        where = " ".join(str(part) for part in place.values() if part) if fault.file else ""
        rows.append(FindingRow(fault.code, f"{where}  {wrong}".strip(), advice, kind))
    return rows


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refusal(Code.FILE_MISSING, file=path.name) from None
