"""What the desk does beside issuing: ballots replaced, handed or taken back; the voter's line changed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.reason_panel import IN_WORDS, ReasonPanel
from pollstation.desktop.pages.station_names import contest_titled
from pollstation.desktop.theme import Kind
from pollstation.domain.ballots import Issue
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Refusal
from pollstation.domain.register import Voter
from pollstation.domain.staff import Session
from pollstation.i18n import N_, _, n_
from pollstation.services import corrections, register_changes
from pollstation.services.issuing import Card
from pollstation.services.ports import UnitOfWork
from pollstation.wording import terms


def spoil_reasons() -> Sequence[tuple[str, str]]:
    """Why a ballot is replaced, most frequent first."""
    usual = [(code, terms.spoil_reason(code)) for code in terms.SPOIL_REASONS if code != "other-spoilt"]
    return [*usual, (IN_WORDS, terms.spoil_reason("other-spoilt"))]


def undo_reasons() -> Sequence[tuple[str, str]]:
    """Why ballots are taken back unmarked."""
    return _listed(_("Issued to the wrong voter"), _("The voter left without the ballots"))


def return_reasons() -> Sequence[tuple[str, str]]:
    """Why a voter hands ballots back."""
    return _listed(_("Does not want to vote"), _("Leaves before voting"))


def strike_reasons() -> Sequence[tuple[str, str]]:
    """Why a voter is taken off the list."""
    return _listed(
        _("Died"), _("Registered elsewhere"), _("Deprived of political rights"), _("Entered twice by mistake")
    )


def restore_reasons() -> Sequence[tuple[str, str]]:
    """Why a voter comes back onto the list."""
    return _listed(_("Struck off by mistake"), _("Decided otherwise on complaint"))


def _listed(*usual: str) -> Sequence[tuple[str, str]]:
    return [*((words, words) for words in usual), (IN_WORDS, _("Other reason, in words"))]


class DeskActs:
    """The panels that ask for a reason, and what follows; they stand among the views of the desk.

    Args:
        page: the page of the desk, which owns the keys and says what happened.
        show: brings one of :attr:`panels` into view.
        give_up: back to the voter.
        done: ready for the next voter.
        refuse: says what is refused.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        show: Callable[[QWidget], object],
        give_up: Callable[[], object],
        done: Callable[[], object],
        refuse: Callable[[Refusal], None],
    ) -> None:
        self._page, self._desk = page, desk
        self._show, self._done, self._refuse = show, done, refuse
        self.replacing = ReasonPanel(page, spoil_reasons, give_up)
        self.returning = ReasonPanel(page, return_reasons, give_up)
        self.undoing = ReasonPanel(page, undo_reasons, give_up)
        self.striking = ReasonPanel(page, strike_reasons, give_up, _decision)
        self.restoring = ReasonPanel(page, restore_reasons, give_up, _decision)
        self.panels = (self.replacing, self.returning, self.undoing, self.striking, self.restoring)

    @property
    def _plan(self) -> Plan:
        if self._desk.plan is None:
            raise RuntimeError("no file of the day is open")
        return self._desk.plan

    def _ballots(self, card: Card) -> list[tuple[str, str]]:
        return [(contest, contest_titled(self._plan, contest)) for contest in card.record.contests]

    # Spoilt ballots

    def replace(self, card: Card) -> None:
        """A ballot of the voter shown was spoilt."""
        token = card.voter.token
        whats = [(f"{token}/{contest}", words) for contest, words in self._ballots(card)]
        self.replace_one(card.voter.name, whats)

    def replace_one(self, name: str, whats: Sequence[tuple[str, str]]) -> None:
        """One of several ballots was spoilt; each by its voter's token, a slash and its contest."""
        self._show(self.replacing)
        self.replacing.ask(
            lambda: _("Replace a spoilt ballot of {name}", name=name),
            whats,
            lambda: _("Ballot taken back, issue another"),
            self._do_replace,
        )

    def _do_replace(self, what: str, reason: str) -> None:
        token, _slash, contest = what.partition("/")
        by = self._desk.by

        def duty(unit: UnitOfWork) -> tuple[Issue, Voter]:
            return corrections.replace_spoilt(unit, by, token, contest, reason), unit.voter(token)

        self._desk.write(self._page, duty, self._replaced, self._refuse)

    def _replaced(self, answer: tuple[Issue, Voter]) -> None:
        issue, voter = answer
        self._done()
        self._page.say(
            _(
                "Spoilt ballot of {name} taken back, another one issued: {contest}",
                name=voter.name,
                contest=contest_titled(self._plan, issue.contest),
            )
        )

    # Ballots handed back

    def hand_back(self, card: Card) -> None:
        """The voter shown hands a ballot back and does not vote in that contest, or in any."""
        name, ballots = card.voter.name, self._ballots(card)
        every = [("", _("All ballots"))] if len(ballots) > 1 else []
        self._show(self.returning)
        self.returning.ask(
            lambda: _("{name} hands back ballots and does not vote", name=name),
            [*every, *ballots],
            lambda: _("Second person signs"),
            lambda what, reason: self._sign_return(card, (what,) if what else card.record.contests, reason),
        )

    def _sign_return(self, card: Card, contests: Sequence[str], reason: str) -> None:
        by, voter = self._desk.by, card.voter
        what = _(
            "{name} hands back {ballots}, which are cancelled and kept: {reason}",
            name=voter.name,
            ballots=_(", ").join(contest_titled(self._plan, contest) for contest in contests),
            reason=reason,
        )

        def duty(unit: UnitOfWork, witness: Session) -> int:
            return len(corrections.take_returned(unit, by, witness, voter.token, contests, reason))

        self._desk.witnessed(self._page, what, duty, partial(self._returned, voter.name), self._refuse)

    def _returned(self, name: str, count: int) -> None:
        self._done()
        self._page.say(
            n_(
                "{count} ballot of {name} handed back; cut its corner and put it with the spoilt ones",
                "{count} ballots of {name} handed back; cut their corners and put them with the spoilt ones",
                count,
                name=name,
            ),
            Kind.PLAIN,
        )

    # Mistakes

    def undo(self, name: str, tokens: Sequence[str]) -> None:
        """Ballots of these voters were issued by mistake."""
        self._show(self.undoing)
        self.undoing.ask(
            lambda: _("Take back the ballots of {name}: unmarked, and not yet in a box", name=name),
            [("", "")],
            lambda: _("Second person signs"),
            lambda _what, reason: self._sign_undo(name, tokens, reason),
        )

    def _sign_undo(self, name: str, tokens: Sequence[str], reason: str) -> None:
        by = self._desk.by

        def duty(unit: UnitOfWork, witness: Session) -> int:
            return sum(len(corrections.undo_issue(unit, by, witness, token, reason)) for token in tokens)

        what = _("Ballots of {name} are taken back into the stock: {reason}", name=name, reason=reason)
        self._desk.witnessed(self._page, what, duty, partial(self._undone, name), self._refuse)

    def _undone(self, name: str, count: int) -> None:
        self._done()
        self._page.say(
            n_(
                "{count} ballot of {name} taken back into the stock",
                "{count} ballots of {name} taken back into the stock",
                count,
                name=name,
            ),
            Kind.PLAIN,
        )

    # The voter's line on the list

    def change_line(self, card: Card) -> None:
        """Strike the voter shown off the list; or put them back, when they were struck off."""
        name, struck = card.voter.name, bool(card.record.struck)
        panel = self.restoring if struck else self.striking
        self._show(panel)
        panel.ask(
            (lambda: _("Put {name} back on the voter list", name=name))
            if struck
            else (lambda: _("Strike {name} off the voter list", name=name)),
            [("", "")],
            lambda: _("Second person signs"),
            lambda _what, reason: self._sign_change(card, panel, reason),
        )

    def _sign_change(self, card: Card, panel: ReasonPanel, reason: str) -> None:
        by, voter, struck, decision = self._desk.by, card.voter, bool(card.record.struck), panel.paper
        act = register_changes.restore if struck else register_changes.strike_off
        sentence = (
            N_("{name} is put back on the voter list, decision {decision}: {reason}")
            if struck
            else N_("{name} is struck off the voter list, decision {decision}: {reason}")
        )
        words = _(sentence, name=voter.name, decision=decision, reason=reason)

        def duty(unit: UnitOfWork, witness: Session) -> Voter:
            return act(unit, by, witness, voter.token, decision=decision, reason=reason)

        self._desk.witnessed(self._page, words, duty, partial(self._changed, words), self._refuse)

    def _changed(self, words: str, _voter: Voter) -> None:
        self._done()
        self._page.say(words, Kind.PLAIN)


def _decision() -> str:
    return _("Number of the decision")
