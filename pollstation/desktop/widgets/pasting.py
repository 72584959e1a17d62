"""Figures from the clipboard, as spreadsheets put them there: a line for each row, tabs between columns."""

import unicodedata

from pollstation.i18n import _


class NotPasted(Exception):
    """The clipboard does not fit; its text says why, in the spoken language."""


def figures(text: str, rows: int, columns: int, largest: int) -> list[list[int]]:
    """The block of figures in ``text``: one line, or as many as there are rows from the field on.

    Args:
        rows: from the field in hand to the last of its kind.
        columns: from the field in hand to the last of its row.
        largest: no figure may be larger.

    Raises:
        NotPasted: a block of another size, or something in it that is no count; then nothing is pasted.
    """
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    if len(lines) not in (1, rows):
        raise NotPasted(
            _("Not pasted: the clipboard has {lines} lines, here are {rows}.", lines=len(lines), rows=rows)
        )
    wide = {len(line) for line in lines}
    if len(wide) > 1 or max(wide) > columns:
        raise NotPasted(
            _(
                "Not pasted: the clipboard has {wide} columns, here are {columns}.",
                wide=max(wide),
                columns=columns,
            )
        )
    return [[_count(cell, at, largest) for cell in line] for at, line in enumerate(lines, start=1)]


def _count(cell: str, line: int, largest: int) -> int:
    """One figure; full-width digits, as input methods make them, are digits too."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not (text.isascii() and text.isdigit()):
        raise NotPasted(_("Not pasted: “{text}” in line {line} is no count.", text=text[:12], line=line))
    if int(text[:12]) > largest:
        raise NotPasted(_("Not pasted: {text} in line {line} is too large.", text=text[:12], line=line))
    return int(text)
