"""The journal in words: every act, by person, kind or place, and whether the chain holds."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import known_names
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form import Choice, Form
from pollstation.desktop.widgets.simple_table import Cell, SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.domain import journal
from pollstation.domain.errors import Fault
from pollstation.domain.journal import Entry, Order, short_code
from pollstation.i18n import N_, _, n_
from pollstation.services import journal_reading
from pollstation.services.journal_reading import PAGE
from pollstation.services.journal_reading import JournalPage as Found
from pollstation.services.ports import Chosen, Reading
from pollstation.services.tracing import Trace, trace
from pollstation.wording import acts, sentence, terms
from pollstation.wording.facts import clock_time, signed

T = TypeVar("T")

STREAMS = {
    "": N_("Everything"),
    "station:": N_("The day"),
    "voter:": N_("Voters and ballots issued"),
    "stock:": N_("Ballot stock"),
    "box:": N_("Boxes"),
    "sheet:": N_("Count sheets"),
    "contest:": N_("Names written in"),
}

KINDS = {
    "": N_("Every kind of act"),
    journal.Kind.SIGNED_IN: N_("Signing in"),
    journal.Kind.INCIDENT: N_("Incidents"),
    journal.Kind.DIFFERENCE_EXPLAINED: N_("Differences explained"),
    journal.Kind.BALLOTS_ISSUED: N_("Ballots issued"),
    journal.Kind.BALLOT_REPLACED: N_("Spoilt ballots replaced"),
    journal.Kind.ISSUE_UNDONE: N_("Issues taken back"),
    journal.Kind.PROXY_AUTHORISED: N_("Proxies authorised"),
    journal.Kind.CONFLICT_DECIDED: N_("Conflicts decided"),
    journal.Kind.BALLOTS_RECEIVED: N_("Ballots counted in"),
    journal.Kind.BOX_SEALED: N_("Boxes sealed"),
    journal.Kind.BOX_OPENED: N_("Boxes opened"),
    journal.Kind.FIELDS_ENTERED: N_("Figures entered"),
    journal.Kind.DIFFERENCE_SETTLED: N_("Differences settled"),
    journal.Kind.SHEET_SENT_BACK: N_("Sheets sent back"),
    journal.Kind.SHEET_APPROVED: N_("Sheets approved"),
    journal.Kind.DOUBTFUL_DECIDED: N_("Doubtful ballots decided"),
    journal.Kind.RECOUNT_ORDERED: N_("Recounts ordered"),
    journal.Kind.CHECKPOINT: N_("Signatures of the journal"),
}

PAUSE_MS = 60
"""How long somebody who types a filter pauses before the journal is looked through."""


class JournalPage(DutyPage):
    """Filters above, acts at the left, one act in full at the right."""

    duty = "journal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Found | None = None
        self._equation = ""
        self._asked: object = None
        self._turned: list[Order] = []
        """Where the last entries of the pages before this one stand."""
        self.behind = Banner()
        self.filters = Form(in_line=True)
        self.person = self.filters.add(lambda: _("Person"), Choice(), stretch=2)
        self.kind = self.filters.add(lambda: _("Kind of act"), Choice(), stretch=2)
        self.stream = self.filters.add(lambda: _("About"), Choice(), stretch=2)
        self.place = self.filters.add(lambda: _("Box, sheet or paper"), QLineEdit(), optional=True, stretch=1)
        self.text = self.filters.add(lambda: _("Containing"), QLineEdit(), optional=True, stretch=1)
        self._typing = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.behind)
        self.body.addWidget(Columns(self._list_card(), self._detail_card(), (3, 2)), 1)
        self.everything = self.offer(lambda: _("Show everything"), self.show_everything, "F8")
        self.later = self.offer(lambda: _("Later acts"), self.turn_back, "F6")
        self.earlier = self.offer(lambda: _("Earlier acts"), self.turn, "F7")
        self.main = self.offer(lambda: _("Check the chain"), self.check, "F5", primary=True)
        for choice in (self.person, self.kind, self.stream):
            choice.activated.connect(lambda _index: self._choose())
        for field in (self.place, self.text):
            field.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._choose)
        desk.traced.connect(self._trace)
        self.words(lambda _text: self._offer(), str)
        self.begin_at(self.table)

    def _list_card(self) -> QFrame:
        frame, inside = card()
        self.count, self.table = label(role="muted"), SimpleTable(stretch=2, scrolls=True)
        self.words(self.table.setAccessibleName, self.title)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_entry())
        inside.addWidget(self.count)
        inside.addWidget(self.table, 1)
        return frame

    def _detail_card(self) -> QFrame:
        frame, inside = card()
        self.banner = Banner()
        self.act, self.facts = label(role="large", wrap=True), QPlainTextEdit()
        self.facts.setReadOnly(True)
        self.facts.setTabChangesFocus(True)
        self.facts.setFont(theme.font(13))
        self.words(self.facts.setAccessibleName, lambda: _("The entry in full"))
        inside.addWidget(self.banner)
        inside.addWidget(self.act)
        inside.addWidget(self.facts, 1)
        return frame

    def _offer(self) -> None:
        everybody = [("", _("Everybody")), *((one.id, one.name) for one in self.desk.people)]
        self.person.offer(everybody)
        self.kind.offer([(str(kind), _(words)) for kind, words in KINDS.items()])
        self.stream.offer([(stream, _(words)) for stream, words in STREAMS.items()])

    def look(self) -> None:
        """Read one page of what fits the filters, or of what stands behind an equation."""
        self._offer()
        by, key = self.desk.by, self._equation
        before = self._turned[-1] if self._turned else None
        if key:
            self._ask(self.desk.study, lambda unit: trace(unit, by, key, before=before), self._show_trace)
            return
        chosen = Chosen(
            actor=self.person.key,
            kind=self.kind.key,
            stream=self.stream.key + (self.place.text().strip() if self.stream.key else ""),
            text=self.text.text().strip(),
        )
        ask = self.desk.study if chosen.text else self.desk.read
        self._ask(ask, lambda unit: journal_reading.journal(unit, by, chosen, before=before), self.show_now)

    def _ask(
        self,
        ask: Callable[[Callable[[Reading], T], Callable[[T], None]], None],
        query: Callable[[Reading], T],
        show: Callable[[T], None],
    ) -> None:
        """Ask for what is to be shown, unless something else was asked for when it comes."""
        self._asked = query
        ask(query, lambda found: show(found) if self._asked is query else None)

    def _choose(self) -> None:
        """Other filters: begin with the latest again."""
        self._turned.clear()
        self.look()

    def turn(self) -> None:
        """Show the page of earlier acts."""
        if self._found and self._found.more:
            self._turned.append(self._found.entries[-1].order())
            self.look()

    def turn_back(self) -> None:
        """Show the page of later acts."""
        if self._turned:
            self._turned.pop()
            self.look()

    def _trace(self, key: str) -> None:
        """Show what stands behind an equation, from now on."""
        self._equation = key
        self._turned.clear()
        self.tell({"*"})

    def show_everything(self) -> None:
        """No longer only what stands behind an equation."""
        self._equation = ""
        self._choose()

    def back(self) -> None:
        """Esc goes back to where the equation was, and the journal shows everything again."""
        if self._equation:
            self.show_everything()
        super().back()

    def _show_trace(self, traced: Trace) -> None:
        """Say since when an equation differs; the entry is marked."""
        self.show_now(traced.page)
        now, since = traced.equation, traced.since
        of = terms.equation_key(self._equation, self._names)
        if since and now:
            said = _(
                "Differs by {difference} since {time}: {act}",
                difference=signed(now.difference),
                time=clock_time(since.time),
                act=acts.in_words(since, self._names),
            )
            self.behind.say(Kind.WRONG, of, said)
            self._mark(since)
        else:
            self.behind.say(Kind.PLAIN, of, _("These acts make it up."))

    @property
    def _names(self) -> dict[str, str]:
        return known_names(self.plan, self.desk.people)

    def show_now(self, found: Found) -> None:
        """Show a page of the journal, the latest first."""
        marked, self._found = self.entry, found
        self.behind.clear()
        for widget in (self.filters, self.everything):
            widget.setVisible((widget is self.everything) == bool(self._equation))
        self.place.setEnabled(bool(self.stream.key))
        self.later.setVisible(bool(self._turned))
        self.earlier.setVisible(found.more)
        names = self._names
        lines: list[list[Cell]] = [
            [_local(entry), names.get(entry.actor, entry.actor or "—"), acts.in_words(entry, names)]
            for entry in found.entries
        ]
        self.table.show_table([_("Time"), _("Person"), _("Act")], lines)
        self.count.setText(self._how_many(found) + "    " + _("journal code now: {code}", code=found.head))
        if lines:
            self.table.setCurrentCell(0, 0)
            self._mark(marked)
        self._show_entry()

    def _how_many(self, found: Found) -> str:
        """How many acts were found, and which of them are shown."""
        first = len(self._turned) * PAGE + 1
        last = first - 1 + len(found.entries)
        if found.count is None:
            return _("Acts {first} to {last} from the latest", first=first, last=last) if last else ""
        words = n_("{count} act", "{count} acts", found.count)
        if found.count <= len(found.entries):
            return words
        return words + _(", {first} to {last} from the latest", first=first, last=last)

    def _mark(self, entry: Entry | None) -> None:
        """Mark an entry where it is on the page."""
        for at, one in enumerate(self._found.entries if self._found else ()):
            if entry and one.hash == entry.hash:
                self.table.setCurrentCell(at, 0)

    @property
    def entry(self) -> Entry | None:
        """The entry marked."""
        at = self.table.currentRow()
        entries = self._found.entries if self._found else ()
        return entries[at] if 0 <= at < len(entries) else None

    def _show_entry(self) -> None:
        entry = self.entry
        if entry is None:
            self.act.setText(_("Nothing fits these filters."))
            self.facts.setPlainText("")
            return
        names = self._names
        self.act.setText(acts.in_words(entry, names))
        lines = [
            (_("Person"), names.get(entry.actor, entry.actor)),
            (_("Witness"), names.get(entry.witness, entry.witness)),
            (_("Entry"), f"{entry.device} · {entry.number}"),
            (_("Time"), entry.time),
            (_("About"), entry.stream),
            (_("Code"), short_code(entry.hash)),
            (_("Hash"), entry.hash),
            (_("Hash before"), entry.previous),
            (_("Signed with"), self._signature_of(entry)),
        ]
        if entry.kind == journal.Kind.CHECKPOINT:
            lines.append((_("Signature of the station"), str(entry.public["signature"])))
        self.facts.setPlainText("\n".join(f"{name}\n    {value}" for name, value in lines if value))

    def _signature_of(self, entry: Entry) -> str:
        """The checkpoint that covers it."""
        signed = self._found.signed_with(entry) if self._found else None
        if signed is None:
            return _("the next signature of the journal")
        return f"{clock_time(signed.time)}  {acts.in_words(signed, self._names)}"

    def check(self) -> None:
        """Look at every byte of the file, every chain and every total again."""
        self.main.setEnabled(False)
        file = self.desk.workplace.file
        self.desk.tasks.study(file.check, self._checked, always=lambda: self.main.setEnabled(True))

    def _checked(self, faults: list[Fault]) -> None:
        if faults:
            wrong = [" ".join(sentence(fault.code, fault.facts)) for fault in faults[:3]]
            self.banner.say(Kind.WRONG, _("The chain does not hold"), wrong)
        else:
            self.banner.say(
                Kind.GOOD, _("The chain holds"), _("Every entry, every total and the whole file are sound.")
            )


def _local(entry: Entry) -> str:
    return f"{entry.moment().astimezone():%H:%M:%S}"
