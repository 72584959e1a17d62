"""Who has signed in today, and a place where one more person does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.form import Choice, Form
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.text import bare, card, label
from pollstation.desktop.words import Worded
from pollstation.domain.staff import Role, Session
from pollstation.i18n import _
from pollstation.services import staff
from pollstation.wording import terms


class PeopleHere(Worded):
    """A card of the people present; Enter in the passphrase signs one more in.

    The desk stays with the person who works at it: this only writes down who is here.

    Signals:
        signed_in: one more person is here.
    """

    signed_in = Signal()

    def __init__(self, page: DutyPage) -> None:
        super().__init__()
        self._page = page
        self._here: tuple[str, ...] = ()
        frame, inside = card(gap=10)
        self.table = SimpleTable(stretch=0, scrolls=True)
        self.missing = Banner()
        self.form = Form(self.sign_in)
        self.person = self.form.add(lambda: _("Sign one more person in"), Choice())
        self.passphrase = self.form.add(lambda: _("Their passphrase"), QLineEdit())
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = KeyButton(small=True)
        self.button.clicked.connect(lambda _checked: self.form.enter())
        self.words(self.button.setText, lambda: _("Sign in"))
        self.form.add_widget(self.button)
        title = label(role="strong")
        self.words(title.setText, lambda: _("Who is here"))
        self.words(self.table.setAccessibleName, lambda: _("Who is here"))
        for widget in (title, self.missing, self.table):
            inside.addWidget(widget, 1 if widget is self.table else 0)
        inside.addWidget(self.form)
        outside = QVBoxLayout(self)
        bare(outside, 0)
        outside.addWidget(frame)

    def show_present(self, present: tuple[str, ...]) -> None:
        """Show who has signed in, and say when a scrutineer is still missing."""
        self._here = present
        people = self._page.desk.people
        here = [person for person in people if person.id in present]
        self.table.show_table([], [(person.name, terms.word(person.role)) for person in here])
        away = [person for person in people if person.id not in present]
        self.person.offer([(person.id, f"{person.name}  {terms.word(person.role)}") for person in away])
        self.form.setVisible(bool(away))
        if any(person.role is Role.SCRUTINEER for person in here):
            self.missing.clear()
        else:
            self.missing.say(Kind.CAUTION, _("A scrutineer must sign in"), _("Before that nobody may open."))
            first = next((person.id for person in away if person.role is Role.SCRUTINEER), "")
            self.person.choose(first)

    def sign_in(self) -> None:
        """Sign the chosen person in."""
        person, passphrase = self.person.key, self.passphrase.text()
        self.passphrase.clear()
        self._page.do(lambda unit: staff.sign_in(unit, person, passphrase), self._signed_in)

    def _signed_in(self, session: Session) -> None:
        self._page.say(_("{name} has signed in.", name=session.name))
        self.signed_in.emit()
