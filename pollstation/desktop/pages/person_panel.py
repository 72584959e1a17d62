"""The person at the desk: who it is, the ballots they are to receive, and what was looked at."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from pollstation.desktop.pages.naming import below_name, beside_name, contest_name, one_line, standing
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.ballot_chips import BallotChip, BallotChips
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.person_card import PersonCard
from pollstation.desktop.widgets.text import bare, clear, label
from pollstation.desktop.words import Worded
from pollstation.domain.contests import Contest, Plan
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.i18n import _, n_
from pollstation.services import issuing
from pollstation.services.guards import this_day
from pollstation.services.issuing import Card, Principal
from pollstation.services.ports import Reading
from pollstation.wording.facts import clock_time


@dataclass(frozen=True)
class Look:
    """A voter's card, and what stands against issuing a ballot now."""

    card: Card
    against: Refusal | None

    @property
    def token(self) -> str:
        """The voter's."""
        return self.card.voter.token


def look(unit: Reading, token: str) -> Look:
    """All that the desk shows about one voter."""
    card = issuing.card(unit, token)
    return Look(card, _against(unit, card))


def look_scanned(unit: Reading, code: str) -> Look:
    """The same by the code on the voter's card; refuses with OTHER_STATION or CARD_INVENTED."""
    card = issuing.find_scanned(unit, code)
    return Look(card, _against(unit, card))


def look_letter(unit: Reading, code: str) -> tuple[Look, str]:
    """The proxy whose letter was scanned, and the token of the voter who gave it."""
    card, principal = issuing.find_letter(unit, code)
    return Look(card, _against(unit, card)), principal


def _against(unit: Reading, card: Card) -> Refusal | None:
    for_others = any(principal.ready for principal in card.principals)
    if card.record.in_conflict:
        return Refusal(Code.IN_CONFLICT)
    try:
        issuing.require_on_list(unit, card.voter.token)
    except Refusal as struck:
        return struck
    if not card.ready and not for_others:
        try:
            issuing.require_not_voted(unit, card.voter.token, None)
        except Refusal as voted:
            return voted
        return Refusal(Code.NOT_ENTITLED, contest="")
    day = this_day(unit)
    if day.phase is not DayPhase.OPEN:
        return Refusal(Code.WRONG_PHASE, phase=day.phase, needed=DayPhase.OPEN)
    if day.paused:
        return Refusal(Code.PAUSED)
    authority = card.record.authority
    if authority and not for_others:
        return Refusal(Code.PROXY_PENDING, number=authority.number, holder=card.holder_name)
    return None


