"""The acts on a mobile box, each a form with what is done once it is filled in: out, on the way, back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.mobile_facts import BoxesSeen
from pollstation.desktop.pages.mobile_fields import CrewChoice, Figures, RouteFields, time_today
from pollstation.desktop.pages.naming import refused
from pollstation.desktop.pages.station_names import box_title, split_seals
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.text import bare, label
from pollstation.desktop.words import Worded
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Refusal
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Session
from pollstation.i18n import _, n_
from pollstation.services import mobile_boxes
from pollstation.services.mobile_boxes import MobileBox
from pollstation.services.ports import UnitOfWork


def _seals_wanted() -> str:
    return _("Seal numbers, read on the box by two people")


@dataclass(frozen=True)
class Stage:
    """What every view of the page stands on.

    Args:
        done: back to the boxes, with the sentence that says what was done.
        back: back to the boxes, nothing done.
    """

    desk: Desk
    page: Page
    banner: Banner
    done: Callable[[str], None]
    back: Callable[[], None]

    @property
    def plan(self) -> Plan:
        """Of the open day."""
        if self.desk.plan is None:
            raise RuntimeError("no file of the day is open")
        return self.desk.plan

    def refuse(self, refusal: Refusal) -> None:
        """Say why it could not be done; what was filled in stays."""
        self.banner.say(Kind.WRONG, *refused(self.plan, refusal))


class BoxStep(Worded):
    """One act on the box in hand. Subclasses put their fields into ``self.inside``."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self._line: MobileBox | None = None
        self.inside = QVBoxLayout(self)
        bare(self.inside, 14)

    @property
    def line(self) -> MobileBox:
        """The box in hand."""
        if self._line is None:
            raise RuntimeError("no box was chosen")
        return self._line

    def take(self, line: MobileBox) -> None:
        """Take a box in hand."""
        self._line = line

    def begin(self, seen: BoxesSeen) -> None:
        """Ask anew: fill in what is known, and go to the first field."""
        raise NotImplementedError

    def about(self) -> str:
        """Box and act, as they stand beside the title."""
        raise NotImplementedError

    def primary(self) -> str:
        """The words of the main button."""
        return _("Second person signs")

    def work(self) -> None:
        """Do it, or go to what is missing."""
        raise NotImplementedError

    def sign(self, what: str, duty: Callable[[UnitOfWork, Session], object], said: str) -> None:
        """Do it once a second person has signed."""
        stage = self.stage
        stage.desk.witnessed(stage.page, what, duty, lambda _answer: stage.done(said), stage.refuse)

    def filled(self, ballots: Figures) -> bool:
        """Whether every figure was typed; else go to the one that was not."""
        missing = ballots.missing()
        if missing:
            words = _("A figure is missing."), _("Type it in; 0 where there is none.")
            self.stage.banner.say(Kind.CAUTION, *words)
            missing.setFocus()
        return missing is None


class DispatchStep(BoxStep):
    """Who goes, with how many ballots, under which seals, where, and until when."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._needed = 2
        self.crew, self.ballots = CrewChoice(), Figures(lambda: _("Taken along"))
        self.seals, self.route = QLineEdit(), RouteFields()
        self.inside.addWidget(FormRow(self._crew_wanted, self.crew))
        self.inside.addWidget(FormRow(lambda: _("Blank ballots"), self.ballots))
        self.inside.addWidget(FormRow(_seals_wanted, self.seals))
        self.inside.addWidget(self.route)
        self.inside.addStretch(1)

    def _crew_wanted(self) -> str:
        return n_("Crew: at least {count} scrutineer", "Crew: at least {count} scrutineers", self._needed)

    def about(self) -> str:
        """It leaves."""
        return _("{box} is sent out", box=box_title(self.line.box))

    def begin(self, seen: BoxesSeen) -> None:
        """Nobody ticked, no figure assumed; the way as it was planned."""
        plan = self.stage.plan
        self._needed = rules_of(plan.election).crew_minimum
        self.retranslate()
        self.crew.ask(self.stage.desk.people)
        self.ballots.ask(plan.contests, lambda each: _("in stock: {count}", count=seen.stock.get(each.id, 0)))
        self.seals.clear()
        self.route.ask(self.line)
        self.crew.setFocus()

    def work(self) -> None:
        """Write route and dispatch down in one act."""
        if not self.filled(self.ballots) or not self.route.complete():
            return
        box, by = self.line.box, self.stage.desk.by
        crew, ballots, seals = self.crew.chosen(), self.ballots.counts(), split_seals(self.seals.text())
        stops, due = self.route.stops(), self.route.back_at(self.stage.desk.clock.now())

        def duty(unit: UnitOfWork, witness: Session) -> None:
            if stops or due:
                mobile_boxes.plan_route(unit, by, box.id, stops, due)
            mobile_boxes.dispatch(unit, by, witness, box.id, crew=crew, ballots=ballots, seals_seen=seals)

        what = _(
            "Mobile box {box} leaves with a crew of {crew} and {count} ballots.",
            box=box.label,
            crew=len(crew),
            count=sum(ballots.values()),
        )
        self.sign(what, duty, _("Mobile box {box} has left.", box=box.label))


class RouteStep(BoxStep):
    """The route of a box on its own: before it leaves, or where plans change on the way."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.fields, hint = RouteFields(), label(role="muted", wrap=True)
        self.inside.addWidget(self.fields)
        self.inside.addWidget(hint)
        self.inside.addStretch(1)
        self.words(
            hint.setText,
            lambda: _("The places are numbered in this order; requests name one of them by its number."),
        )

    def about(self) -> str:
        """Where it goes."""
        return _("{box}: route", box=box_title(self.line.box))

    def primary(self) -> str:
        """One person may plan."""
        return _("Write route down")

    def begin(self, _seen: BoxesSeen) -> None:
        """Begin with what is planned."""
        self.fields.ask(self.line)
        self.fields.way.setFocus()

    def work(self) -> None:
        """Write it down."""
        if not self.fields.complete():
            return
        stage, box, by = self.stage, self.line.box, self.stage.desk.by
        stops, due = self.fields.stops(), self.fields.back_at(stage.desk.clock.now())
        said = _("Route of mobile box {box} written down.", box=box.label)
        stage.desk.write(
            stage.page,
            lambda unit: mobile_boxes.plan_route(unit, by, box.id, stops, due),
            lambda _none: stage.done(said),
            stage.refuse,
        )


