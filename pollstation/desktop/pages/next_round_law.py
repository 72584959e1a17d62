"""What follows by law from the result of every contest, and what the committee has to choose."""

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from pollstation.desktop.pages.station_names import contest_title
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets import form
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import bare, card, clear, label
from pollstation.desktop.words import Worded
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.next_round import Choice, Prospect, prospect, settled
from pollstation.domain.profiles import rules_of
from pollstation.domain.rules import Result
from pollstation.i18n import _
from pollstation.services.consolidating import Consolidated
from pollstation.services.determining import ContestResult
from pollstation.wording import sentence, terms
from pollstation.wording.rounds import what_follows


@dataclass(frozen=True)
class Outlook:
    """One contest: its result as the committee settled it so far, and what follows or why nothing does."""

    found: ContestResult
    result: Result
    ahead: Prospect | Refusal

    @property
    def decided(self) -> bool:
        """Whether nothing is left to vote on."""
        return isinstance(self.ahead, Refusal) and self.ahead.code is Code.NO_ROUND_FOLLOWS


class LawView(Worded):
    """Contests at the left; of the marked one outcome, candidates and choices at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: Consolidated | None = None
        self._basis: dict[str, str] = {}
        self._chosen: dict[str, tuple[str, ...]] = {}
        self.contests = SimpleTable(stretch=0, scrolls=True)
        self.words(self.contests.setAccessibleName, lambda: _("Contests"))
        self.contests.currentCellChanged.connect(lambda *_cells: self._show_contest())
        left, inside_left = card()
        inside_left.addWidget(self.contests, 1)
        inside = QVBoxLayout(self)
        bare(inside)
        inside.addWidget(Columns(left, self._contest_card(), (1, 1)), 1)
        self.begin_at(self.contests)

    def _contest_card(self) -> QFrame:
        frame, inside = card()
        self.banner = Banner()
        self.basis = form.Choice()
        self._basis_row = FormRow(lambda: _("Those who voted are counted by"), self.basis)
        self.basis.activated.connect(lambda _at: self._take_basis())
        self.people = SimpleTable(stretch=0, scrolls=True)
        self.words(self.people.setAccessibleName, lambda: _("People voted for"))
        self._open_title, self._ticks = label(role="strong", wrap=True), QVBoxLayout()
        bare(self._ticks, 6)
        for part in (self.banner, self._basis_row):
            inside.addWidget(part)
        inside.addWidget(self.people, 1)
        inside.addWidget(self._open_title)
        inside.addLayout(self._ticks)
        return frame

    def show_result(self, whole: Consolidated) -> None:
        """Show a new result; nothing is chosen yet."""
        self._whole, self._basis, self._chosen = whole, {}, {}
        self.show_again()
        first = next((at for at, each in enumerate(self._outlooks()) if not each.decided), 0)
        self.contests.setCurrentCell(first, 0)

    def show_again(self) -> None:
        """Say everything in the language now spoken."""
        if self._whole is None:
            return
        at = max(self.contests.currentRow(), 0)
        rows = [_contest_row(each) for each in self._outlooks()]
        self.contests.show_table([_("Contest"), _("What follows")], rows)
        self.contests.setCurrentCell(at, 0)
        self._show_contest()

    def choices(self) -> dict[str, Choice]:
        """What the committee chose, by contest."""
        return {
            contest: Choice(candidates=self._chosen.get(contest, ()), basis=self._basis.get(contest, ""))
            for contest in self._basis.keys() | self._chosen.keys()
        }

    def point_at(self, contest_id: str) -> None:
        """Mark a contest, so that what is wrong with it is seen."""
        for at, each in enumerate(self._outlooks()):
            if each.found.contest.id == contest_id:
                self.contests.setCurrentCell(at, 0)

    def _outlooks(self) -> list[Outlook]:
        whole = self._whole
        return [self._outlook(whole, each) for each in whole.contests] if whole else []

    def _outlook(self, whole: Consolidated, found: ContestResult) -> Outlook:
        if found.result is None:
            raise AssertionError("complete figures were not judged")
        contest = found.contest
        try:
            result = settled(contest, found.result, Choice(basis=self._basis.get(contest.id, "")))
        except Refusal as refusal:
            return Outlook(found, found.result, refusal)
        try:
            elsewhere = whole.held_elsewhere(contest, self._basis)
            return Outlook(found, result, prospect(contest, result, rules_of(whole.election), elsewhere))
        except Refusal as refusal:
            return Outlook(found, result, refusal)

    @property
    def _marked(self) -> Outlook | None:
        at, outlooks = self.contests.currentRow(), self._outlooks()
        return outlooks[at] if 0 <= at < len(outlooks) else None

    def _show_contest(self) -> None:
        marked = self._marked
        if marked is None:
            return
        contest = marked.found.contest
        ahead = marked.ahead
        kind = Kind.GOOD if marked.decided else Kind.CAUTION
        if isinstance(ahead, Prospect):
            advice = what_follows(ahead.round, ahead.seats, again=ahead.again)
        else:
            advice = "" if marked.decided else "  ".join(sentence(ahead.code, ahead.facts))
        self.banner.say(kind, terms.word(marked.result.outcome), advice)
        self._basis_row.setVisible(isinstance(marked.found.result and marked.found.result.by_issued, Result))
        self.basis.offer(
            [
                ("", _("not decided yet")),
                ("issued", _("ballots issued")),
                ("collected", _("ballots collected")),
            ]
        )
        self.basis.choose(self._basis.get(contest.id, ""))
        self.people.show_table([_("Name"), _("For ○"), _("Standing")], _people(marked))
        self._show_ticks(marked)

    def _show_ticks(self, marked: Outlook) -> None:
        clear(self._ticks)
        ahead = marked.ahead if isinstance(marked.ahead, Prospect) else None
        self._open_title.setVisible(bool(ahead and ahead.open))
        if ahead is None or not ahead.open:
            return
        self._open_title.setText(
            _(
                "Equal votes: the committee chooses who stands; candidates in all: {count}.",
                count=_how_many(ahead),
            )
        )
        chosen = self._chosen.get(marked.found.contest.id, ())
        for name in ahead.open:
            tick = QCheckBox(name)
            tick.setChecked(name in chosen)
            tick.toggled.connect(lambda on, name=name: self._take(marked, name, on=on))
            self._ticks.addWidget(tick)

    def _take(self, marked: Outlook, name: str, *, on: bool) -> None:
        if not isinstance(marked.ahead, Prospect):
            return
        ahead, contest = marked.ahead, marked.found.contest.id
        chosen = {*self._chosen.get(contest, ()), *ahead.candidates} - {name}
        chosen |= {name} if on else set()
        any_open = bool(chosen & set(ahead.open))
        order = (*ahead.candidates, *ahead.open)
        self._chosen[contest] = tuple(each for each in order if each in chosen) if any_open else ()

    def _take_basis(self) -> None:
        marked = self._marked
        if marked:
            contest = marked.found.contest.id
            self._basis[contest] = self.basis.key
            self._chosen.pop(contest, None)
            self.show_again()


def _how_many(ahead: Prospect) -> str:
    return str(ahead.least) if ahead.least == ahead.most else f"{ahead.least}\N{EN DASH}{ahead.most}"


def _contest_row(one: Outlook) -> list[Cell]:
    contest = one.found.contest
    name = "  ".join(filter(None, (contest.constituency or contest.id, contest_title(contest))))
    if one.decided:
        return [name, Chip(_("Decided"), Kind.GOOD)]
    if isinstance(one.ahead, Refusal):
        return [name, Chip(_("Waits"), Kind.WRONG)]
    what = what_follows(one.ahead.round, one.ahead.seats, again=one.ahead.again)
    return [name, Chip(what, Kind.CAUTION if one.ahead.open else Kind.ACCENT)]


def _people(one: Outlook) -> list[list[Cell]]:
    """Everybody voted for, the most votes first."""
    figures = one.found.figures
    votes = sorted((figures.votes | figures.write_ins).items(), key=lambda each: -each[1])
    return [
        [
            _("Other name: {name}", name=name) if name in figures.write_ins else name,
            count,
            _standing(one, name),
        ]
        for name, count in votes
    ]


def _standing(one: Outlook, name: str) -> Cell:
    ahead = one.ahead
    if name in one.result.elected:
        return Chip(_("Elected"), Kind.GOOD)
    if isinstance(ahead, Prospect) and name in ahead.candidates:
        return Chip(_("Stands"), Kind.ACCENT)
    if isinstance(ahead, Prospect) and name in ahead.open:
        return Chip(_("Equal votes"), Kind.CAUTION)
    return "—"
