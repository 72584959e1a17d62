"""The first page: open the file of the day, or make it from an election package; then sign in."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pollstation import paths
from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.file_field import FileField, certificates, every_file
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.result_list import ResultList, ResultRow
from pollstation.desktop.widgets.text import card, label, row
from pollstation.desktop.widgets.views import Views, plain
from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.domain.staff import Session
from pollstation.i18n import _
from pollstation.services import staff
from pollstation.wording import sentence, terms

if TYPE_CHECKING:
    from pollstation.workplace import Workplace

ENDING = ".pollstation"
WIDTH = 620


class Start(Page):
    """Not in the rail: shown while no file is open, or nobody is signed in.

    Signals:
        next_round_wanted: the committee prepares the next round.
    """

    duty = "start"
    has_heading = False
    next_round_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._refused: Callable[[], tuple[str, str]] | None = None
        self.banner, self._views = Banner(), Views()
        self._open_view, self._load_view, self._sign_view = (
            self._make_open(),
            self._make_load(),
            self._make_sign(),
        )
        for view in (self._open_view, self._load_view, self._sign_view):
            self._views.addWidget(view)
        middle, inside = card(room=28, gap=16)
        middle.setMaximumWidth(theme.px(WIDTH + 160))
        inside.addWidget(self.banner)
        inside.addWidget(self._views, 1)
        middle_row = row(None, middle, None)
        middle_row.setStretchFactor(middle, 6)
        self.body.addLayout(middle_row, 1)
        self.words(lambda _text: self._say_refusal(), str)
        desk.opened.connect(self._opened)
        self._show_view(self._sign_view if desk.plan else self._open_view)

    def title(self) -> str:
        """Not a duty."""
        return _("Polling station")

    # Views

    def _make_open(self) -> QWidget:
        view, inside = plain()
        self._title_open = label(role="title")
        self.files, self._no_files = ResultList(), EmptyState("paper")
        self.passphrase = _secret()
        self._passphrase_row = FormRow(lambda: _("Passphrase of the station"), self.passphrase)
        self.other_file = self.button(lambda: _("Another file …"), self._choose_file)
        self.to_load = self.button(lambda: _("Load an election package"), self._to_load, "F2")
        self.first_load = self.button(
            lambda: _("Load an election package"), self._to_load, "Enter", primary=True
        )
        self.open = self.button(lambda: _("Open"), self._open, "Enter", primary=True)
        for part in (self._title_open, self.files, self._no_files, self._passphrase_row):
            inside.addWidget(part, 1 if part in (self.files, self._no_files) else 0)
        inside.addLayout(row(self.other_file, None, self.to_load, self.open, self.first_load))
        next_round = self.button(lambda: _("Prepare the next round"), self.next_round_wanted.emit, "F4")
        for_committee = label(role="muted", wrap=True)
        self.words(
            for_committee.setText,
            lambda: _("For the election committee: a re-vote, fresh election or re-run after a result."),
        )
        inside.addLayout(row(for_committee, next_round))
        self.files.taken.connect(lambda _path: self.passphrase.setFocus())
        self.words(self._title_open.setText, lambda: _("Open the file of the day"))
        self.words(self.files.setAccessibleName, lambda: _("Files of the day on this laptop"))
        self.words(
            lambda _text: self._no_files.say(
                _("There is no file of the day on this laptop yet."),
                _("Load the election package that the committee gave this station, or choose a file."),
            ),
            str,
        )
        return view

    def _make_load(self) -> QWidget:
        view, inside = plain()
        title = label(role="title")
        self.package = FileField(lambda: _("Election package"), every_file)
        self.root = FileField(lambda: _("Root certificate of the committee"), certificates)
        self.package_passphrase = _secret()
        self.load = self.button(lambda: _("Load package"), self._load, "Enter", primary=True)
        back = self.button(lambda: _("Back"), self._to_open, "Esc")
        inside.addWidget(title)
        for name, field, hint in (
            (lambda: _("Election package"), self.package, lambda: _("From the committee's USB drive.")),
            (
                lambda: _("Root certificate of the committee"),
                self.root,
                lambda: _("It must have come on another way than the package."),
            ),
            (
                lambda: _("Passphrase of the station"),
                self.package_passphrase,
                lambda: _("It opens the package now, and the file of the day from then on."),
            ),
        ):
            inside.addWidget(FormRow(name, field, hint))
        inside.addStretch(1)
        inside.addLayout(row(None, back, self.load))
        self.words(title.setText, lambda: _("Load an election package"))
        return view

    def _make_sign(self) -> QWidget:
        view, inside = plain()
        self._title_sign, self._where = label(role="title"), label(role="muted", wrap=True)
        self.people, self.own_passphrase = ResultList(), _secret()
        self._own_row = FormRow(lambda: _("Your own passphrase"), self.own_passphrase)
        another = self.button(lambda: _("Another file"), self._close_file, "F3")
        self.sign = self.button(lambda: _("Sign in"), self._sign_in, "Enter", primary=True)
        for part in (self._title_sign, self._where, self.people, self._own_row):
            inside.addWidget(part, 1 if part is self.people else 0)
        inside.addLayout(row(None, another, self.sign))
        self.people.taken.connect(lambda _person: self.own_passphrase.setFocus())
        self.words(self._title_sign.setText, lambda: _("Who works here now?"))
        self.words(self.people.setAccessibleName, lambda: _("People of the station"))
        return view

    def _show_view(self, view: QWidget) -> None:
        self._refused = None
        self.banner.clear()
        self._views.setCurrentWidget(view)
        for field in (self.passphrase, self.package_passphrase, self.own_passphrase):
            field.clear()
        self.refresh({"*"})

    def refresh(self, _changed: set[str]) -> None:
        """Look again at the files or the people."""
        view, plan = self._views.currentWidget(), self.desk.plan
        if view is self._open_view:
            self._show_files()
        elif view is self._sign_view and plan:
            day = plan.election.day.isoformat()
            self._where.setText("    ".join([plan.election.title, plan.station.name, day]))
            self._fill_people()

    def _say_refusal(self) -> None:
        if self._refused:
            self.banner.say(Kind.WRONG, *self._refused())

    def _refuse(self, refusal: Refusal) -> None:
        for button in (self.open, self.load, self.sign):
            button.setEnabled(True)
        self._refused = lambda: sentence(refusal.code, refusal.facts)
        self._say_refusal()
        for field in (self.passphrase, self.package_passphrase, self.own_passphrase):
            if field.isVisible():
                field.selectAll()
                field.setFocus()

    # The file of the day

    def _show_files(self, chosen: Path | None = None) -> None:
        files = sorted(paths.days().glob(f"*{ENDING}"), key=lambda file: file.stat().st_mtime, reverse=True)
        if chosen:
            files = [chosen, *(file for file in files if file != chosen)]
        self.files.show_rows([_file_row(file) for file in files])
        for part in (self.files, self._passphrase_row, self.open):
            part.setVisible(bool(files))
        self.to_load.setVisible(bool(files))
        self._no_files.setVisible(not files)
        self.first_load.setVisible(not files)

    def _choose_file(self) -> None:
        every = f"{_('Files of the day')} (*{ENDING});;{every_file()}"
        folder = str(paths.days())
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open the file of the day"), folder, every)
        if chosen:
            self.choose_file(Path(chosen))

    def choose_file(self, file: Path) -> None:
        """Offer ``file`` to be opened, whatever folder it lies in."""
        self._show_view(self._open_view)
        self._show_files(file)
        self.passphrase.setFocus()

    def _open(self) -> None:
        file = self.files.current_row()
        if not file or not self.passphrase.text():
            self.passphrase.setFocus()
            return
        path, passphrase, clock = Path(str(file.key)), self.passphrase.text(), self.desk.clock
        self.open.setEnabled(False)
        self.desk.open_day(lambda: _workplaces().open(path, passphrase, clock), lambda: None, self._refuse)

    def _to_load(self) -> None:
        self._show_view(self._load_view)
        self.package.setFocus()

    def _to_open(self) -> None:
        self._show_view(self._open_view)
        self.passphrase.setFocus()

    def _load(self) -> None:
        package, root = self.package.path.text().strip(), self.root.path.text().strip()
        passphrase, clock = self.package_passphrase.text(), self.desk.clock
        for text, field in (
            (package, self.package),
            (root, self.root),
            (passphrase, self.package_passphrase),
        ):
            if not text:
                field.setFocus()
                return
        self.load.setEnabled(False)

        def make() -> "Workplace":
            path = paths.days() / f"{Path(package).stem}{ENDING}"
            try:
                return _workplaces().prepare(path, _bytes(package), passphrase, _bytes(root), clock)
            except Faults as faults:
                first = faults.faults[0]
                raise Refusal(first.code, **{"file": first.file, **first.facts}) from None

        self.desk.open_day(make, lambda: None, self._refuse)

    def _opened(self) -> None:
        for button in (self.open, self.load):
            button.setEnabled(True)
        self._show_view(self._sign_view if self.desk.plan else self._open_view)
        (self.people if self.desk.plan else self.passphrase).setFocus()

    def _close_file(self) -> None:
        self.desk.close_day()

    # Signing in

    def _fill_people(self) -> None:
        at = max(self.people.currentIndex().row(), 0)
        self.people.show_rows(
            [
                ResultRow(key=person.id, title=person.name, below=f"{terms.word(person.role)}    {person.id}")
                for person in self.desk.people
            ]
        )
        if at < len(self.desk.people):
            self.people.setCurrentIndex(self.people.model().index(at, 0))

    def _sign_in(self) -> None:
        person, passphrase = self.people.current_row(), self.own_passphrase.text()
        if not person or not passphrase:
            self.own_passphrase.setFocus()
            return
        key = str(person.key)
        self.sign.setEnabled(False)
        self.desk.write(self, lambda unit: staff.sign_in(unit, key, passphrase), self._signed, self._refuse)

    def _signed(self, session: Session) -> None:
        self.sign.setEnabled(True)
        self._show_view(self._sign_view)
        self.desk.sign(session)


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise Refusal(Code.FILE_MISSING, file=Path(path).name) from None


def _file_row(file: Path) -> ResultRow:
    try:
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC).astimezone()
        below = _("last used {time}", time=f"{changed:%Y-%m-%d %H:%M}")
    except OSError:
        below = ""
    return ResultRow(
        key=str(file), title=file.stem, beside="", below="    ".join(filter(None, (below, str(file.parent))))
    )


def _workplaces() -> "type[Workplace]":
    """Store, documents and bundles load on the worker, with the first file: the window does not wait."""
    from pollstation.workplace import Workplace

    return Workplace