class HandOverStep(BoxStep):
    """The box goes from hand to hand: label, place, time, seals and their state; another crew goes on."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.form = Form()
        self.label = self.form.add(lambda: _("Label of the box, scanned or typed"), QLineEdit())
        self.place = self.form.add(lambda: _("Place"), QLineEdit())
        self.at = self.form.add(lambda: _("Time (hours and minutes; empty: now)"), QLineEdit(), optional=True)
        self.seals = self.form.add(_seals_wanted, QLineEdit())
        self.damaged, self.other_crew, self.crew = QCheckBox(), QCheckBox(), CrewChoice()
        self._crew_row = FormRow(lambda: _("New crew"), self.crew)
        for part in (self.form, self.damaged, self.other_crew, self._crew_row):
            self.inside.addWidget(part)
        self.inside.addStretch(1)
        self.words(self.damaged.setText, lambda: _("A seal is damaged"))
        self.words(self.other_crew.setText, lambda: _("Another crew goes on with the box"))
        self.other_crew.toggled.connect(self._crew_row.setVisible)

    def about(self) -> str:
        """It changes hands."""
        return _("{box} is handed over on its way", box=box_title(self.line.box))

    def begin(self, _seen: BoxesSeen) -> None:
        """Everything empty; a crew's own laptop knows nobody but its crew."""
        self.form.clear()
        self.damaged.setChecked(False)
        self.other_crew.setChecked(False)
        self.other_crew.setVisible(not self.stage.plan.is_share_of_crew)
        self._crew_row.hide()
        self.crew.ask(self.stage.desk.people)
        self.label.setFocus()

    def scanned(self, label_: str) -> None:
        """The label was scanned."""
        self.label.setText(label_)
        self.place.setFocus()

    def work(self) -> None:
        """One gives, the other takes and signs."""
        moment = self._moment()
        if not self.form.complete():
            return
        if self.at.text().strip() and not moment:
            self.form.refuse(self.at, _("Hours and minutes, such as 14:30"))
            return
        box, by = self.line.box, self.stage.desk.by
        read, place, seals = self.label.text(), self.place.text(), split_seals(self.seals.text())
        intact = not self.damaged.isChecked()
        crew = self.crew.chosen() if self.other_crew.isChecked() else None

        def duty(unit: UnitOfWork, witness: Session) -> None:
            mobile_boxes.hand_over(
                unit,
                by,
                witness,
                box.id,
                label=read,
                place=place,
                seals_seen=seals,
                intact=intact,
                at=moment,
                crew=crew,
            )

        what = _("Mobile box {box} goes from hand to hand at {place}.", box=box.label, place=place)
        self.sign(what, duty, _("Mobile box {box} was handed over.", box=box.label))

    def _moment(self) -> datetime | None:
        """When it happened; None for now, and for what is no time."""
        return time_today(self.at.text(), self.stage.desk.clock.now()) if self.at.text().strip() else None


class ReturnStep(BoxStep):
    """What came back, under which seals."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.ballots = Figures(lambda: _("Blank"), lambda: _("Spoilt"), lambda: _("Signed the list"))
        self.seals = QLineEdit()
        self.inside.addWidget(FormRow(lambda: _("Ballots brought back"), self.ballots))
        self.inside.addWidget(FormRow(_seals_wanted, self.seals))
        self.inside.addStretch(1)

    def about(self) -> str:
        """It is here again."""
        return _("{box} comes back", box=box_title(self.line.box))

    def begin(self, _seen: BoxesSeen) -> None:
        """Ask for each paper that it carried."""
        taken = self.line.state.taken
        carried = [contest for contest in self.stage.plan.contests if contest.id in taken]
        self.ballots.ask(carried, lambda each: _("taken along: {count}", count=taken[each.id]))
        self.seals.clear()
        if field := self.ballots.missing():
            field.setFocus()

    def work(self) -> None:
        """Write the return down; what does not add up shows at once."""
        if not self.filled(self.ballots):
            return
        box, by = self.line.box, self.stage.desk.by
        blank, spoilt, signed = (self.ballots.counts(column) for column in range(3))
        seals = split_seals(self.seals.text())

        def duty(unit: UnitOfWork, witness: Session) -> None:
            mobile_boxes.take_back(
                unit, by, witness, box.id, blank=blank, spoilt=spoilt, seals_seen=seals, signed=signed
            )

        what = _(
            "Mobile box {box} is back with {blank} blank and {spoilt} spoilt ballots.",
            box=box.label,
            blank=sum(blank.values()),
            spoilt=sum(spoilt.values()),
        )
        self.sign(what, duty, _("Mobile box {box} is back.", box=box.label))
