"""After the last voter: one task after the other, the account beside them, then the close."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QLineEdit

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.account_card import AccountCard
from pollstation.desktop.pages.closing_tasks import (
    GOES_TO,
    Evening,
    Task,
    evening,
    is_box_exception,
    tasks,
    unsent,
)
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import box_title, box_titled, contest_titled, split_seals
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form import Choice, CountField, Form
from pollstation.desktop.widgets.simple_table import Chip, SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.documents import filling
from pollstation.domain.accounts import Rule
from pollstation.domain.boxes import BoxException
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code
from pollstation.domain.staff import Session
from pollstation.i18n import _, n_
from pollstation.services import closing, stock
from pollstation.services.ports import UnitOfWork
from pollstation.wording.facts import clock_time

Signed = Callable[[UnitOfWork, Session], object]

SEND, REOPEN = "send", "reopen"


class ClosingPage(DutyPage):
    """Tasks at the left with a form for the one marked; the account at the right."""

    duty = "close"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Evening | None = None
        self._tasks: list[Task] = []
        self._recount, self._reopening, self._acted = "", False, False
        self.account = AccountCard()
        self.account.panel.taken.connect(lambda key: desk.trace(self, key))
        self.body.addWidget(Columns(self._task_card(), self.account, (4, 5)), 1)
        self.form_of_account = self.offer(lambda: _("Station account"), self.print_account, "F6")
        self.again = self.offer(lambda: _("Count the unused again"), self.count_again, "F7")
        self.reopen_button = self.offer(lambda: _("Open the voting again"), self.ask_reopen, "F8")
        self.main = self.offer(self._primary, self.act, "Enter", primary=True)
        self.begin_at(self.table)

    def _task_card(self) -> QFrame:
        frame, inside = card()
        self.todo = label(role="strong")
        self.banner, self.table = Banner(), SimpleTable(stretch=0, scrolls=True)
        self.words(self.table.setAccessibleName, lambda: _("What is still to do"))
        self.table.currentCellChanged.connect(lambda *_cells: self._show_task())
        self.table.taken.connect(lambda _row: self.act())
        self.advice = label(role="muted", wrap=True)
        self.form = Form()
        add = self.form.add
        self.box = add(lambda: _("Box"), Choice())
        self.seen = add(
            lambda: _("Seal numbers read on the box"), QLineEdit(), lambda: _("Several: with a space between")
        )
        self.slot = add(lambda: _("Number of the new seal on the slot"), QLineEdit())
        self.count = add(lambda: _("Unused ballots counted and cancelled"), CountField())
        self.text = add(lambda: _("Explanation"), QLineEdit())
        self.seals = add(lambda: _("Seals that stay on the fixed box"), QLineEdit())
        self.reason = add(lambda: _("Reason"), QLineEdit())
        for widget in (self.todo, self.banner, self.table, self.advice, self.form):
            inside.addWidget(widget, 100 if widget is self.table else 0)
        inside.addStretch(1)
        return frame

    # What is shown

    def look(self) -> None:
        """Read how far the close is."""
        self.desk.read(evening, self.show_now)

    def show_now(self, now: Evening) -> None:
        """Show the tasks that are left; the one marked stays marked until it is settled."""
        self._now, self._tasks = now, tasks(self.plan, now) if now.day.phase is DayPhase.OPEN else []
        self.account.show_account(self.plan, now.account)
        about = [(task.code, task.about) for task in self._tasks]
        self.table.show_table([], [(task.words, _chip(task)) for task in self._tasks], about)
        self.table.setVisible(bool(self._tasks))
        self.table.setMaximumHeight(self.table.verticalHeader().length() + theme.px(8))
        self._show_state(now)
        self._show_task()
        if self._acted:
            self._acted = False
            (self.main if self.form.isHidden() else self.form.first()).setFocus()

    def _show_state(self, now: Evening) -> None:
        left, phase = len(self._tasks), now.day.phase
        self.todo.setText(n_("{count} thing to settle", "{count} things to settle", left) if left else "")
        self.todo.setVisible(bool(left))
        if left:
            self.banner.clear()
        elif phase is DayPhase.PREPARED:
            self.banner.say(Kind.PLAIN, _("The voting has not been opened yet."))
        elif phase is DayPhase.OPEN:
            self.banner.say(
                Kind.GOOD, _("Everything is settled."), _("Is the last voter gone? Then close the voting.")
            )
        else:
            self.banner.say(
                Kind.GOOD, _("The voting was closed at {time}.", time=clock_time(now.day.closed_at))
            )
        self.form_of_account.setEnabled(phase is not DayPhase.PREPARED)

    @property
    def task(self) -> Task | None:
        """The task marked."""
        at = self.table.currentRow()
        return self._tasks[at] if 0 <= at < len(self._tasks) else None

    @property
    def _about(self) -> str:
        """What the form is for: a code, or sending boxes away, or reopening; empty for nothing."""
        if self._now is None or self._now.day.phase in (DayPhase.PREPARED, DayPhase.OPEN):
            self._reopening = False
        if self._reopening:
            return REOPEN
        if self._recount:
            return Code.UNUSED_NOT_COUNTED
        if self.task:
            return self.task.code
        closed = self._now is not None and self._now.day.phase is DayPhase.CLOSED
        return SEND if closed and not self.plan.station.counts_itself and self._boxes_left() else ""

    def _boxes_left(self) -> bool:
        return self._now is not None and bool(unsent(self._now))

    def _show_task(self) -> None:
        about, task = self._about, self.task
        fields = {
            Code.BOX_NOT_CLOSED: (self.seen, self.slot),
            Code.UNUSED_NOT_COUNTED: (self.count,),
            Code.ACCOUNT_DIFFERS: (self.text,),
            SEND: (self.box, self.seen),
            REOPEN: (self.seals, self.reason),
        }
        self.form.show_only(*fields.get(about, ()))
        self.form.setVisible(about in fields)
        if about == SEND and self._now:
            self.box.offer([(box.id, box_title(box)) for box in unsent(self._now)])
        self.advice.setText(self._advice(about))
        self.advice.setVisible(bool(self.advice.text()))
        self.again.setVisible(self._stock_contest() != "")
        closed = self._now is not None and self._now.day.phase is DayPhase.CLOSED
        self.reopen_button.setVisible(closed and about != REOPEN)
        if task and task.code is Code.ACCOUNT_DIFFERS and not is_box_exception(task):
            self.account.show_contest(task.about.split("/")[1])
        self.main.setText(self._primary())
        self.main.setVisible(self._now is not None and self._now.day.phase is not DayPhase.PREPARED)

    def _advice(self, about: str) -> str:
        task = self.task
        if task and task.about.startswith(f"{BoxException.CREW_FILE_OPEN}/"):
            return _("Take it in on the page of mobile boxes. Only if the laptop is lost, explain it here.")
        words = {
            Code.BOX_STILL_OUT: _("Wait for the box, or call its crew; then take it back on its page."),
            Code.CONFLICT_OPEN: _("A supervisor and a witness decide each of them."),
            Code.BOX_NOT_CLOSED: _("Read the seals with a second person, then seal the slot."),
            Code.UNUSED_NOT_COUNTED: _("Count them with a second person and cut their corners."),
            Code.ACCOUNT_DIFFERS: _(
                "Count again first. If the difference stays, explain it; it will be printed."
            ),
            SEND: _("The boxes are counted elsewhere: hand each to those who carry it."),
            REOPEN: _("Only if the close came too early. Differences will have to be explained again."),
        }
        said = words.get(about, "")
        if about == Code.UNUSED_NOT_COUNTED:
            contest = self._recount or (task.about if task else "")
            return f"{contest_titled(self.plan, contest)}  {said}"
        return said

    def _stock_contest(self) -> str:
        """The contest whose stock differs after its unused ballots were counted; else empty."""
        task = self.task
        if task and task.code is Code.ACCOUNT_DIFFERS and task.about.startswith(f"{Rule.STOCK}/"):
            return task.about.split("/")[1]
        return ""

    def _primary(self) -> str:
        words = {
            Code.BOX_STILL_OUT: _("Go to the mobile boxes"),
            Code.CONFLICT_OPEN: _("Go to check-in"),
            Code.BOX_NOT_CLOSED: _("Seal the slot"),
            Code.UNUSED_NOT_COUNTED: _("Write the unused down"),
            Code.ACCOUNT_DIFFERS: _("Explain the difference"),
            SEND: _("Hand the box over"),
            REOPEN: _("Open the voting again"),
        }
        if self._about in words:
            return words[self._about]
        if self._now is not None and self._now.day.phase is DayPhase.OPEN:
            return _("Close the voting")
        return _("Go to counting") if self.plan_counts else _("Go to hand over")

    @property
    def plan_counts(self) -> bool:
        """Whether boxes are opened here."""
        return self.desk.plan is not None and bool(self.desk.plan.counted)

    # What is done

    def act(self) -> None:
        """Settle the task marked; when none is left, close."""
        about, task = self._about, self.task
        if task and about in GOES_TO:
            self.wanted.emit(GOES_TO[task.code])
        elif about and not self.form.complete():
            return
        elif about == SEND:
            self._send()
        elif about == REOPEN:
            self._reopen()
        elif about == Code.UNUSED_NOT_COUNTED:
            self._cancel_unused(self._recount or (task.about if task else ""))
        elif about == Code.BOX_NOT_CLOSED and task:
            self._seal_slot(task.about)
        elif task:
            self._explain(task)
        elif self._now is not None and self._now.day.phase is DayPhase.OPEN:
            by = self.desk.by
            self._settle(
                _("Every ballot is accounted for and the boxes are sealed: the voting ends."),
                lambda unit, witness: closing.close_polling(unit, by, witness),
                _("The voting is closed."),
            )
        else:
            self.wanted.emit("count" if self.plan_counts else "hand-over")

    def _settle(self, what: str, duty: Signed, said: str) -> None:
        self.sign(what, duty, partial(self._settled, said))

    def _settled(self, said: str, _answer: object) -> None:
        self.form.clear()
        self._recount, self._reopening = "", False
        self._acted = True
        self.say(said)

    def _seal_slot(self, box: str) -> None:
        by, seen, slot = self.desk.by, split_seals(self.seen.text()), self.slot.text()
        name = box_titled(self.plan, box)
        self._settle(
            _(
                "{box}: seals read {seen}, slot sealed with {slot}",
                box=name,
                seen=_(", ").join(seen),
                slot=slot,
            ),
            lambda unit, witness: closing.close_box(unit, by, witness, box, seals_seen=seen, slot_seal=slot),
            _("The slot of {box} is sealed.", box=name),
        )

    def _cancel_unused(self, contest: str) -> None:
        by, count, name = self.desk.by, self.count.value, contest_titled(self.plan, contest)
        what = _("{paper}: {count} unused ballots counted and cancelled", paper=name, count=count)
        self._settle(what, lambda unit, witness: stock.cancel_unused(unit, by, witness, contest, count), what)

    def _explain(self, task: Task) -> None:
        by, text, key = self.desk.by, self.text.text(), task.about
        duty = partial(closing.explain_box, by=by, box=key.partition("/")[2], text=text)
        if not is_box_exception(task):
            duty = partial(closing.explain, by=by, key=key, text=text)
        self._settle(
            _("{task}: {text}", task=task.words, text=text),
            lambda unit, witness: duty(unit, witness=witness),
            _("The explanation is written down and will be printed with the account."),
        )

    def _send(self) -> None:
        by, box, seen = self.desk.by, self.box.key, split_seals(self.seen.text())
        name = box_titled(self.plan, box)
        self._settle(
            _("{box} leaves for the counting site; seals read: {seen}", box=name, seen=_(", ").join(seen)),
            lambda unit, witness: closing.send_box(unit, by, witness, box, seals_seen=seen),
            _("{box} is on its way.", box=name),
        )

    def _reopen(self) -> None:
        by, seals, reason = self.desk.by, split_seals(self.seals.text()), self.reason.text()
        self._settle(
            _("The voting is opened again: {reason}", reason=reason),
            lambda unit, witness: closing.reopen(unit, by, witness, seals=seals, reason=reason),
            _("The voting is open again."),
        )

    def count_again(self) -> None:
        """Ask for the unused ballots once more instead of an explanation."""
        self._recount = self._stock_contest()
        self._show_task()
        self.count.setFocus()

    def ask_reopen(self) -> None:
        """Ask for seals and reason; nothing is done before a second person signs."""
        self._reopening = True
        self._show_task()
        self.seals.setFocus()

    def back(self) -> None:
        """Esc first gives up counting again or reopening."""
        if self._recount or self._reopening:
            self._recount, self._reopening = "", False
            self._show_task()
        else:
            super().back()

    def print_account(self) -> None:
        """Show the station's account as it will be printed."""
        self.preview(lambda unit: [filling.station_account(unit)], f"{_('Station account')}.pdf")


def _chip(task: Task) -> Chip:
    if task.code is Code.ACCOUNT_DIFFERS:
        return Chip(_("differs"), Kind.WRONG)
    if task.code in GOES_TO:
        return Chip(_("on another page"), Kind.ACCENT)
    return Chip(_("to do"), Kind.CAUTION)
