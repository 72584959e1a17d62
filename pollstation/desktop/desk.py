"""What every page works at: the open workplace, who is signed in, and the road to the store and back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pollstation.desktop.page import Page
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.staff import ALLOWED, Act, Person, Session
from pollstation.services import staff
from pollstation.services.ports import Answer, Clock, Reading, UnitOfWork
from pollstation.wording import sentence

if TYPE_CHECKING:  # store, documents and bundles load with the first file, after the window stands
    from pollstation.workplace import Workplace

T = TypeVar("T")

_OF_THE_WITNESS = (Code.WRONG_PASSPHRASE, Code.UNKNOWN_PERSON, Code.SAME_PERSON)


class Desk(QObject):
    """The one way from pages to duties: reads and writes run on the worker, answers come back to the page.

    Signals:
        opened: a workplace was opened or closed.
        signed: somebody signed in or out.
        traced: key of an equation of the account; whoever asks wants to see the entries behind it.
        written: something was kept in the file of the day.
    """

    opened = Signal()
    signed = Signal()
    traced = Signal(str)
    written = Signal()

    def __init__(self, tasks: Tasks, clock: Clock) -> None:
        super().__init__()
        self.tasks, self.clock = tasks, clock
        self._workplace: Workplace | None = None
        self.session: Session | None = None
        self.plan: Plan | None = None
        self.people: tuple[Person, ...] = ()

    @property
    def workplace(self) -> "Workplace":
        """The open workplace; there is none before a file of the day was opened."""
        if self._workplace is None:
            raise RuntimeError("no file of the day is open")
        return self._workplace

    @property
    def by(self) -> Session:
        """Who is signed in; pages of duties are shown to nobody else."""
        if self.session is None:
            raise RuntimeError("nobody is signed in")
        return self.session

    def may(self, act: Act) -> bool:
        """Whether the signed-in role may do ``act``."""
        return self.session is not None and self.session.role in ALLOWED[act]

    def open_day(
        self,
        make: "Callable[[], Workplace]",
        done: Callable[[], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Open a file of the day (or make it from a package) on the worker, where it stays."""

        def work() -> "tuple[Workplace, Plan, tuple[Person, ...]]":
            workplace = make()
            plan, people = workplace.read(lambda unit: (unit.plan, tuple(unit.people())))
            return workplace, plan, people

        def take(opened: "tuple[Workplace, Plan, tuple[Person, ...]]") -> None:
            self._workplace, self.plan, self.people = opened
            self.opened.emit()
            done()

        self.tasks.run(work, take, refused)

    def close_day(self) -> None:
        """Close the file; nobody is signed in any more."""
        if self._workplace is not None:
            self.tasks.run(self._workplace.close)
        self._workplace = self.plan = self.session = None
        self.people = ()
        self.opened.emit()

    def sign(self, session: Session | None) -> None:
        """Take note of who works here now."""
        self.session = session
        self.signed.emit()

    def read(
        self,
        query: Callable[[Reading], T],
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Answer ``query`` on the worker; ``done`` gets the answer on the GUI thread."""
        workplace = self.workplace
        self.tasks.run(lambda: workplace.read(query), done, refused)

    def study(self, query: Callable[[Reading], T], done: Callable[[T], None]) -> None:
        """As :meth:`read`, for what reads long: nobody waits for it; its answer may come after later ones."""
        workplace = self.workplace
        self.tasks.study(lambda: workplace.study(query), done)

    def write(
        self,
        page: Page,
        duty: Callable[[UnitOfWork], T],
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Do one use case; then every page hears what changed, and ``done`` gets the answer."""
        workplace = self.workplace
        self.tasks.run(lambda: workplace.write(duty), partial(self._written, page, done), refused)

    def witnessed(
        self,
        page: Page,
        what: str,
        duty: Callable[[UnitOfWork, Session], T],
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """As :meth:`write`, once a second person has signed with their own passphrase.

        Args:
            what: what is signed, in one sentence.
            duty: gets the unit of work and the witness.
        """
        workplace = self.workplace
        self.witnessed_by(
            page, what, lambda witness: workplace.write(lambda unit: duty(unit, witness)), done, refused
        )

    def witnessed_by(
        self,
        page: Page,
        what: str,
        work: Callable[[Session], Answer[T]],
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """As :meth:`witnessed`, for work of the workplace itself (``work`` runs on the worker)."""
        workplace = self.workplace

        def attempt(person: str, passphrase: str, dialog: WitnessDialog) -> None:
            def signed() -> Answer[T]:
                return work(workplace.read(lambda unit: staff.prove(unit, person, passphrase)))

            def took(answer: Answer[T]) -> None:
                dialog.close_overlay()
                self._written(page, done, answer)

            def no(refusal: Refusal) -> None:
                if refusal.code in _OF_THE_WITNESS:
                    dialog.refuse("  ".join(sentence(refusal.code, refusal.facts)))
                    return
                dialog.close_overlay()
                (refused or self.tasks.refused.emit)(refusal)

            self.tasks.run(signed, took, no)

        WitnessDialog(_top(page), what, self._witnesses(), attempt)

    def trace(self, page: Page, key: str) -> None:
        """Show what stands behind an equation of the account, to whoever may read the journal."""
        if self.may(Act.READ_JOURNAL):
            self.traced.emit(key)
            page.wanted.emit("journal")

    def _witnesses(self) -> list[tuple[str, str]]:
        return [
            (person.id, f"{person.name}  {person.id}")
            for person in self.people
            if person.role in ALLOWED[Act.WITNESS] and person.id != self.by.id
        ]

    def _written(self, page: Page, done: Callable[[T], None] | None, answer: Answer[T]) -> None:
        if done:
            done(answer.value)
        page.changed.emit(set(answer.changed))
        self.written.emit()


def _top(page: Page) -> QWidget:
    return page.window()
