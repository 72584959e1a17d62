"""The result: figures, what the law makes of them, and the proposal of two people."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QTabBar

from pollstation.desktop.board import show_board
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages import result_papers, result_shown
from pollstation.desktop.pages.account_card import NAMES
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.result_shown import Standing, standing
from pollstation.desktop.pages.station_names import box_label, box_titled, contest_title, contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.choice_dialog import ChoiceDialog
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.finding_list import FindingList, FindingRow
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.text import card, label, scrolled
from pollstation.domain.accounts import Rule
from pollstation.domain.boxes import BoxException
from pollstation.domain.day import Day, DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.rules import Outcome
from pollstation.domain.staff import Act
from pollstation.i18n import _
from pollstation.services import closing, confirming, determining, site_checks
from pollstation.services.forms.result_sheet import ResultSheetForm
from pollstation.wording import reasons, sentence, terms
from pollstation.wording.findings import supervisor_advice
from pollstation.wording.forms import BASES

OUTCOME_KINDS = {
    Outcome.ELECTED: Kind.GOOD,
    Outcome.INVALID_TURNOUT: Kind.WRONG,
    Outcome.INVALID_EXCESS: Kind.WRONG,
    Outcome.INVALID_INPUT: Kind.WRONG,
}


def _elected(names: Sequence[str]) -> str:
    return _("Elected: {names}", names=_(", ").join(names)) if names else ""


_EXPLAINED_HERE = (Code.ACCOUNT_DIFFERS, Code.SITE_FINDING_UNEXPLAINED)


class ResultPage(DutyPage):
    """Persons and figures at the left; outcome, reasons, and what is still open at the right."""

    duty = "result"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Standing | None = None
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.words(self.tabs.setAccessibleName, lambda: _("Ballot paper"))
        self.tabs.currentChanged.connect(lambda _index: self._show())
        self.body.addWidget(self.tabs)
        self.body.addWidget(Columns(self._figures_card(), self._outcome_card(), (4, 3)), 1)
        self.names = self.offer(lambda: _("Other names"), lambda: self.wanted.emit("names"), "F7")
        self.release = self.offer(lambda: _("Release to the room"), self.release_result, "F8")
        self.board = self.offer(lambda: _("Board for the room"), lambda: show_board(self.desk, self), "F11")
        self.paper = self.offer(lambda: _("Forms"), self.choose_paper, "F6")
        self.main = self.offer(self._primary, self.act, "Enter", primary=True)
        self.begin_at(self.tabs)

    def _figures_card(self) -> QFrame:
        frame, inside = card()
        self.people, self.figures = SimpleTable(stretch=0, scrolls=True), SimpleTable(stretch=0)
        self.words(self.people.setAccessibleName, lambda: _("Votes"))
        self.words(self.figures.setAccessibleName, lambda: _("Figures"))
        inside.addWidget(self.people, 1)
        inside.addWidget(self.figures)
        return frame

    def _outcome_card(self) -> QFrame:
        frame, inside = card()
        self.banner, self.reasons = Banner(), FindingList()
        self.open_title, self.open = label(role="strong"), SimpleTable(stretch=0, scrolls=True)
        self.words(self.open_title.setText, lambda: _("Still open"))
        self.words(self.open.setAccessibleName, lambda: _("Still open"))
        self.open.currentCellChanged.connect(lambda *_cells: self._show_step())
        self.open.taken.connect(lambda _row: self.act())
        self.form = Form()
        self.text = self.form.add(lambda: _("Explanation"), QLineEdit())
        inside.addWidget(self.banner)
        inside.addWidget(scrolled(self.reasons), 1)
        inside.addWidget(self.open_title)
        inside.addWidget(self.open)
        inside.addWidget(self.form)
        return frame

    # What is shown

    def look(self) -> None:
        """Read the result as approved sheets stand now."""
        self.desk.read(standing, self.show_now)

    def show_now(self, now: Standing) -> None:
        """Show it."""
        self._now = now
        contests = self.plan.contests
        while self.tabs.count() > len(contests):
            self.tabs.removeTab(self.tabs.count() - 1)
        while self.tabs.count() < len(contests):
            self.tabs.addTab("")
        for place, contest in enumerate(contests):
            self.tabs.setTabText(place, contest_title(contest))
        about = [(refusal.code, str(refusal.facts.get("key", refusal.facts))) for refusal in now.against]
        self.open.show_table([], [[self._obstacle(refusal)] for refusal in now.against], about)
        for part in (self.open, self.open_title):
            part.setVisible(bool(now.against))
        self._show()

    def _obstacle(self, refusal: Refusal) -> str:
        key = str(refusal.facts.get("key", ""))
        first, _slash, of = key.partition("/")
        if refusal.code is Code.SITE_FINDING_UNEXPLAINED:
            return sentence(Code(first), self._figures_of(refusal))[0]
        if first in set(Rule):
            contest, _slash, box = of.partition("/")
            where = box_titled(self.plan, box) if box else contest_titled(self.plan, contest)
            difference = refusal.facts["difference"]
            return _(
                "{where}, {what}: difference {difference}",
                where=where,
                what=_(NAMES[Rule(first)]),
                difference=f"{difference:+d}",
            )
        if first in set(BoxException):
            return f"{box_titled(self.plan, of)}, {terms.word(BoxException(first))}"
        facts = dict(refusal.facts)
        if "box" in facts:
            facts["box"] = box_label(self.plan, str(facts["box"]))
        return sentence(refusal.code, facts)[0]

    def _figures_of(self, refusal: Refusal) -> dict[str, object]:
        """The figures of a warning over boxes, its box by name."""
        figures = refusal.facts["figures"]
        facts = dict(figures) if isinstance(figures, dict) else {}
        return facts | ({"box": box_label(self.plan, str(facts["box"]))} if "box" in facts else {})

    def _show(self) -> None:
        now, at = self._now, self.tabs.currentIndex()
        if now is None or at < 0:
            return
        sheet, written = now.sheets[self._contest], now.written[self._contest]
        self.subtitle.setText(self._how_far(now.day))
        self.people.show_table(*result_shown.people(sheet, written, complete=not now.against))
        self.figures.show_table([], result_shown.figures(sheet))
        self._show_outcome(sheet)
        self._show_step()

    @property
    def _contest(self) -> str:
        """Id of the ballot paper in view."""
        return self.plan.contests[self.tabs.currentIndex()].id

    def _how_far(self, day: Day) -> str:
        if self._contest in day.confirmed:
            return _("confirmed by the election committee")
        return _("proposed; the election committee confirms it") if day.outcomes else _("not proposed yet")

    def _show_outcome(self, sheet: ResultSheetForm) -> None:
        if self._now and self._now.against:
            self.banner.say(
                Kind.PLAIN,
                _("The result is not complete yet"),
                _("These are the figures of the approved sheets."),
            )
            self.reasons.show_findings([])
            return
        if sheet.outcome is None:
            self.banner.say(
                Kind.PLAIN, _("Counted in part here"), _("The committee adds up all counting sites.")
            )
        else:
            outcome = Outcome(sheet.outcome)
            kind = OUTCOME_KINDS.get(outcome, Kind.CAUTION)
            advice = "\n".join(filter(None, (_elected(sheet.elected), result_shown.next_round(sheet))))
            self.banner.say(kind, terms.word(outcome), advice)
        self.reasons.show_findings(
            [
                FindingRow(_(BASES[one.basis]), terms.word(one.outcome), _elected(one.elected), Kind.CAUTION)
                for one in sheet.bases
            ]
            + [
                FindingRow(
                    _("Art. {article}", article=one.article) if one.article else "",
                    "",
                    reasons.in_words(one),
                    Kind.ACCENT,
                )
                for one in sheet.reasons
            ]
        )

    @property
    def _marked(self) -> Refusal | None:
        at = self.open.currentRow()
        against = self._now.against if self._now else []
        return against[at] if 0 <= at < len(against) else None

    @property
    def _step(self) -> str:
        now, marked = self._now, self._marked
        if now is None:
            return ""
        if marked is not None:
            explains = marked.code in _EXPLAINED_HERE and self.desk.may(Act.CLOSE)
            return "explain" if explains else "count"
        if not now.day.outcomes:
            return "propose"
        if self.desk.may(Act.CONFIRM):
            return "" if self._contest in now.day.confirmed else "confirm"
        return "hand-over"

    def _primary(self) -> str:
        words = {
            "explain": _("Explain the difference"),
            "count": _("Go to counting"),
            "propose": _("Propose the result"),
            "confirm": _("Confirm the result"),
            "hand-over": _("Go to hand over"),
        }
        return words.get(self._step, "")

    def _show_step(self) -> None:
        marked = self._marked
        if marked and marked.code is Code.SITE_FINDING_UNEXPLAINED:
            finding, facts = Code(str(marked.facts["finding"])), self._figures_of(marked)
            advice = supervisor_advice(finding, facts).partition("\n")[2]
            row = FindingRow(str(finding), sentence(finding, facts)[0], advice, Kind.CAUTION)
            self.reasons.show_findings([row])
        elif marked:
            self.reasons.show_findings([])
        day = self._now.day if self._now else None
        unchecked = self._now is not None and bool(self._now.sheets[self._contest].pending)
        self.names.setVisible(bool(day and day.phase is DayPhase.COUNTING) or unchecked)
        self.release.setVisible(bool(day and day.outcomes and not day.released))
        self.form.setVisible(self._step == "explain")
        self.main.setText(self._primary())
        self.main.setVisible(bool(self._step))

    # What is done

    def act(self) -> None:
        """Settle what is marked; when nothing is open, propose."""
        step = self._step
        if step == "explain":
            self._explain()
        elif step == "propose":
            self._propose()
        elif step == "confirm":
            self._confirm()
        elif step:
            self.wanted.emit(step)

    def _explain(self) -> None:
        marked = self._marked
        if marked is None or not self.form.complete():
            return
        by, text, key = self.desk.by, self.text.text(), str(marked.facts["key"])
        first, _slash, box = key.partition("/")
        what = _("{task}: {text}", task=self._obstacle(marked), text=text)
        if marked.code is Code.SITE_FINDING_UNEXPLAINED:
            self.sign(
                what, lambda unit, witness: site_checks.explain(unit, by, witness, key, text), self._explained
            )
        elif first in set(BoxException):
            self.sign(
                what, lambda unit, witness: closing.explain_box(unit, by, witness, box, text), self._explained
            )
        else:
            self.sign(
                what, lambda unit, witness: closing.explain(unit, by, witness, key, text), self._explained
            )

    def _explained(self, _answer: None) -> None:
        self.form.clear()
        self.tabs.setFocus()
        self.say(_("The explanation is written down and will be printed."))

    def _propose(self) -> None:
        by = self.desk.by
        self.sign(
            _("These figures and outcomes are proposed to the election committee."),
            lambda unit, witness: determining.propose(unit, by, witness),
            lambda _answer: self.say(_("The result is proposed. Only the election committee confirms it.")),
        )

    def _confirm(self) -> None:
        by, contest = self.desk.by, self._contest
        title = contest_titled(self.plan, contest)
        self.sign(
            _("The election committee confirms the result of {contest}.", contest=title),
            lambda unit, witness: confirming.confirm(unit, by, witness, contest),
            lambda _answer: self.say(_("The result is confirmed. The notices can be printed.")),
        )

    def release_result(self) -> None:
        """Let the board show the figures."""
        by = self.desk.by
        self.do(
            lambda unit: determining.release(unit, by),
            lambda _answer: self.say(_("The board for the room shows the figures now.")),
        )

    def choose_paper(self) -> None:
        """Offer the papers of the contest in view; the one taken is shown as it will be printed."""
        now, contest = self._now, self._contest
        if now is None:
            return
        papers = result_papers.offered(now.day, contest)
        words = dict(papers)
        ChoiceDialog(
            self,
            _("Which form?"),
            papers,
            lambda key: self.preview(result_papers.filling(key, contest), f"{words[key]}.pdf"),
        )
