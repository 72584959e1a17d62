"""Turnout: by the hour, by ballot paper, by voters' group; as a sentence, a slip and on the projector."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QApplication, QFrame

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import LANGUAGE
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import contest_titled
from pollstation.desktop.pages.today_state import curve
from pollstation.desktop.projector import Projector
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form import Options
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.desktop.widgets.turnout_curve import TurnoutCurve
from pollstation.documents import filling_turnout
from pollstation.i18n import _
from pollstation.services.ports import Reading
from pollstation.services.turnout import GroupKeeper, ShareLine, Turnout, per_cent, turnout
from pollstation.wording.turnout import over_the_phone

CONTESTS, GROUPS = "contests", "groups"


class TurnoutPage(DutyPage):
    """Hours and the sentence for the telephone at the left, the curve and the shares at the right."""

    duty = "turnout"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Turnout | None = None
        self._groups: GroupKeeper | None = None
        self._changed: set[str] = set()
        self.projector = Projector()
        self.body.addWidget(Columns(self._hour_card(), self._share_card(), (5, 6)), 1)
        self.to_projector = self.offer(lambda: _("Show to the room"), self.project, "F8")
        self.slip = self.offer(lambda: _("Turnout slip"), self.print_slip, "F6")
        self.main = self.offer(lambda: _("Copy the sentence"), self.copy, "Enter", primary=True)
        self.setFocusProxy(self.hours)
        desk.signed.connect(self._signed)

    def title(self) -> str:
        """The page's name."""
        return _("Turnout")

    def _hour_card(self) -> QFrame:
        frame, inside = card()
        self.hours = SimpleTable(stretch=1, scrolls=True)
        self.words(self.hours.setAccessibleName, lambda: _("By the hour"))
        self.hours.currentCellChanged.connect(lambda *_cells: self._show_sentence())
        what = label(role="muted", wrap=True)
        self.words(what.setText, lambda: _("To read out over the telephone"))
        self.sentence = label(role="large", wrap=True)
        for widget in (self.hours, what, self.sentence):
            inside.addWidget(widget, 1 if widget is self.hours else 0)
        return frame

    def _share_card(self) -> QFrame:
        frame, inside = card()
        self.curve = TurnoutCurve()
        self.by = Options([(CONTESTS, lambda: _("By ballot paper")), (GROUPS, lambda: _("By voters' group"))])
        self.by.chosen.connect(lambda _key: self.look())
        self.shares = SimpleTable(stretch=0, scrolls=True)
        self.words(self.shares.setAccessibleName, self.title)
        inside.addWidget(self.curve, 1)
        inside.addWidget(self.by)
        inside.addWidget(self.shares, 1)
        return frame

    # What is shown

    def tell(self, changed: set[str]) -> None:
        """As every page; what is shown to the room follows wherever its officer is."""
        super().tell(changed)
        if self.projector.isVisible() and not self.isVisible() and changed != {LANGUAGE}:
            self.look()

    def refresh(self, changed: set[str]) -> None:
        """Look again; of the register only at voters who changed."""
        self._changed |= changed
        super().refresh(changed)

    def look(self) -> None:
        """Read the turnout; the groups only while they are wanted, for they need the whole register."""
        if self.by.key == CONTESTS:
            self.desk.read(turnout, lambda now: self.show_now(CONTESTS, now, now.contests))
            return
        changed, self._changed = self._changed, set()
        self.desk.study(lambda unit: self._by_group(unit, changed), lambda now: self.show_now(GROUPS, *now))

    def _by_group(self, unit: Reading, changed: set[str]) -> tuple[Turnout, Sequence[ShareLine]]:
        """On the thread that reads beside the acts, where the groups are kept."""
        now = turnout(unit)
        if self._groups is None or "*" in changed:
            self._groups = GroupKeeper(unit)
        else:
            self._groups.changed(unit, changed)
        return now, self._groups.lines()

    def show_now(self, by: str, now: Turnout, shares: Sequence[ShareLine]) -> None:
        """Show it, unless shares by something else are wanted by now; the latest hour stands first."""
        if by != self.by.key:
            return
        self._now = now
        everybody = now.registered
        self.hours.show_table(
            [_("Until"), _("In this hour"), _("In all"), _("Share")],
            [
                (_clock(line.until), line.within, line.voted, _share(line.voted, everybody))
                for line in now.hours[::-1]
            ],
        )
        if now.hours:
            self.hours.setCurrentCell(0, 0)
        self.curve.show_turnout(curve(now.hours, everybody, now.now))
        name = _("Ballot paper") if self.by.key == CONTESTS else _("Voters' group")
        self.shares.show_table(
            [name, _("Voted"), _("Registered"), _("Share")],
            [
                (self._named(line), line.voted, line.registered, _share(line.voted, line.registered))
                for line in shares
            ],
        )
        self._show_sentence()
        self.projector.show_turnout(self.plan, now)

    def _named(self, line: ShareLine) -> str:
        if self.by.key == CONTESTS:
            return contest_titled(self.plan, line.name)
        return line.name or _("Without a group")

    def _show_sentence(self) -> None:
        now, at = self._now, self.hours.currentRow()
        if now is None:
            return
        chosen = now.hours[::-1][at] if 0 <= at < len(now.hours) else None
        until, voted = (chosen.until, chosen.voted) if chosen else (now.now, now.voted)
        self.sentence.setText(over_the_phone(until, voted, now.registered, now.code))

    # What is done

    def copy(self) -> None:
        """Put the sentence on the clipboard."""
        QApplication.clipboard().setText(self.sentence.text())
        self.say(_("Copied: {sentence}", sentence=self.sentence.text()))

    def print_slip(self) -> None:
        """Show the slip as it will be printed."""
        self.preview(lambda unit: [filling_turnout.turnout_slip(unit)], f"{_('Turnout slip')}.pdf")

    def project(self) -> None:
        """Show the figures to everybody in the room."""
        self.projector.open(self)

    def _signed(self) -> None:
        """What is shown to the room ends with the work of who showed it; another register may come."""
        self._changed = {"*"}
        if self.desk.session is None:
            self.projector.close()


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"


def _share(voted: int, registered: int) -> str:
    return f"{per_cent(voted, registered)} %"
