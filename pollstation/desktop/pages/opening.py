"""Before the first voter: five steps that can be left at any moment and taken up again."""

from PySide6.QtWidgets import QStackedWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.opening_steps import Morning, Step, morning, steps
from pollstation.desktop.pages.people_here import PeopleHere
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.stepper import Stepper
from pollstation.documents import filling
from pollstation.domain.boxes import BoxState
from pollstation.domain.day import DayPhase
from pollstation.i18n import _
from pollstation.wording import terms


class OpeningPage(DutyPage):
    """Guides through the opening: it stands at the first step that is not done."""

    duty = "opening"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stepper, self.people = Stepper(), PeopleHere(self)
        self.steps = steps(self)
        self._at = "checklist"
        self._now: Morning | None = None
        self._stack = QStackedWidget()
        for step in self.steps.values():
            self._stack.addWidget(step)
        self.people.signed_in.connect(self._to_step)
        self.body.addWidget(self.stepper)
        self.body.addWidget(Columns(self._stack, self.people, (5, 3)), 1)
        self.record = self.offer(lambda: _("Opening record"), self.print_record, "F6")
        self.before = self.offer(lambda: _("Step before"), lambda: self.turn(-1), "F7")
        self.after = self.offer(lambda: _("Next step"), lambda: self.turn(1), "F8")
        self.main = self.offer(self._primary, self._act, "Enter", primary=True)

    @property
    def step(self) -> Step:
        """The step in view."""
        return self.steps[self._at]

    def _to_step(self) -> None:
        self.step.setFocus()

    def _primary(self) -> str:
        return self.step.primary()

    def _act(self) -> None:
        self.step.act()

    def look(self) -> None:
        """Read how far the opening is."""
        self.desk.read(morning, self.show_now)

    def show_now(self, now: Morning) -> None:
        """Show it, and go on where the step in view has just been done."""
        before, self._now = self._now, now
        for step in self.steps.values():
            step.show_now(now)
        self.people.show_present(now.day.present)
        if before is None or (self._done(now) and not self._done(before)):
            self._go(next((name for name, done in now.steps.items() if not done), "open"))
        self._show_step()

    def _done(self, now: Morning) -> bool:
        if self._at == "boxes":
            return all(state.state is not BoxState.PREPARED for _box, state in now.boxes)
        return now.steps[self._at]

    def turn(self, step: int) -> None:
        """Look at the step before or after; what is done stays done."""
        names = list(self.steps)
        self._go(names[min(max(names.index(self._at) + step, 0), len(names) - 1)])
        self._show_step()

    def _go(self, name: str) -> None:
        self._at = name
        self._stack.setCurrentWidget(self.step)
        self.step.setFocus()

    def _show_step(self) -> None:
        names, now = list(self.steps), self._now
        if now is None:
            return
        words = [terms.opening_step(name) for name in names]
        finished = now.day.phase is not DayPhase.PREPARED and self._at == "open"
        self.stepper.show_steps(words, len(names) if finished else names.index(self._at))
        self.main.setText(self.step.primary())
        self.before.setEnabled(self._at != names[0])
        self.after.setEnabled(self._at != names[-1])
        self.record.setEnabled(now.steps["zero-report"])
        self.main.setEnabled(self._at == "open" or not self._done(now) or self._at == "ballots")

    def print_record(self) -> None:
        """Show the opening record as it will be printed."""
        self.preview(lambda unit: [filling.opening_record(unit)], f"{_('Opening record')}.pdf")
