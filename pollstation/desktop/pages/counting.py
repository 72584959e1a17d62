"""The count: a list of boxes and sheets, and from there into one sheet and back."""

from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.count_overview import CountOverview
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.sheet_approval import SheetApproval
from pollstation.desktop.pages.sheet_entry import SheetEntry
from pollstation.desktop.widgets.views import Views


class CountingPage(DutyPage):
    """Holds the three views of the count; each is a page of its own with its own buttons and keys."""

    duty = "count"
    has_heading = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.overview, self.entry, self.approval = CountOverview(desk), SheetEntry(desk), SheetApproval(desk)
        self.views: tuple[DutyPage, ...] = (self.overview, self.entry, self.approval)
        self._stack = Views()
        for view in self.views:
            self._stack.addWidget(view)
            view.said.connect(self.said)
            view.changed.connect(self.changed)
            view.wanted.connect(self.wanted)
        outside = self.layout()
        if outside:
            outside.setContentsMargins(0, 0, 0, 0)
            outside.setSpacing(0)
        self.body.addWidget(self._stack)
        self.overview.left.connect(self.left)
        self.overview.entered.connect(self._enter)
        self.overview.examined.connect(self._examine)
        for view in (self.entry, self.approval):
            view.left.connect(lambda: self._show(self.overview))
        self.begin_at(self.overview)
        desk.signed.connect(lambda: self._show(self.overview))

    def keys(self) -> list[tuple[str, str]]:
        """Those of the view shown."""
        view = self._stack.currentWidget()
        return view.keys() if isinstance(view, DutyPage) else []

    def refresh(self, changed: set[str]) -> None:
        """Hand on what changed; each view refreshes when it is seen."""
        for view in self.views:
            view.tell(changed)

    def _show(self, view: DutyPage) -> None:
        self._stack.setCurrentWidget(view)
        self.begin_at(view)
        view.freshen()
        view.setFocus()

    def _enter(self, sheet: str) -> None:
        self.entry.open_sheet(sheet)
        self._show(self.entry)

    def _examine(self, sheet: str) -> None:
        self.approval.open_sheet(sheet)
        self._show(self.approval)
