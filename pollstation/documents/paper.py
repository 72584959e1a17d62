"""The sheet every form is printed on: title, head, running head, signatures, journal code, rehearsal mark."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

import qrcode
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pollstation.documents import fonts
from pollstation.documents.layout import (
    BOTTOM,
    LEFT,
    PADDING,
    RUNNING_HEAD,
    TOP,
    WIDTH,
    Block,
    Content,
    Text,
    figure,
    gap,
    row,
    table,
    tallest,
)
from pollstation.i18n import N_, _, speaking
from pollstation.services.forms import Finding, FormHead, Phrase
from pollstation.wording.forms import LEVELS, ROUNDS

ROW_HEIGHTS = tuple(h * mm for h in (12.5, 11.5, 10.5, 9.5, 8.7, 8))
_QR_SIDE = 16 * mm
_FOOT = 9 * mm
_SEAL_WIDTH, _SEAL_HEIGHT = 44 * mm, 34 * mm
_SIGNATURE_LINE = 11 * mm


class Paper:
    """One form in the making.

    Args:
        title: msgid of the form's name.
        head: where and when it belongs.
        languages: one or two of :data:`pollstation.i18n.LANGUAGES`; with two, every label says both, the
            first one large.
    """

    def __init__(self, title: str, head: FormHead, languages: Sequence[str]) -> None:
        fonts.load()
        self.title = title
        self.head = head
        self.languages = tuple(languages)

    def say(self, message: str, /, **facts: object) -> tuple[str, ...]:
        """``message`` in each language of the form; said once where both say the same."""
        said = []
        for language in self.languages:
            with speaking(language):
                said.append(_(message, **facts))
        return tuple(dict.fromkeys(said))

    def inline(self, message: str, /, **facts: object) -> str:
        """``message`` in all languages on one line."""
        return "  ".join(self.say(message, **facts))

    def label(self, message: str, align: str = "centre") -> Text:
        """The printed word beside or above a figure."""
        return Text(self.say(message), 10, align=align)

    def labels(self, messages: Sequence[str]) -> list[Content]:
        """Labels side by side, as above the columns of a table."""
        return [self.label(message) for message in messages]

    def phrase(self, phrase: Phrase, align: str = "left") -> Text:
        """A sentence with its facts."""
        return Text(self.say(phrase.message, **phrase.facts), 10, align=align)

    def day(self, day: date) -> tuple[str, ...]:
        """A date as each language writes it."""
        return self.say(N_("{year}-{month:02}-{day:02}"), year=day.year, month=day.month, day=day.day)

    def opening(self, height: float, details: Sequence[tuple[str, Sequence[str]]] = ()) -> list[Block]:
        """Election, title, and the grid that says where and when; ``details`` are further (msgid, value)."""
        head = self.head
        place = [head.station_id + "  " + head.station] if head.station_id else [head.station]
        pairs: list[tuple[str, Sequence[str]]] = [
            (N_("Polling station"), place),
            (N_("Election day"), self.day(head.day)),
        ]
        if head.level:
            pairs.append((N_("Level"), self.say(LEVELS[head.level])))
        if head.round:
            pairs.append((N_("Round"), self.say(ROUNDS[head.round])))
        pairs += details
        lines = [pairs[at : at + 2] for at in range(0, len(pairs), 2)]
        if head.constituency:
            lines.insert(0, [(N_("Constituency"), (head.constituency,))])
        return [
            _centred(Text((head.election,), 13)),
            _centred(Text(self.say(self.title), 21, bold=True)),
            gap(1.5 * mm),
            *(self._facts(line, height) for line in lines),
        ]

    def _facts(self, line: Sequence[tuple[str, Sequence[str]]], height: float) -> Block:
        """One or two facts side by side, each with its word; a single one has the whole width, in bold."""
        share, size, bold = (5.4, 11.5, True) if len(line) == 1 else (2.2, 11, False)
        cells: list[tuple[float, Content]] = []
        for message, value in line:
            cells += [(1, self.label(message)), (share, Text(value, size, bold))]
        return row(cells, height)

    def section(self, message: str) -> list[Block]:
        """The heading of a part of the form, which never stands alone at the foot of a page."""
        words = Text((self.inline(message),), 11.5, bold=True, align="left")
        height = words.height(WIDTH)
        return [
            gap(2 * mm),
            Block(
                height, lambda canvas, top: words.draw(canvas, LEFT - PADDING, top, WIDTH, height), keep=True
            ),
        ]

    def band(self, height: float, figures: Sequence[tuple[str, int | str | None]]) -> list[Block]:
        """Words in one row, their figures in the row below; None leaves a place for the pen."""
        values = [Text((v,), 13, bold=True) if isinstance(v, str) else figure(v) for _m, v in figures]
        return table([1] * len(figures), self.labels([message for message, _v in figures]), [values], height)

    def findings(self, height: float, findings: Sequence[Finding]) -> list[Block]:
        """What did not add up and how it was explained, by whom; nothing where there is nothing."""
        if not findings:
            return []
        rows = [
            (
                Text((f.code,), 10, bold=True),
                self.phrase(f.message),
                Text((f.explanation,), 10, align="left"),
                Text(("、".join(f.explained_by),), 10),
            )
            for f in findings
        ]
        heads = self.labels((N_("Code"), N_("Finding"), N_("Explanation"), N_("Explained by")))
        return [*self.section(N_("Findings and explanations")), *table((1.1, 4, 4, 2), heads, rows, height)]

    def signatures(self, roles: Sequence[str], seal: bool = True) -> Block:
        """A line to sign for each of ``roles`` (msgids) in two columns; beside them seal and date."""
        labels = [Text(self.say(role), 10.5, align="left") for role in roles]
        column = (WIDTH - (_SEAL_WIDTH + 2 * mm if seal else 0)) / 2
        share = max(label.natural_width() for label in labels) + 3 * mm
        lines = (len(labels) + 1) // 2
        height = max(lines * _SIGNATURE_LINE, _SEAL_HEIGHT if seal else 0)
        line = height / lines
        stamp = Text(self.say(N_("Seal")), 10)
        day = Text(self.say(N_("Year      month      day")), 10)

        def draw(canvas: Canvas, top: float) -> None:
            top -= 5 * mm
            canvas.setLineWidth(0.6)
            for at, label in enumerate(labels):
                x, y = LEFT + at % 2 * column, top - at // 2 * line
                label.draw(canvas, x - PADDING, y, share, line)
                canvas.line(x + share, y - line / 2 - 2.4 * mm, x + column - 5 * mm, y - line / 2 - 2.4 * mm)
            if not seal:
                return
            left = LEFT + WIDTH - _SEAL_WIDTH
            canvas.setDash(2, 2)
            canvas.rect(left, top - height, _SEAL_WIDTH, height)
            canvas.setDash()
            stamp.draw(canvas, left, top, _SEAL_WIDTH, height * 0.7)
            day.draw(canvas, left, top - height * 0.7, _SEAL_WIDTH, height * 0.3)

        return Block(height + 5 * mm, draw)

    def printed(self, make: Callable[[float], list[Block]], signatures: Block) -> bytes:
        """The finished PDF: equal forms give equal bytes.

        Args:
            make: builds the form for a height of its rows, in points; the tallest that costs no further
                page is used.
            signatures: stands at the foot of the last page, never alone there.
        """

        def whole(height: float) -> list[Block]:
            *blocks, last = make(height)
            return [*blocks, last._replace(keep=True), signatures]

        sheets = tallest(whole, ROW_HEIGHTS)
        out = io.BytesIO()
        canvas = Canvas(
            out,
            pagesize=A4,
            invariant=1,
            initialFontName=fonts.REGULAR,
            lang=self.languages[0].replace("_", "-"),
        )
        canvas.setTitle(" ".join(self.say(self.title)))
        canvas.setSubject(self.head.election)
        canvas.setAuthor(f"{self.head.station_id} {self.head.station}".strip())
        canvas.setCreator("pollstation")
        self._draw_code_once(canvas)
        for number, blocks in enumerate(sheets, start=1):
            self._draw_frame(canvas, number, len(sheets))
            top = TOP if number == 1 else TOP - RUNNING_HEAD
            for block in blocks:
                if block is signatures:
                    self._draw_end(canvas, top, BOTTOM + block.height)
                    top = BOTTOM + block.height
                block.draw(canvas, top)
                top -= block.height
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _draw_end(self, canvas: Canvas, top: float, bottom: float) -> None:
        """Say that nothing follows, where there would be room to add a line afterwards."""
        if top - bottom > ROW_HEIGHTS[0]:
            Text(self.say(N_("(nothing follows)")), 10).draw(canvas, LEFT, top, WIDTH, ROW_HEIGHTS[0])

    def _draw_frame(self, canvas: Canvas, number: int, count: int) -> None:
        if self.head.rehearsal:
            self._draw_rehearsal_mark(canvas)
        if number > 1:
            where = self.head.constituency or self.head.station
            Text((f"{self.inline(self.title)}  ·  {where}",), 9).draw(
                canvas, LEFT, TOP, WIDTH, RUNNING_HEAD - 1.5 * mm
            )
        canvas.setLineWidth(0.4)
        canvas.line(LEFT, BOTTOM - 3 * mm, LEFT + WIDTH, BOTTOM - 3 * mm)
        canvas.doForm("code")
        x = LEFT + _QR_SIDE + 4 * mm
        printed = f"{self.head.printed_at:%Y-%m-%d %H:%M}"
        witnesses = (
            (N_("Journal code"), self.head.journal_code, 11, fonts.BOLD),
            (N_("Journal position"), self.head.journal_position, 8.5, fonts.REGULAR),
            (N_("Printed"), printed, 8.5, fonts.REGULAR),
        )
        for at, (message, value, size, font) in enumerate(witnesses):
            canvas.setFont(font, size)
            canvas.drawString(
                x, _FOOT + _QR_SIDE - 4.2 * mm - at * 5.6 * mm, f"{self.inline(message)}  {value}"
            )
        canvas.setFont(fonts.REGULAR, 10)
        page = self.inline(N_("Page {number} of {count}"), number=number, count=count)
        canvas.drawRightString(LEFT + WIDTH, _FOOT + _QR_SIDE - 4.2 * mm, page)

    def _draw_rehearsal_mark(self, canvas: Canvas) -> None:
        """Pale letters across the page, under everything else, and a plain line at its top."""
        canvas.saveState()
        canvas.setFillGray(0.9)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(50)
        baseline = 0.0
        for at, word in enumerate(self.say(N_("REHEARSAL"))):
            size = min(160, 640 / fonts.width(word, fonts.BOLD, 1)) * (0.6 if at else 1)
            baseline -= size * (1.1 if at else 0.3)
            canvas.setFont(fonts.BOLD, size)
            canvas.drawCentredString(0, baseline, word)
        canvas.restoreState()
        canvas.setFont(fonts.BOLD, 10)
        canvas.drawCentredString(A4[0] / 2, TOP + 2.5 * mm, self.inline(N_("Rehearsal: this form is void")))

    def _draw_code_once(self, canvas: Canvas) -> None:
        """The journal's short code as a QR code, kept as one object that every page refers to."""
        canvas.beginForm("code")
        modules = _modules(f"{self.head.journal_code} {self.head.journal_position}")
        side = _QR_SIDE / len(modules)
        for at, line in enumerate(modules):
            x = LEFT
            for dark, run in groupby(line):
                length = len(list(run)) * side
                if dark:
                    canvas.rect(x, _FOOT + _QR_SIDE - (at + 1) * side, length, side, stroke=0, fill=1)
                x += length
        canvas.endForm()


def _centred(text: Text) -> Block:
    height = text.height(WIDTH)
    return Block(height, lambda canvas, top: text.draw(canvas, LEFT, top, WIDTH, height), keep=True)


@lru_cache(maxsize=16)
def _modules(payload: str) -> list[list[bool]]:
    code = qrcode.QRCode(border=0)
    code.add_data(payload)
    code.make(fit=True)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix
