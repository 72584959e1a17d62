"""Spreadsheets of the committee's clerks: CSV (UTF-8 or GB 18030) and XLSX, headings Chinese or English."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, PasswordError, XmlError, ZipError, load_workbook

from pollstation.domain.errors import Code, Fault

ENDINGS = (".csv", ".xlsx")
_EXACT = 10**15
"""Whole numbers from here on may have lost digits in a spreadsheet's numeric cell."""

SEXES = {
    **dict.fromkeys(("男", "male", "m"), "male"),
    **dict.fromkeys(("女", "female", "f"), "female"),
    "": "",
}
"""What clerks write, in small letters."""
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


class Column(NamedTuple):
    """One column a table may have."""

    name: str
    headings: tuple[str, ...]
    """Other headings it goes by, besides its name."""
    required: bool = True


class Row(NamedTuple):
    """One line of a table; ``number`` is the one the spreadsheet shows."""

    number: int
    cells: dict[str, object]
    """By column name; columns that the file does not have are absent."""

    def text(self, column: str) -> str:
        """A cell as text, outer and doubled white space taken away; empty where there is none."""
        return text_of(self.cells.get(column, ""))

    def list(self, column: str) -> tuple[str, ...]:
        """A cell of several values divided by commas, semicolons, 、 or white space."""
        text = self.text(column)
        for divider in ",;，；、|/":
            text = text.replace(divider, " ")
        return tuple(dict.fromkeys(text.split()))

    def lost_digits(self, column: str) -> bool:
        """Whether the cell is a number too long to have come through a numeric cell unharmed."""
        value = self.cells.get(column)
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _EXACT


class Table(NamedTuple):
    """A table that was read, and what is wrong with it as a whole."""

    file: str
    rows: list[Row]
    faults: list[Fault]

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return any(column in row.cells for row in self.rows)


def text_of(value: object) -> str:
    """A cell's value as the clerk meant it: whole numbers without a point, dates as YYYY-MM-DD."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\ufeff", "").replace("\u200b", "").split())


def date_in(text: str) -> date | None:
    """The date a clerk wrote, such as 1980-01-31, 1980.1.31 or 1980年1月31日; None where it is none."""
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def is_there(folder: Path, stem: str) -> bool:
    """Whether the folder has a table of that name."""
    return any((folder / f"{stem}{ending}").is_file() for ending in ENDINGS)


def read_table(folder: Path, stem: str, columns: Sequence[Column]) -> Table:
    """Read ``stem.csv`` or ``stem.xlsx`` in ``folder``; blank lines are skipped."""
    files = [folder / f"{stem}{ending}" for ending in ENDINGS if (folder / f"{stem}{ending}").is_file()]
    if not files:
        return _unread(f"{stem}.csv", Code.FOLDER_FILE_MISSING)
    if len(files) > 1:
        return _unread(files[0].name, Code.FOLDER_FILE_TWICE, other=files[1].name)
    file = files[0]
    try:
        lines = _csv_lines(file) if file.suffix == ".csv" else _xlsx_lines(file)
    except (OSError, UnicodeDecodeError, csv.Error, CalamineError, PasswordError, XmlError, ZipError):
        return _unread(file.name, Code.FOLDER_FILE_UNREADABLE)
    return _with_headings(file.name, lines, columns)


def _unread(file: str, code: Code, **facts: object) -> Table:
    return Table(file, [], [Fault(code=code, file=file, facts=facts)])


def _csv_lines(file: Path) -> list[Sequence[object]]:
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def _xlsx_lines(file: Path) -> list[Sequence[object]]:
    with load_workbook(file) as book:
        return list(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def _with_headings(file: str, lines: Iterable[Sequence[object]], columns: Sequence[Column]) -> Table:
    every = iter(lines)
    places, faults = _places(file, [text_of(cell) for cell in next(every, [])], columns)
    rows = [
        Row(number, {name: line[at] if at < len(line) else "" for name, at in places.items()})
        for number, line in enumerate(every, start=2)
        if any(text_of(cell) for cell in line)
    ]
    if not rows and not faults:
        faults.append(Fault(code=Code.TABLE_EMPTY, file=file))
    return Table(file, rows, faults)


def _places(
    file: str, headings: Sequence[str], columns: Sequence[Column]
) -> tuple[Mapping[str, int], list[Fault]]:
    """Where each column stands; headings that mean nothing here are left alone."""
    names = {known.casefold(): column.name for column in columns for known in (column.name, *column.headings)}
    places: dict[str, int] = {}
    faults = []
    for at, heading in enumerate(headings):
        name = names.get(heading.casefold())
        if name in places:
            faults.append(Fault(code=Code.COLUMN_TWICE, file=file, row=1, field=name))
        elif name:
            places[name] = at
    faults += [
        Fault(
            code=Code.COLUMN_MISSING,
            file=file,
            row=1,
            field=column.name,
            facts={"headings": " / ".join((*column.headings, column.name))},
        )
        for column in columns
        if column.required and column.name not in places
    ]
    return places, faults
