"""The crew's own laptop: its file is made before the box goes on, and taken in when it is back."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout

from pollstation.desktop.pages.mobile_steps import Stage
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.text import bare, card, label
from pollstation.desktop.words import Worded
from pollstation.domain.boxes import BoxState
from pollstation.domain.errors import Faults, Refusal
from pollstation.domain.staff import Session
from pollstation.i18n import _, n_
from pollstation.services.mobile_boxes import MobileBox
from pollstation.services.ports import Answer

ENDING = ".pollstation"
SHORTEST_PASSPHRASE = 6


class CrewFile(Worded):
    """Where the file lies and its passphrase; a second person signs."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage, page = stage, stage.page
        self._line: MobileBox | None = None
        self._what, self._hint = label(role="sentence", wrap=True), label(role="muted", wrap=True)
        self.form = Form()
        self.path = self.form.add(lambda: _("File on the USB drive or laptop of the crew"), QLineEdit())
        self.passphrase = self.form.add(lambda: _("Passphrase of the crew file"), _secret())
        self.again = self.form.add(lambda: _("Passphrase once more"), _secret())
        browse = page.button(lambda: _("Choose"), self.browse, "F4")
        back = page.button(lambda: _("Back"), stage.back, "Esc")
        self.main = page.button(self._main_words, self.work, "Enter", primary=True)
        frame, inside = card()
        for part in (self._what, self._hint, self.form):
            inside.addWidget(part)
        inside.addStretch(1)
        page.at_foot(self, browse, back, self.main)
        bare(whole := QVBoxLayout(self), 0)
        whole.addWidget(frame)
        self.words(lambda _text: self._say(), str)

    @property
    def _is_out(self) -> bool:
        """A file is made while the box is out and has none; else the one it has is taken in."""
        state = self._line.state if self._line else None
        return state is not None and state.state is BoxState.OUT and not state.crew_files

    def ask(self, line: MobileBox) -> None:
        """Begin for one box."""
        self._line = line
        self.form.clear()
        self.form.show_only(self.path, self.passphrase, *((self.again,) if self._is_out else ()))
        self._say()
        self.path.setFocus()

    def _say(self) -> None:
        self._what.setText(
            _("A file for the crew's own laptop") if self._is_out else _("The crew's file is taken in")
        )
        self._hint.setText(
            _(
                "It holds this box's approved voters and nobody else, and not the station's key. "
                "The crew writes down on the way whom it serves."
            )
            if self._is_out
            else _("What the crew wrote down is added; whom a desk served as well is shown as a conflict.")
        )
        self.main.setText(self._main_words())

    def _main_words(self) -> str:
        return _("Make the file") if self._is_out else _("Take the file in")

    def browse(self) -> None:
        """Ask where the file lies, or shall lie."""
        kinds = f"{_('Files of the day')} (*{ENDING})"
        if self._is_out:
            chosen, _kind = QFileDialog.getSaveFileName(self, _("File of the crew"), self.path.text(), kinds)
        else:
            chosen, _kind = QFileDialog.getOpenFileName(self, _("File of the crew"), self.path.text(), kinds)
        if chosen:
            self.path.setText(chosen)

    def work(self) -> None:
        """Make the file or take it in, once a second person has signed."""
        line = self._line
        if not line or not self.form.complete():
            return
        making, word = self._is_out, self.passphrase.text()
        if making and len(word) < SHORTEST_PASSPHRASE:
            words = _("At least {count} characters", count=SHORTEST_PASSPHRASE)
            self.form.refuse(self.passphrase, words)
            return
        if making and word != self.again.text():
            self.form.refuse(self.again, _("The two are not the same"))
            return
        self._sign(line.box.id, making, word)

    def _sign(self, box: str, making: bool, word: str) -> None:
        desk, label_ = self._stage.desk, self._stage.plan.box(box).label
        workplace, by, clock = desk.workplace, desk.by, desk.clock
        path = Path(self.path.text()).expanduser()
        if making:
            path = path.with_name(path.name.removesuffix(ENDING) + ENDING)

        def work(witness: Session) -> Answer[int]:
            if making:
                return workplace.crew_file(by, witness, box, path, word, clock)
            try:
                return workplace.take_in_crew(by, witness, box, path, word, clock)
            except Faults as broken:
                raise Refusal(broken.faults[0].code, **broken.faults[0].facts) from broken

        what = (
            _("A file for the crew of mobile box {box} is made.", box=label_)
            if making
            else _("The file of the crew of mobile box {box} is taken in.", box=label_)
        )

        def done(count: int) -> None:
            made = n_("Crew file made: {count} voter.", "Crew file made: {count} voters.", count)
            taken = n_("Crew file taken in: {count} act.", "Crew file taken in: {count} acts.", count)
            self._stage.done(made if making else taken)

        desk.witnessed_by(self._stage.page, what, work, done, self._stage.refuse)


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
