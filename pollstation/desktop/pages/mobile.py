"""Mobile boxes: requests, where each box is and in whose hands, voters served, taking back, differences."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.mobile_crew import CrewFile
from pollstation.desktop.pages.mobile_facts import BoxesSeen, see_boxes, warning
from pollstation.desktop.pages.mobile_overview import Overview
from pollstation.desktop.pages.mobile_requests import RequestsView
from pollstation.desktop.pages.mobile_serve import ServeView
from pollstation.desktop.pages.mobile_steps import (
    BoxStep,
    DispatchStep,
    HandOverStep,
    ReturnStep,
    RouteStep,
    Stage,
)
from pollstation.desktop.pages.station_names import box_title, box_titled
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.text import card
from pollstation.desktop.widgets.views import Views
from pollstation.documents import AnyForm, mobile_filling
from pollstation.documents.form_parts import form_head
from pollstation.domain.boxes import BoxState
from pollstation.domain.register import Voter
from pollstation.i18n import _
from pollstation.services import mobile_boxes
from pollstation.services.box_labels import box_labels
from pollstation.services.ports import Reading


class MobileBoxes(DutyPage):
    """The boxes; from there the acts on the one in hand, requests, voters served, the crew's laptop."""

    duty = "mobile-boxes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._listed_before_serving = False
        self.banner, self._views, self._empty = Banner(), Views(), EmptyState("box")
        stage = Stage(desk, self, self.banner, self._done, self.to_overview)
        self.dispatch, self.hand_over = DispatchStep(stage), HandOverStep(stage)
        self.route, self.take_back = RouteStep(stage), ReturnStep(stage)
        self._cards: dict[BoxStep, QFrame] = {
            step: self._card(step) for step in (self.dispatch, self.route, self.hand_over, self.take_back)
        }
        self.overview = Overview(desk, self, self._acts())
        self.serve = ServeView(desk, self, self._served, self._from_serving)
        self.requests = RequestsView(desk, self, self._serve_one, self.to_overview)
        self.crew_file = CrewFile(stage)
        views = (self._empty, self.overview, *self._cards.values(), self.serve, self.requests, self.crew_file)
        for view in views:
            self._views.addWidget(view)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._views, 1)
        self.overview.pointed.connect(self._warn)
        self.words(lambda _text: self._say_empty(), str)

    def _say_empty(self) -> None:
        self._empty.say(
            _("This station has no mobile box."),
            _("Mobile boxes are named in the election package."),
        )

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What the buttons of the overview do."""
        return {
            "requests": self._to_requests,
            "laptop": self._to_crew_file,
            "route": partial(self._to, self.route),
            "hand_on": partial(self._to, self.hand_over),
            "paper": self.print_papers,
            "labels": self.print_labels,
            "send": partial(self._to, self.dispatch),
            "take_back": partial(self._to, self.take_back),
            "main": self._main,
        }

    def _card(self, step: BoxStep) -> QFrame:
        view, inside = card()
        inside.addWidget(step, 1)
        back = self.button(lambda: _("Back"), self.to_overview, "Esc")
        self.at_foot(view, back, self.button(step.primary, step.work, "Enter", primary=True))
        return view

    # From view to view

    def _show(self, view: QWidget, about: Callable[[], str]) -> None:
        self.banner.clear()
        self.describe(about)
        self._views.setCurrentWidget(view)

    def to_overview(self) -> None:
        """Back to the boxes."""
        self._show(self.overview if self.overview.seen.boxes else self._empty, str)
        self._warn()
        self.overview.setFocus()

    def _to(self, step: BoxStep) -> None:
        """To one act on the box in hand."""
        if line := self.overview.line:
            step.take(line)
            self._show(self._cards[step], step.about)
            step.begin(self.overview.seen)

    def _to_requests(self) -> None:
        self._show(self.requests, lambda: _("requests for the mobile box"))
        self.requests.to_list()

    def _to_crew_file(self) -> None:
        if line := self.overview.line:
            self._show(self.crew_file, lambda: _("{box}: the crew's laptop", box=box_title(line.box)))
            self.crew_file.ask(line)

    def _to_serving(self, box: str, token: str = "") -> None:
        self._show(self.serve, lambda: _("{box}: voters served", box=box_titled(self.plan, box)))
        self.serve.ask(box, token)

    def _serve_one(self, box: str, token: str) -> None:
        """From the list of requests to the voter who was served."""
        self._listed_before_serving = True
        self._to_serving(box, token)

    def _main(self) -> None:
        line = self.overview.line
        if line and line.state.state is BoxState.SEALED:
            self._to(self.dispatch)
        elif line:
            self._listed_before_serving = False
            self._to_serving(line.box.id)

    def _from_serving(self) -> None:
        if self._listed_before_serving:
            self._to_requests()
        else:
            self.to_overview()

    # What stands

    def look(self) -> None:
        """Read boxes, account and stock again."""
        self.desk.read(see_boxes, self._take)

    def _take(self, seen: BoxesSeen) -> None:
        self.requests.show_requests(seen.requests, seen.boxes)
        self.overview.show_now(seen)
        if self._views.currentWidget() in (self._empty, self.overview):
            self._views.setCurrentWidget(self.overview if seen.boxes else self._empty)

    def _warn(self) -> None:
        """Say at once what does not add up about the box in hand, and what to do about it."""
        if self._views.currentWidget() not in (self._empty, self.overview):
            return
        line = self.overview.line
        if line and (said := warning(line, self.overview.seen.account_of(line.box.id))):
            self.banner.say(*said)
        else:
            self.banner.clear()

    def _done(self, sentence: str) -> None:
        self.to_overview()
        self.say(sentence)

    def _served(self, voter: Voter) -> None:
        box = self.plan.box(self.serve.box).label
        if self._listed_before_serving:
            self._to_requests()
        self.say(
            _("{name}, card {card}: served at mobile box {box}", name=voter.name, card=voter.card, box=box)
        )

    # Paper and scans

    def print_papers(self) -> None:
        """The run sheet while voters are to be visited, and the record once the box has left."""
        if not (line := self.overview.line):
            return
        box, has_left = line.box.id, bool(line.state.taken)

        def fill(unit: Reading) -> list[AnyForm]:
            sheet = mobile_filling.run_sheet(unit, box)
            record = [mobile_filling.mobile_record(unit, box)] if has_left else []
            return [*([sheet] if sheet.voters or not has_left else []), *record]

        self.preview(fill, f"mobile-box-{box}")

    def print_labels(self) -> None:
        """The labels of every box of the station, mobile and fixed."""
        self.preview(
            lambda unit: [box_labels(unit, form_head(unit))], f"{_('Labels of the ballot boxes')}.pdf"
        )

    def wants_scan(self, code: str) -> bool:
        """The label of a box; a voter card where voters are written down, as served or as asking."""
        view = self._views.currentWidget()
        asked = view is self.requests and self.requests.asks_voter
        return code.startswith(mobile_boxes.LABEL_PREFIX) or asked or view is self.serve

    def scanned(self, code: str) -> None:
        """A card is the voter. A label goes into its field, or takes that box in hand."""
        if not code.startswith(mobile_boxes.LABEL_PREFIX):
            (self.requests.voter if self.requests.asks_voter else self.serve).scanned(code)
            return
        box = code.removeprefix(mobile_boxes.LABEL_PREFIX)
        if self._views.currentWidget() is self._cards[self.hand_over]:
            self.hand_over.scanned(box)
        else:
            self.overview.take(box)
