"""The marked register: printed now, or kept on the second medium for another computer to print."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.widgets.form import Form, Options
from pollstation.desktop.widgets.text import bare, card, label, row
from pollstation.desktop.words import Worded
from pollstation.domain.staff import Act
from pollstation.i18n import _
from pollstation.services.marked_register import Order


class RegisterCard(Worded):
    """The paper to go on with when the laptop is down."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        form = Form()
        self.order = form.add(
            lambda: _("Sections"),
            Options(
                [
                    (Order.GROUP, lambda: _("by voters' group")),
                    (Order.NUMBER, lambda: _("in register order")),
                ]
            ),
        )
        self.print = page.button(lambda: _("Preview and print"), self.preview, "F6")
        self.kept = QCheckBox()
        self.kept.clicked.connect(self._keep)
        warning = label(role="muted", wrap=True)
        surface, inside = card()
        title = label(role="strong")
        self.words(title.setText, lambda: _("Marked register of voters"))
        self.words(self.kept.setText, lambda: _("Write it to the second medium every three minutes"))
        self.words(
            warning.setText,
            lambda: _("As PDF, for another computer to print. Whoever has the stick can read the names."),
        )
        for part in (title, form):
            inside.addWidget(part)
        inside.addLayout(row(self.print, None))
        inside.addWidget(self.kept)
        inside.addWidget(warning)
        whole = QVBoxLayout(self)
        bare(whole, 0)
        whole.addWidget(surface)

    def look(self) -> None:
        """Show what is chosen."""
        workplace = self._desk.workplace
        self.kept.setChecked(workplace.keeps_register)
        self.kept.setEnabled(self._desk.may(Act.OPEN) and workplace.copy_status() is not None)

    def preview(self) -> None:
        """Show it as it will be printed."""
        from pollstation.documents.register_files import register_forms

        order = Order(self.order.key)
        name = _("marked-register-{station}.pdf", station=self._page.plan.station.id)
        self._page.preview(lambda unit: register_forms(unit, order), name)

    def _keep(self, wanted: bool) -> None:
        by, workplace = self._desk.by, self._desk.workplace
        self._desk.tasks.run(
            lambda: workplace.keep_register(by, wanted), lambda _none: self._page.changed.emit({"register"})
        )
