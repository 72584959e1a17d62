"""Blocks, cells and pages: the little layout the forms need, in points, from the top of an A4 page down.

Pages stand upright; where a table needs the room they lie across, as wide as :data:`ACROSS` says.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pollstation.documents import fonts

LEFT: float = 18 * mm


class Format(NamedTuple):
    """A page: its size, and from it the room for what is printed; margins are the same on all."""

    size: tuple[float, float]

    @property
    def width(self) -> float:
        """Between the margins."""
        return float(self.size[0] - LEFT - 16 * mm)

    @property
    def top(self) -> float:
        """Where printing begins."""
        return float(self.size[1] - 13 * mm)


UPRIGHT, ACROSS = Format(A4), Format(landscape(A4))
WIDTH: float = UPRIGHT.width
TOP: float = UPRIGHT.top
RUNNING_HEAD: float = 11 * mm
BOTTOM: float = 30 * mm

_SECOND_LANGUAGE = 0.72
_LEADING = 1.36
PADDING: float = 2 * mm
_ABOVE_AND_BELOW: float = 1.6 * mm
_RULE = 0.6


class Content(Protocol):
    """What stands in a cell."""

    def height(self, width: float) -> float:
        """The least height it needs at this width."""
        ...

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw it into the cell whose upper left corner is (x, top)."""
        ...


@dataclass(frozen=True)
class Text:
    """Words in a cell: one paragraph a language, the first in full size, further ones smaller below.

    ``equal`` paragraphs are all in full size: several things said, not one in several languages.
    """

    words: Sequence[str]
    size: float = 10.5
    bold: bool = False
    align: str = "centre"
    equal: bool = False

    def _broken(self, width: float) -> "_Broken":
        return _broken(tuple(self.words), self.size, self.bold, self.equal, width)

    def natural_width(self) -> float:
        """The width at which no line breaks."""
        lines, _height = self._broken(WIDTH)
        return max(fonts.width(line, font, size) for line, font, size in lines) + 2 * PADDING

    def height(self, width: float) -> float:
        """Height of all lines with room above and below."""
        return self._broken(width)[1] + _ABOVE_AND_BELOW

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw the lines in the middle of the cell's height."""
        lines, high = self._broken(width)
        y = top - (height - high) / 2
        for line, font, size in lines:
            canvas.setFont(font, size)
            baseline = y - size * 1.06
            if self.align == "centre":
                canvas.drawCentredString(x + width / 2, baseline, line)
            elif self.align == "right":
                canvas.drawRightString(x + width - PADDING, baseline, line)
            else:
                canvas.drawString(x + PADDING, baseline, line)
            y -= size * _LEADING


_Broken = tuple[tuple[tuple[str, str, float], ...], float]
"""Lines, each with its font and size, and the height of all of them."""


@lru_cache(maxsize=8192)
def _broken(words: tuple[str, ...], size: float, bold: bool, equal: bool, width: float) -> _Broken:
    """``words`` broken for a cell of this width; the same words stand on many pages."""
    first = (fonts.BOLD if bold else fonts.REGULAR, size)
    further = first if equal else (fonts.REGULAR, size * _SECOND_LANGUAGE)
    lines = tuple(
        (line, font, high)
        for at, paragraph in enumerate(words)
        for font, high in (further if at else first,)
        for line in fonts.lines(paragraph, font, high, width - 2 * PADDING)
    )
    return lines, sum(high * _LEADING for _line, _font, high in lines)


def figure(number: int | None, size: float = 13) -> Text:
    """A figure as the forms show it: bold, in the middle; None leaves the place empty for the pen."""
    return Text(("" if number is None else str(number),), size, bold=True)


def known(number: int | None) -> Text:
    """A figure, or a dash where there is none to give."""
    return Text(("—",)) if number is None else figure(number)


def hour(time: datetime | None) -> str:
    """A time of the day; nothing where there is none yet."""
    return f"{time:%H:%M}" if time else ""


class Block(NamedTuple):
    """A piece of a page that is never broken.

    ``keep`` ties it to the next block; ``head`` is drawn again above it where a table goes on overleaf.
    """

    height: float
    draw: Callable[[Canvas, float], None]
    keep: bool = False
    head: "Block | None" = None


def stack(*blocks: Block) -> Block:
    """Several blocks as one."""

    def draw(canvas: Canvas, top: float) -> None:
        for block in blocks:
            block.draw(canvas, top)
            top -= block.height

    return Block(sum(block.height for block in blocks), draw, keep=blocks[-1].keep)


def together(blocks: Sequence[Block]) -> list[Block]:
    """All of them on one page, where a page can hold them."""
    return [*(block._replace(keep=True) for block in blocks[:-1]), *blocks[-1:]]


def gap(height: float) -> Block:
    """Empty paper, which goes with what follows it."""
    return Block(height, lambda _canvas, _top: None, keep=True)


def row(
    cells: Sequence[tuple[float, Content]],
    at_least: float,
    head: Block | None = None,
    width: float = WIDTH,
) -> Block:
    """A ruled table row of (share of the width, content); as high as its fullest cell, or ``at_least``."""
    whole = sum(share for share, _content in cells)
    widths = [width * share / whole for share, _content in cells]
    edges = list(accumulate(widths, initial=LEFT))
    height = max(at_least, *(content.height(w) for (_s, content), w in zip(cells, widths, strict=True)))

    def draw(canvas: Canvas, top: float) -> None:
        canvas.setLineWidth(_RULE)
        canvas.rect(LEFT, top - height, width, height)
        for x in edges[1:-1]:
            canvas.line(x, top, x, top - height)
        for x, w, (_share, content) in zip(edges, widths, cells, strict=False):
            content.draw(canvas, x, top, w, height)

    return Block(height, draw, head=head)


def table(
    shares: Sequence[float],
    heads: Sequence[Content],
    rows: Sequence[Sequence[Content]],
    at_least: float,
    width: float = WIDTH,
) -> list[Block]:
    """A table whose head is repeated on every page it reaches."""
    head = row(list(zip(shares, heads, strict=True)), 0, width=width)._replace(keep=True)
    body = [row(list(zip(shares, contents, strict=True)), at_least, head, width) for contents in rows]
    return [head, *body]


def pages(blocks: Sequence[Block], top: float = TOP) -> list[list[Block]]:
    """Blocks dealt out over pages; what is tied together stays together where a page can hold it."""
    done: list[list[Block]] = [[]]
    room = top - BOTTOM
    whole_page = top - RUNNING_HEAD - BOTTOM
    for group in _groups(blocks, whole_page):
        height = sum(block.height for block in group)
        if done[-1] and height > room:
            done.append([])
            room = whole_page
            if head := group[0].head:
                done[-1].append(head)
                room -= head.height
        done[-1] += group
        room -= height
    return done


def _groups(blocks: Sequence[Block], whole_page: float) -> Iterator[list[Block]]:
    """Runs of blocks tied together; a run that no page can hold falls into its blocks."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if block.keep:
            continue
        if sum(b.height for b in group) <= whole_page:
            yield group
        else:
            yield from ([b] for b in group)
        group = []


_served: dict[tuple[float, ...], int] = {}
"""Which of some heights served last: forms of one kind come one after another, so it is tried first."""


def tallest(
    make: Callable[[float], list[Block]], heights: Sequence[float], top: float = TOP
) -> list[list[Block]]:
    """Pages of the form whose rows are as tall as they can be without taking one page more."""
    last, guess = len(heights) - 1, _served.get((*heights, top), 0)
    laid_out = cache(lambda at: pages(make(heights[at]), top))
    fewest = 1 if len(laid_out(guess)) == 1 else len(laid_out(last))

    def fits(at: int) -> bool:
        return len(laid_out(at)) == fewest

    at = guess
    if not fits(guess) or (guess and fits(guess - 1)):
        at = bisect_left(range(last), True, key=fits)
    _served[*heights, top] = at
    return laid_out(at)
