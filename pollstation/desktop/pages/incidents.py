"""What happened out of the ordinary, and the interruption of the voting."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLineEdit

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import person_named
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.form import Choice, Form, TextArea
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.domain import journal
from pollstation.domain.day import Day, DayPhase
from pollstation.domain.journal import Entry
from pollstation.domain.staff import Act
from pollstation.i18n import _
from pollstation.services import opening
from pollstation.services.guards import own_stream, this_day
from pollstation.services.ports import Reading
from pollstation.wording import terms
from pollstation.wording.facts import clock_time

SHOWN = (journal.Kind.INCIDENT, journal.Kind.PAUSED, journal.Kind.RESUMED)


@dataclass(frozen=True)
class Incidents:
    """The day, and what was written down of it, the latest first."""

    day: Day
    entries: list[Entry]


def incidents(unit: Reading) -> Incidents:
    """Read them, all of one moment."""
    entries = [entry for entry in unit.entries(own_stream(unit)) if entry.kind in SHOWN]
    return Incidents(this_day(unit), entries[::-1])


def fact_of(entry: Entry, name: str) -> str:
    """A private fact of an entry; empty where there is none."""
    return str(entry.private.facts.get(name, "")) if entry.private else ""


class IncidentsPage(DutyPage):
    """A form at the left, today's incidents at the right."""

    duty = "incidents"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._phase: DayPhase | None = None
        self._paused = False
        self.banner = Banner()
        self.body.addWidget(self.banner)
        self.body.addWidget(Columns(self._entry_card(), self._list_card(), (4, 5)), 1)
        self.main = self.offer(lambda: _("Write it down"), self.record, "Ctrl+Enter", primary=True)
        self.begin_at(self.form)

    def _entry_card(self) -> QFrame:
        frame, inside = card()
        self.form = Form()
        self.kind = self.form.add(lambda: _("What kind"), Choice())
        self.what = self.form.add(lambda: _("What happened"), TextArea())
        self.what.setMinimumHeight(theme.px(84))
        self.people = self.form.add(
            lambda: _("Who was concerned (may stay empty)"), QLineEdit(), optional=True
        )
        self.measures = self.form.add(lambda: _("What was done (may stay empty)"), QLineEdit(), optional=True)
        inside.addWidget(self.form)
        inside.addStretch(1)
        return frame

    def _list_card(self) -> QFrame:
        frame, inside = card()
        title = label(role="strong")
        self.words(title.setText, lambda: _("Today"))
        self.table, self.empty = SimpleTable(stretch=2, scrolls=True), EmptyState()
        self.words(self.table.setAccessibleName, self.title)
        self.only = Choice()
        self.words(self.only.setAccessibleName, lambda: _("Show only"))
        self.only.activated.connect(lambda _index: self._show_entries())
        self.detail = label(role="muted", wrap=True)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_detail())
        self._all: list[Entry] = []
        self._entries: list[Entry] = []
        self.interruption = Form(self.interrupt, in_line=True)
        self.reason = self.interruption.add(
            lambda: _("Why the voting is interrupted"), QLineEdit(), stretch=1
        )
        self.interrupt_button = self.button(self._interrupt_words, self.interruption.enter, "F6")
        self.interruption.add_widget(self.interrupt_button)
        for widget in (title, self.only, self.table, self.empty, self.detail, self.interruption):
            inside.addWidget(widget, 1 if widget in (self.table, self.empty) else 0)
        return frame

    def _interrupt_words(self) -> str:
        return _("Go on with the voting") if self._paused else _("Interrupt the voting")

    def look(self) -> None:
        """Read the incidents."""
        self.desk.read(incidents, self.show_now)

    def show_now(self, now: Incidents) -> None:
        """Show them."""
        self.kind.offer([(kind, terms.incident_kind(kind)) for kind in terms.INCIDENT_KINDS])
        self._paused = now.day.paused
        may_interrupt = self.desk.may(Act.OPEN) and now.day.phase is DayPhase.OPEN
        self.interruption.setVisible(may_interrupt)
        self.interruption.show_only(*(() if self._paused else (self.reason,)))
        self.interrupt_button.setText(self._interrupt_words())
        self._show_pause(now)
        self._all = now.entries
        self._offer_kinds()
        self._show_entries()

    def _offer_kinds(self) -> None:
        """Everything, and the kinds that were written down."""
        written = dict.fromkeys(one.public["kind"] for one in self._all if one.kind == journal.Kind.INCIDENT)
        kinds = [(kind, terms.incident_kind(kind)) for kind in written]
        if any(one.kind != journal.Kind.INCIDENT for one in self._all):
            kinds.append((journal.Kind.PAUSED, _("Interruptions of the voting")))
        self.only.offer([("", _("Everything")), *kinds])
        self.only.setVisible(len(kinds) > 1)

    def _chosen(self, entry: Entry) -> bool:
        if not self.only.key:
            return True
        if self.only.key == journal.Kind.PAUSED:
            return entry.kind != journal.Kind.INCIDENT
        return entry.public.get("kind") == self.only.key

    def _show_entries(self) -> None:
        self._entries = [entry for entry in self._all if self._chosen(entry)]
        self.table.setVisible(bool(self._entries))
        self.empty.setVisible(not self._entries)
        if self._entries:
            lines = [self._line(one) for one in self._entries]
            about = [one.hash for one in self._entries]
            self.table.show_table([_("Time"), _("Kind"), _("What")], lines, about)
        else:
            self.empty.say(_("Nothing out of the ordinary so far."), _("What is written down shows here."))
        self._show_detail()

    def _show_pause(self, now: Incidents) -> None:
        last = next((one for one in now.entries if one.kind == journal.Kind.PAUSED), None)
        if self._paused and last:
            said = _("The voting is interrupted since {time}.", time=clock_time(last.time))
            self.banner.say(Kind.CAUTION, said, fact_of(last, "reason"))
        else:
            self.banner.clear()

    def _line(self, entry: Entry) -> tuple[str, str, str]:
        if entry.kind == journal.Kind.INCIDENT:
            return clock_time(entry.time), terms.incident_kind(entry.public["kind"]), fact_of(entry, "what")
        word = _("Interrupted") if entry.kind == journal.Kind.PAUSED else _("Resumed")
        return clock_time(entry.time), word, fact_of(entry, "reason")

    def _show_detail(self) -> None:
        at = self.table.currentRow()
        if not 0 <= at < len(self._entries):
            self.detail.setText("")
            return
        entry = self._entries[at]
        lines = [fact_of(entry, "what") or fact_of(entry, "reason")]
        if people := fact_of(entry, "people"):
            lines.append(_("Concerned: {people}", people=people))
        if measures := fact_of(entry, "measures"):
            lines.append(_("Done: {measures}", measures=measures))
        lines.append(_("Written down by {person}", person=person_named(self.desk.people, entry.actor)))
        self.detail.setText("\n".join(line for line in lines if line))

    def record(self) -> None:
        """Write the incident down."""
        if not self.form.complete():
            return
        by, kind, what = self.desk.by, self.kind.key, self.what.toPlainText()
        people, measures = self.people.text(), self.measures.text()
        self.do(
            lambda unit: opening.record_incident(unit, by, kind, what, people, measures),
            lambda _answer: self._recorded(),
        )

    def _recorded(self) -> None:
        self.form.clear()
        self.kind.setFocus()
        self.say(_("The incident is written down."))

    def interrupt(self) -> None:
        """Interrupt the voting with its reason, or go on after that."""
        by, reason = self.desk.by, self.reason.text()
        if self._paused:
            self.do(lambda unit: opening.resume(unit, by), lambda _answer: self.say(_("The voting goes on.")))
        else:
            self.do(lambda unit: opening.pause(unit, by, reason), lambda _answer: self._interrupted())

    def _interrupted(self) -> None:
        self.reason.clear()
        self.say(_("The voting is interrupted: no ballots are issued."), Kind.CAUTION)
