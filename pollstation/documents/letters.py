"""What a letter of the election committee is made of: paragraphs, and a seal over its name and the date."""

from collections.abc import Callable, Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pollstation.documents.layout import LEFT, UPRIGHT, Block, Text, gap, tallest
from pollstation.documents.paper import ROW_HEIGHTS, LaidOut, Paper
from pollstation.i18n import N_, _
from pollstation.wording import terms
from pollstation.wording.forms import office

_SEAL_WIDTH = 80 * mm
_SEAL_ROOM = 14 * mm


def letter(paper: Paper, make: Callable[[float], Sequence[Block]], by: str, day: date) -> LaidOut:
    """A letter on its pages; its last block stays with the seal.

    Args:
        make: what it says, for a height of table rows; the tallest that costs no further page is used.
        by: who issues it.
        day: of issue.
    """

    def whole(height: float) -> list[Block]:
        *blocks, last = make(height)
        return [*blocks, last._replace(keep=True), _sealed(paper, by, day)]

    return LaidOut(paper, tallest(whole, ROW_HEIGHTS, paper.format.top), None)


def left(words: Text) -> Block:
    """Words that begin at the left margin."""
    width = UPRIGHT.width
    height = words.height(width)
    return Block(height, lambda canvas, top: words.draw(canvas, LEFT, top, width, height))


def paragraph(said: Sequence[str], size: float = 13, bold: bool = False) -> list[Block]:
    """A paragraph, in each language one, with air above it; Chinese ones are indented."""
    return [gap(2.5 * mm), left(Text([_indented(one) for one in said], size, bold, "left"))]


def _indented(paragraph: str) -> str:
    return f"　　{paragraph}" if paragraph[:1] > "\u2e80" else paragraph


def about(paper: Paper, message: str, **facts: object) -> tuple[str, ...]:
    """``message`` in each language, with the ``day``, ``round``, ``constituency`` and ``office`` voted on."""
    head = paper.head
    day = {"year": head.day.year, "month": head.day.month, "day": head.day.day}

    def say() -> str:
        return _(
            message,
            day=_("{year}-{month:02}-{day:02}", **day),
            round=terms.word(head.round) if head.round else "",
            constituency=head.constituency,
            office=office(head.level) if head.level else "",
            **facts,
        )

    return paper.each(say)


def _sealed(paper: Paper, by: str, day: date) -> Block:
    """At the right below the text: who issues it, and when, with room for the seal over both."""
    words = (Text((by,), 13), Text(paper.say(N_("Seal")), 9), Text(paper.day(day), 13))
    width = max(_SEAL_WIDTH, *(text.natural_width() for text in words))
    heights = [text.height(width) for text in words]

    def draw(canvas: Canvas, top: float) -> None:
        top -= _SEAL_ROOM
        for text, height in zip(words, heights, strict=True):
            text.draw(canvas, LEFT + paper.format.width - width, top, width, height)
            top -= height

    return Block(sum(heights) + _SEAL_ROOM, draw)
