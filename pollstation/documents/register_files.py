"""The marked register as forms, and as files on the second medium, where only what changed is drawn again."""

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pollstation.documents import make
from pollstation.documents.form_parts import form_head
from pollstation.services.forms.marked_register import MarkedRegisterForm
from pollstation.services.forms.parts import FormHead
from pollstation.services.marked_register import Order, RegisterKeeper, Section, marked_register
from pollstation.services.ports import Reading

_UNFIT = re.compile(r'[\x00-\x1f/\\:*?"<>|]')
_LONGEST_NAME = 40


def register_forms(unit: Reading, order: Order) -> list[MarkedRegisterForm]:
    """The whole marked register as it stands, one form for each section."""
    head = form_head(unit)
    return [_form(head, section) for section in marked_register(unit, order)]


def _form(head: FormHead, section: Section) -> MarkedRegisterForm:
    station = f"{head.station} · {section.name}" if section.name else head.station
    return MarkedRegisterForm(head=msgspec.structs.replace(head, station=station), section=section)


class RegisterUpdate(NamedTuple):
    """What has to be written now."""

    forms: list[MarkedRegisterForm]
    whole: bool
    """Whether these are all sections; else those written before are still good."""


class RegisterFiles:
    """Knows what of the marked register has to be written again.

    The owner of the station file asks what is due; it is drawn and written beside (:func:`write_register`),
    for which neither the file nor this object is needed.
    """

    def __init__(self) -> None:
        self._keeper: RegisterKeeper | None = None
        self._changed: set[str] = set()

    def note(self, changed: Collection[str]) -> None:
        """Take note of streams that changed; others than voters' are passed over."""
        self._changed.update(name for name in changed if name.startswith("voter:"))

    def due(self, unit: Reading) -> RegisterUpdate:
        """The sections to write now: those with a voter who changed; all at first, and after a late entry."""
        changed, self._changed = self._changed, set()
        whole = self._keeper is None or not self._keeper.knows(changed)
        if self._keeper is None or whole:
            order = Order.GROUP if any(voter.group for voter in unit.voters()) else Order.NUMBER
            self._keeper = RegisterKeeper(unit, order)
            sections = self._keeper.everything()
        else:
            sections = self._keeper.changed(unit, changed)
        head = form_head(unit)
        return RegisterUpdate([_form(head, section) for section in sections], whole)

    def begin_again(self) -> None:
        """Write everything the next time: the medium is another one, or could not be written."""
        self._keeper = None


def write_register(folder: Path, update: RegisterUpdate, languages: Sequence[str]) -> None:
    """Draw the sections, each a PDF of its own in ``folder``, in the place of the older one.

    Raises:
        OSError: the medium is gone, full or locked, or is not the one that holds the other sections.
    """
    if update.whole:
        folder.mkdir(exist_ok=True)
    for form in update.forms:
        name = _UNFIT.sub("_", form.section.name)[:_LONGEST_NAME]
        file = f"{form.section.place:03d} {name}".strip()
        draft = folder / f"{file}.part"
        with draft.open("wb") as written:
            written.write(make(languages, form))
            written.flush()
            os.fsync(written.fileno())
        draft.replace(folder / f"{file}.pdf")