class PersonPanel(Worded):
    """Signals:
    changed: a box was ticked, or a ballot left out or put back.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._look: Look | None = None
        self._left_out: set[str] = set()
        self.person, self._ballots = PersonCard(), BallotChips()
        self._heading = label(role="muted")
        self.card_seen, self.scribe = QCheckBox(), QCheckBox()
        self.letters: dict[str, QCheckBox] = {}
        self._letters_heading = label(role="muted")
        self._letters = QVBoxLayout()
        bare(self._letters, 2)
        inside = QVBoxLayout(self)
        bare(inside, 12)
        for part in (self.person, self._heading, self._ballots):
            inside.addWidget(part)
        inside.addWidget(Columns(self.card_seen, self.scribe, gap=8))
        inside.addWidget(self._letters_heading)
        inside.addLayout(self._letters)
        self.words(self._letters_heading.setText, lambda: _("Letter and voter card seen of (F7: all)"))
        self.words(self.card_seen.setText, lambda: _("Voter card or identity card seen"))
        self.words(self.scribe.setText, lambda: _("A scribe writes (F6)"))
        QShortcut(QKeySequence("F6"), self, self._tick_scribe)
        QShortcut(QKeySequence("F7"), self, self._tick_letters)
        self._ballots.pressed.connect(self._leave_out)
        self.card_seen.toggled.connect(lambda _on: self.changed.emit())
        self.scribe.toggled.connect(lambda _on: self.changed.emit())

    def show_look(self, plan: Plan, look: Look) -> None:
        """Show a voter; somebody else than before starts with fresh boxes."""
        if not self._look or self._look.token != look.token:
            self.card_seen.setChecked(True)
            self.scribe.setChecked(False)
            self.letters, self._left_out = {}, set()
        self._plan, self._look = plan, look
        chip, kind = standing(plan, look.card)
        voter = look.card.voter
        self.person.show_person(
            voter.name, beside_name(voter, plan.election.day), below_name(voter), chip, kind
        )
        self._show_letters(look.card.principals)
        self._show_ballots()
        may = look.against is None
        self._heading.setText(_("Ballots to issue") if may else _("Ballots"))
        for box in (self.card_seen, self.scribe, *self.letters.values()):
            box.setVisible(may)
        self._letters_heading.setVisible(may and bool(look.card.principals))

    def forget(self) -> None:
        """Nobody stands at the desk."""
        self._look = None

    def _tick_scribe(self) -> None:
        if self.scribe.isVisible():
            self.scribe.toggle()

    def _tick_letters(self) -> None:
        """All letters were seen; or, when all are ticked, none."""
        every = all(box.isChecked() for box in self.letters.values())
        for box in self.letters.values():
            box.setChecked(not every)

    def letter_seen(self, principal: str) -> None:
        """The letter of that voter lies on the desk."""
        if principal in self.letters:
            self.letters[principal].setChecked(True)

    @property
    def own(self) -> tuple[Contest, ...]:
        """Contests for which the voter gets a ballot of their own now."""
        return tuple(contest for contest in self._ready if contest.id not in self._left_out)

    @property
    def left_out(self) -> tuple[Contest, ...]:
        """Contests for which the voter does not take the ballot now; it may be issued later."""
        return tuple(contest for contest in self._ready if contest.id in self._left_out)

    @property
    def _ready(self) -> tuple[Contest, ...]:
        card = self._look.card if self._look else None
        return card.ready if card and not card.record.authority else ()

    def _leave_out(self, contest: str) -> None:
        """The voter does not want this ballot now, or after all does."""
        self._left_out ^= {contest}
        self._ticked()

    @property
    def principals(self) -> list[Principal]:
        """Those whose letter and card were seen."""
        held = self._look.card.principals if self._look else ()
        return [
            each
            for each in held
            if each.voter.token in self.letters and self.letters[each.voter.token].isChecked()
        ]

    @property
    def for_others(self) -> int:
        """Ballots to issue for those."""
        return sum(len(each.ready) for each in self.principals)

    def _show_letters(self, principals: tuple[Principal, ...]) -> None:
        ticked = {token for token, box in self.letters.items() if box.isChecked()}
        clear(self._letters)
        self.letters = {}
        for principal in principals:
            token = principal.voter.token
            words = f"{principal.number}   {one_line(principal.voter)}"
            if principal.ready:
                self.letters[token] = box = QCheckBox(words)
                box.setChecked(token in ticked)
                box.toggled.connect(lambda _on: self._ticked())
                self._letters.addWidget(box)
            else:
                self._letters.addWidget(
                    label(_("Already voted for: {voter}", voter=one_line(principal.voter)), "muted")
                )

    def _ticked(self) -> None:
        self._show_ballots()
        self.changed.emit()

    def _show_ballots(self) -> None:
        look, plan = self._look, self._plan
        if not look or not plan:
            return
        chips = [self._chip(look.card, contest) for contest in plan.contests]
        if look.card.principals:
            chips.append(self._chip_for_others(look.card))
        self._ballots.show_ballots(chips)

    def _chip(self, card: Card, contest: Contest) -> BallotChip:
        issue = card.record.issued(contest.id)
        seats = n_("{count} seat", "{count} seats", contest.seats)
        constituency = "" if contest.post else contest.constituency  # the village has but one
        detail = "  ".join(filter(None, (contest.paper_colour, constituency, seats)))
        if issue:
            count, kind = _("issued {time}", time=clock_time(issue.time)), Kind.PLAIN
        elif contest.id not in card.voter.contests:
            count, kind = _("not entitled"), Kind.PLAIN
        elif card.record.struck:
            count, kind = _("struck off"), Kind.PLAIN
        elif card.record.authority:
            count, kind = _("by proxy"), Kind.CAUTION
        elif contest.id in self._left_out:
            count, kind = _("not now"), Kind.PLAIN
        else:
            count, kind = n_("{count} ballot", "{count} ballots", 1), Kind.ACCENT
        key = self._key(contest)
        return BallotChip(contest_name(contest), detail, count, kind, contest.id, key)

    def _key(self, contest: Contest) -> str:
        """Leaves this ballot out; there is none where it is the only one, or nothing may be issued."""
        may = self._look is not None and self._look.against is None
        choice = may and contest in self._ready and len(self._ready) > 1
        return f"Ctrl+{self._ready.index(contest) + 1}" if choice else ""

    def _chip_for_others(self, card: Card) -> BallotChip:
        numbers = _(", ").join(each.number for each in card.principals)
        count = self.for_others
        return BallotChip(
            _("For others"),
            numbers,
            n_("{count} ballot", "{count} ballots", count),
            Kind.CAUTION if count else Kind.PLAIN,
        )
