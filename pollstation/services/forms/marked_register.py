"""选民名册: what a section of the marked register shows."""

import msgspec

from pollstation.services.forms.parts import FormHead
from pollstation.services.marked_register import Section


class MarkedRegisterForm(msgspec.Struct, frozen=True, kw_only=True):
    """One section of the register with its marks."""

    head: FormHead
    section: Section
