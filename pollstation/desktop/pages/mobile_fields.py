"""What the acts on a mobile box are filled in with: ballots by contest, the way, who goes along."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QIntValidator
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout

from pollstation.desktop import theme
from pollstation.desktop.pages.station_names import contest_title
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.text import bare, clear, label
from pollstation.desktop.words import Worded
from pollstation.domain.contests import Contest
from pollstation.domain.staff import Person, Role
from pollstation.i18n import _
from pollstation.services.mobile_boxes import MobileBox
from pollstation.wording import terms
from pollstation.wording.facts import hour_and_minute

MOST = 99_999


class Figures(Worded):
    """A count for each contest in one or more columns, e.g. blank and spoilt.

    Args:
        columns: answers the heading of each column.
    """

    def __init__(self, *columns: Callable[[], str]) -> None:
        super().__init__()
        self._columns = columns
        self._said: list[Callable[[], None]] = []
        self.fields: list[dict[str, QLineEdit]] = [{} for _column in columns]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setColumnMinimumWidth(0, theme.px(200))
        self._grid.setColumnStretch(len(columns) + 1, 1)

    def ask(self, contests: Sequence[Contest], beside: Callable[[Contest], str]) -> None:
        """Ask anew; ``beside`` says what is known about a contest."""
        clear(self._grid)
        self._said = []
        for column, heading in enumerate(self._columns, start=1):
            self._grid.addWidget(self._label("small", heading), 0, column)
        self.fields = [{} for _column in self._columns]
        for number, contest in enumerate(contests, start=1):
            words = QVBoxLayout()
            bare(words, 0)
            words.addWidget(self._label("strong", partial(contest_title, contest)))
            words.addWidget(self._label("small", partial(beside, contest)))
            self._grid.addLayout(words, number, 0)
            for column, fields in enumerate(self.fields):
                fields[contest.id] = field = _figure()
                self._say(partial(_name_field, field, contest, self._columns[column]))
                self._grid.addWidget(field, number, column + 1)

    def _label(self, role: str, words: Callable[[], str]) -> QLabel:
        made = label(role=role)
        self._say(lambda: made.setText(words()))
        return made

    def _say(self, say: Callable[[], None]) -> None:
        self._said.append(say)
        say()

    def retranslate(self) -> None:
        """What was typed stays."""
        super().retranslate()
        for say in self._said:
            say()

    def counts(self, column: int = 0) -> dict[str, int]:
        """What was put in, by contest."""
        return {contest: int(field.text()) for contest, field in self.fields[column].items()}

    def missing(self) -> QLineEdit | None:
        """The first field in which nothing stands yet: a zero is typed, never assumed."""
        return next((one for fields in self.fields for one in fields.values() if not one.text()), None)


def _name_field(field: QLineEdit, contest: Contest, column: Callable[[], str]) -> None:
    field.setAccessibleName(f"{contest_title(contest)} {column()}")


def _figure() -> QLineEdit:
    field = QLineEdit()
    field.setValidator(QIntValidator(0, MOST, field))
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    field.setFixedWidth(theme.px(110))
    return field


def split_stops(text: str) -> list[str]:
    """Places as people type them: with any comma, or an arrow, between."""
    for mark in ",，、;；→":
        text = text.replace(mark, "\n")
    return [place.strip() for place in text.split("\n") if place.strip()]


def time_today(text: str, now: datetime) -> datetime | None:
    """A time of today as people type it, such as ``14:30`` or ``1430``; None where it is no time."""
    digits = "".join(character for character in text if character.isdigit())
    try:
        at = time(int(digits[:-2]), int(digits[-2:]))
    except ValueError:
        return None
    return now.astimezone().replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)


class RouteFields(Worded):
    """Where a box goes, in order, and when it is to be back."""

    def __init__(self) -> None:
        super().__init__()
        self.way, self.due = QLineEdit(), QLineEdit()
        self._due_row = FormRow(lambda: _("To be back at (hours and minutes)"), self.due)
        inside = QVBoxLayout(self)
        bare(inside, 0)
        inside.addWidget(Columns(FormRow(lambda: _("Way (places, in order)"), self.way), self._due_row))
        self.begin_at(self.way)

    def ask(self, line: MobileBox) -> None:
        """Begin with what is planned."""
        self.way.setText("、".join(line.route or filter(None, (line.box.area,))))
        self.due.setText(hour_and_minute(line.state.due) if line.state.due else "")
        self._due_row.refuse("")

    def stops(self) -> list[str]:
        """Places in order."""
        return split_stops(self.way.text())

    def complete(self) -> bool:
        """Whether the time can be read, or none is given; else the field says so."""
        readable = not self.due.text().strip() or time_today(self.due.text(), datetime.now().astimezone())
        self._due_row.refuse("" if readable else _("Hours and minutes, such as 14:30"))
        if not readable:
            self.due.setFocus()
        return bool(readable)

    def back_at(self, now: datetime) -> datetime | None:
        """When it is to be back; None where nobody said."""
        return time_today(self.due.text(), now) if self.due.text().strip() else None


class CrewChoice(Worded):
    """Who carries the box: scrutineers first, each a box to tick."""

    def __init__(self) -> None:
        super().__init__()
        self._people: list[Person] = []
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)

    def ask(self, people: Sequence[Person]) -> None:
        """Ask anew among those who may go."""
        clear(self._grid)
        crew = [one for one in people if one.role in (Role.SCRUTINEER, Role.OFFICER)]
        crew.sort(key=lambda one: one.role is not Role.SCRUTINEER)
        self._people, self._boxes = crew, {one.id: QCheckBox() for one in crew}
        for at, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, at // 2, at % 2)
        self.retranslate()

    def retranslate(self) -> None:
        """Who is ticked stays."""
        super().retranslate()
        for person in self._people:
            self._boxes[person.id].setText(f"{person.name}  {terms.word(person.role)}")

    def chosen(self) -> list[str]:
        """Ids of those who go."""
        return [person for person, box in self._boxes.items() if box.isChecked()]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first of them."""
        super().focusInEvent(event)
        if first := next(iter(self._boxes.values()), None):
            first.setFocus(event.reason())
