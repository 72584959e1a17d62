"""The journal in words: every act, by person, kind or place, and whether the chain holds."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import box_titled, contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form import Choice, Form
from pollstation.desktop.widgets.simple_table import Cell, SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.domain import journal
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Fault
from pollstation.domain.journal import Entry, short_code
from pollstation.domain.staff import Session
from pollstation.i18n import N_, _, n_
from pollstation.services import journal_reading
from pollstation.services.journal_reading import JournalPage as Found
from pollstation.services.ports import Reading
from pollstation.wording import acts, sentence

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


@dataclass(frozen=True)
class Journal:
    """Entries that fit, and who the people in them are."""

    found: Found
    names: dict[str, str]


def read_journal(unit: Reading, by: Session, actor: str, kind: str, stream: str) -> Journal:
    """Read it, all of one moment."""
    found = journal_reading.journal(unit, by, actor=actor, kind=kind, stream=stream)
    return Journal(found, journal_reading.names(unit))


def known_names(plan: Plan, people: dict[str, str]) -> dict[str, str]:
    """Names of people, contests and boxes by their ids."""
    contests = {contest.id: contest_titled(plan, contest.id) for contest in plan.contests}
    boxes = {box.id: box_titled(plan, box.id) for box in (*plan.station.boxes, *plan.counted_boxes)}
    return people | contests | boxes


class JournalPage(DutyPage):
    """Filters above, acts at the left, one act in full at the right."""

    duty = "journal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Journal | None = None
        self.filters = Form(in_line=True)
        self.person = self.filters.add(lambda: _("Person"), Choice(), stretch=2)
        self.kind = self.filters.add(lambda: _("Kind of act"), Choice(), stretch=2)
        self.stream = self.filters.add(lambda: _("About"), Choice(), stretch=2)
        self.place = self.filters.add(lambda: _("Box, sheet or paper"), QLineEdit(), optional=True, stretch=1)
        self.body.addWidget(self.filters)
        self.body.addWidget(Columns(self._list_card(), self._detail_card(), (3, 2)), 1)
        self.main = self.offer(lambda: _("Check the chain"), self.check, "F5", primary=True)
        for choice in (self.person, self.kind, self.stream):
            choice.activated.connect(lambda _index: self.look())
        self.place.textChanged.connect(lambda _text: self.look())
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
        """Read what fits the filters."""
        self._offer()
        by, actor, kind = self.desk.by, self.person.key, self.kind.key
        stream = self.stream.key + (self.place.text().strip() if self.stream.key else "")
        self.desk.read(lambda unit: read_journal(unit, by, actor, kind, stream), self.show_now)

    def show_now(self, now: Journal) -> None:
        """Show it, the latest first."""
        marked, self._now = self.entry, now
        self.place.setEnabled(bool(self.stream.key))
        names = known_names(self.plan, now.names)
        lines: list[list[Cell]] = [
            [_local(entry), now.names.get(entry.actor, entry.actor or "—"), acts.in_words(entry, names)]
            for entry in now.found.entries
        ]
        self.table.show_table([_("Time"), _("Person"), _("Act")], lines)
        shown = len(now.found.entries)
        words = n_("{count} act", "{count} acts", now.found.count)
        if shown < now.found.count:
            words += _(", the latest {shown} shown", shown=shown)
        self.count.setText(words + "    " + _("journal code now: {code}", code=now.found.head))
        same = [n for n, entry in enumerate(now.found.entries) if marked and entry.hash == marked.hash]
        if lines:
            self.table.setCurrentCell((same or [0])[0], 0)
        self._show_entry()

    @property
    def entry(self) -> Entry | None:
        """The entry marked."""
        at = self.table.currentRow()
        entries = self._now.found.entries if self._now else ()
        return entries[at] if 0 <= at < len(entries) else None

    def _show_entry(self) -> None:
        entry, now = self.entry, self._now
        if entry is None or now is None:
            self.act.setText(_("Nothing fits these filters."))
            self.facts.setPlainText("")
            return
        self.act.setText(acts.in_words(entry, known_names(self.plan, now.names)))
        lines = [
            (_("Person"), now.names.get(entry.actor, entry.actor)),
            (_("Witness"), now.names.get(entry.witness, entry.witness)),
            (_("Entry"), f"{entry.device} · {entry.number}"),
            (_("Time"), entry.time),
            (_("About"), entry.stream),
            (_("Code"), short_code(entry.hash)),
            (_("Hash"), entry.hash),
            (_("Hash before"), entry.previous),
        ]
        if entry.kind == journal.Kind.CHECKPOINT:
            lines.append((_("Signature of the station"), str(entry.public["signature"])))
        self.facts.setPlainText("\n".join(f"{name}\n    {value}" for name, value in lines if value))

    def check(self) -> None:
        """Look at every byte of the file, every chain and every total again."""
        self.main.setEnabled(False)
        file = self.desk.workplace.file
        self.desk.tasks.run(file.check, self._checked, always=lambda: self.main.setEnabled(True))

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
