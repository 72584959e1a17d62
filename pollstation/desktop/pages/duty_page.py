"""What the pages of the duties share: they read their facts on the worker and show them when they come."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.documents import AnyForm
from pollstation.domain.contests import Plan
from pollstation.domain.staff import Session
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.wording import terms

T = TypeVar("T")


class DutyPage(Page):
    """A page of one duty. Subclasses read in :meth:`look`, which runs only while somebody is signed in."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        super().__init__()

    @property
    def plan(self) -> Plan:
        """The plan of the open day."""
        if self.desk.plan is None:
            raise RuntimeError("no file of the day is open")
        return self.desk.plan

    def title(self) -> str:
        """The name of the duty."""
        return terms.duty(self.duty)

    def refresh(self, _changed: set[str]) -> None:
        """Look again, whatever changed: a page's facts are few and read in one moment."""
        if self.desk.session is not None:
            self.look()

    def look(self) -> None:
        """Read what the page shows."""
        raise NotImplementedError

    def do(self, duty: Callable[[UnitOfWork], T], done: Callable[[T], None] | None = None) -> None:
        """Do one use case of one person."""
        self.desk.write(self, duty, done)

    def sign(
        self, what: str, duty: Callable[[UnitOfWork, Session], T], done: Callable[[T], None] | None = None
    ) -> None:
        """Do one use case once a second person has signed ``what``."""
        self.desk.witnessed(self, what, duty, done)

    def preview(self, fill: Callable[[Reading], Sequence[AnyForm]], name: str) -> None:
        """Show forms as they will be printed; ``name`` is proposed for their file."""

        def show(filled: Sequence[AnyForm]) -> None:
            PrintPreview(self, self.desk.tasks, filled, name)

        self.desk.read(fill, show)
