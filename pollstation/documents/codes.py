"""QR codes on paper."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import qrcode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas


def draw_code(canvas: Canvas, payload: str, x: float, bottom: float, side: float) -> None:
    """Draw ``payload`` as a square whose lower left corner is (x, bottom), in points."""
    modules = _modules(payload)
    module = side / len(modules)
    for at, line in enumerate(modules):
        left = x
        for dark, run in groupby(line):
            length = len(list(run)) * module
            if dark:
                canvas.rect(left, bottom + side - (at + 1) * module, length, module, stroke=0, fill=1)
            left += length


_QUIET: float = 6 * mm


@dataclass(frozen=True)
class Code:
    """A code in the middle of a table's cell."""

    payload: str
    side: float = 22 * mm

    def height(self, _width: float) -> float:
        """The code and the quiet zone around it."""
        return self.side + _QUIET

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw it into the cell."""
        draw_code(
            canvas,
            self.payload,
            x + (width - self.side) / 2,
            top - (height + self.side) / 2,
            self.side,
        )


@lru_cache(maxsize=16)
def _modules(payload: str) -> list[list[bool]]:
    code = qrcode.QRCode(border=0)
    code.add_data(payload)
    code.make(fit=True)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix
