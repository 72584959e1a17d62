"""The sheet every form is printed on: title, head, running head, signatures, journal code, rehearsal mark."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pollstation.documents import fonts
from pollstation.documents.codes import draw_code
from pollstation.documents.layout import (
    BOTTOM,
    LEFT,
    PADDING,
    RUNNING_HEAD,
    UPRIGHT,
    Block,
    Content,
    Format,
    Text,
    figure,
    gap,
    row,
    table,
    tallest,
)
from pollstation.domain.rules import Round
from pollstation.i18n import N_, _, speaking
from pollstation.services.forms.parts import Explanation, FormHead, FormRound
from pollstation.wording import rounds, terms

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
        format: how its pages lie.
        by_itself: its pages are numbered by themselves, in whatever document they are printed.
    """

    def __init__(
        self,
        title: str,
        head: FormHead,
        languages: Sequence[str],
        format: Format = UPRIGHT,
        by_itself: bool = False,
    ) -> None:
        fonts.load()
        self.format = format
        self.by_itself = by_itself
        self.title = title
        self.head = head
        self.languages = tuple(languages)

    def each(self, speak: Callable[[], str]) -> tuple[str, ...]:
        """What ``speak`` answers in each language of the form; once where all answer the same."""
        return _each(speak, self.languages)

    def say(self, message: str, /, **facts: object) -> tuple[str, ...]:
        """``message`` in each language of the form."""
        return self.each(lambda: _(message, **facts)) if facts else _said(message, self.languages)

    def word(self, one: StrEnum) -> tuple[str, ...]:
        """A word of the trade (a level, a round, an outcome) in each language of the form."""
        return self.each(lambda: _capital(terms.word(one)))

    def term(self, name: str) -> tuple[str, ...]:
        """A term of an equation in each language of the form."""
        return self.each(lambda: _capital(terms.term(name)))

    def inline(self, message: str, /, **facts: object) -> str:
        """``message`` in all languages on one line."""
        return "  ".join(self.say(message, **facts))

    def label(self, message: str, align: str = "centre") -> Text:
        """The printed word beside or above a figure."""
        return Text(self.say(message), 10, align=align)

    def labels(self, messages: Sequence[str]) -> list[Content]:
        """Labels side by side, as above the columns of a table."""
        return [self.label(message) for message in messages]

    def day(self, day: date) -> tuple[str, ...]:
        """A date as each language writes it."""
        return self.say(N_("{year}-{month:02}-{day:02}"), year=day.year, month=day.month, day=day.day)

    def opening(self, height: float, details: Sequence[tuple[str, Sequence[str]]] = ()) -> list[Block]:
        """Election, title, and the grid that says where and when; ``details`` are further (msgid, value)."""
        head = self.head
        place = [head.station_id + "  " + head.station] if head.station_id else [head.station]
        pairs: list[tuple[str, Sequence[str]]] = [
            (N_("Polling station") if head.polls else N_("Counting site"), place)
            if head.station
            else (N_("Election committee"), (head.committee,)),
            (N_("Election day"), self.day(head.day)),
        ]
        if head.level:
            pairs.append((N_("Level"), self.word(head.level)))
        if head.round:
            pairs.append((N_("Round"), self._round(head.round)))
        pairs += details
        beside = 2 if self.format is UPRIGHT else 3
        lines = [pairs[at : at + beside] for at in range(0, len(pairs), beside)]
        if head.constituency:
            lines.insert(0, [(N_("Constituency"), (head.constituency,))])
        return [
            self.centred(Text((head.election,), 13)),
            self.centred(Text(self.say(self.title), 21, bold=True)),
            gap(1.5 * mm),
            *(self._facts(line, height) for line in lines),
            *self.rounds_before(height),
        ]

    def _round(self, one: Round) -> tuple[str, ...]:
        held_again = any(each.held_again for each in self.head.grown)
        return self.each(lambda: rounds.round_name(one, held_again=held_again))

    def rounds_before(self, height: float) -> list[Block]:
        """The rounds that came before; of a whole station's contests in short. Nothing at a first ballot."""
        grown = self.head.grown
        if not grown:
            return []
        if self.head.round:
            message, said = N_("Earlier rounds"), [self._spoken_chain(each) for each in grown]
        else:
            message, said = N_("Rounds"), [self._spoken_round(each) for each in grown]
        words = Text([line for lines in said for line in lines], 9.5, align="left", equal=True)
        return [row([(1, self.label(message)), (5.4, words)], height, width=self.format.width)]

    def _spoken_chain(self, one: FormRound) -> tuple[str, ...]:
        languages = []
        for language in self.languages:
            with speaking(language):
                languages.append(rounds.earlier_rounds(one.earlier))
        return tuple(line for lines in zip(*languages, strict=True) for line in lines)

    def _spoken_round(self, one: FormRound) -> tuple[str, ...]:
        def speak() -> str:
            round_ = rounds.round_name(one.round, held_again=one.held_again)
            return rounds.in_short(one.level, one.constituency, round_, one.earlier)

        return self.each(speak)

    def _facts(self, line: Sequence[tuple[str, Sequence[str]]], height: float) -> Block:
        """One or two facts side by side, each with its word; a single one has the whole width, in bold."""
        share, size, bold = (5.4, 11.5, True) if len(line) == 1 else (2.2, 11, False)
        cells: list[tuple[float, Content]] = []
        for message, value in line:
            cells += [(1, self.label(message)), (share, Text(value, size, bold))]
        return row(cells, height, width=self.format.width)

    def centred(self, text: Text) -> Block:
        """Words in the middle of the page, which go with what follows them."""
        width = self.format.width
        height = text.height(width)
        return Block(height, lambda canvas, top: text.draw(canvas, LEFT, top, width, height), keep=True)

    def section(self, message: str) -> list[Block]:
        """The heading of a part of the form, which never stands alone at the foot of a page."""
        words = Text((self.inline(message),), 11.5, bold=True, align="left")
        width = self.format.width
        height = words.height(width)
        return [
            gap(2 * mm),
            Block(
                height, lambda canvas, top: words.draw(canvas, LEFT - PADDING, top, width, height), keep=True
            ),
        ]

    def band(self, height: float, figures: Sequence[tuple[str, int | str | None]]) -> list[Block]:
        """Words in one row, their figures in the row below; None leaves a place for the pen."""
        values = [Text((v,), 13, bold=True) if isinstance(v, str) else figure(v) for _m, v in figures]
        heads = self.labels([message for message, _v in figures])
        return self.table([1] * len(figures), heads, [values], height)

    def table(
        self,
        shares: Sequence[float],
        heads: Sequence[Content],
        rows: Sequence[Sequence[Content]],
        height: float,
    ) -> list[Block]:
        """A table from margin to margin; ``height`` is the least of a row."""
        return table(shares, heads, rows, height, self.format.width)

    def findings(
        self, height: float, findings: Sequence[tuple[Content, Sequence[Explanation]]]
    ) -> list[Block]:
        """What did not add up and how it was explained, by whom; nothing where there is nothing."""
        if not findings:
            return []
        rows = [(what, self.explanations(explanations)) for what, explanations in findings]
        heads = self.labels((N_("Finding"), N_("Explanation")))
        return [*self.section(N_("Findings and explanations")), *self.table((1, 1), heads, rows, height)]

    def explanations(self, explanations: Sequence[Explanation]) -> Text:
        """Everything that was written about one finding, each with its two people."""
        said = [line for each in explanations for line in self._explanation(each)]
        return Text(said or ("—",), 10, align="left", equal=True)

    def _explanation(self, one: Explanation) -> tuple[str, ...]:
        people = "、".join(one.people)
        if one.text:
            return self.say(N_("{explanation} ({people})"), explanation=one.text, people=people)[:1]
        return self.say(N_("Explained on the station's own form ({people})"), people=people)

    def signatures(self, roles: Sequence[str], seal: bool = True) -> Block:
        """A line to sign for each of ``roles`` (msgids) in two columns; beside them seal and date."""
        labels = [Text(self.say(role), 10.5, align="left") for role in roles]
        column = (self.format.width - (_SEAL_WIDTH + 2 * mm if seal else 0)) / 2
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
            left = LEFT + self.format.width - _SEAL_WIDTH
            canvas.setDash(2, 2)
            canvas.rect(left, top - height, _SEAL_WIDTH, height)
            canvas.setDash()
            stamp.draw(canvas, left, top, _SEAL_WIDTH, height * 0.7)
            day.draw(canvas, left, top - height * 0.7, _SEAL_WIDTH, height * 0.3)

        return Block(height + 5 * mm, draw)

    def laid_out(self, make: Callable[[float], list[Block]], signatures: Block) -> "LaidOut":
        """The form on its pages.

        Args:
            make: builds the form for a height of its rows, in points; the tallest that costs no further
                page is used.
            signatures: stands at the foot of the last page, never alone there.
        """

        def whole(height: float) -> list[Block]:
            *blocks, last = make(height)
            return [*blocks, last._replace(keep=True), signatures]

        return LaidOut(self, tallest(whole, ROW_HEIGHTS, self.format.top), signatures)

    def draw(self, canvas: Canvas, form: "LaidOut", before: int, count: int) -> None:
        """Draw every page of ``form``; ``before`` pages stand before it in a document of ``count``."""
        canvas.setPageSize(self.format.size)
        for at, blocks in enumerate(form.sheets):
            self._draw_frame(canvas, at > 0, before + at + 1, count)
            top = self.format.top - (RUNNING_HEAD if at else 0)
            for block in blocks:
                if block is form.signatures:
                    self._draw_end(canvas, top, BOTTOM + block.height)
                    top = BOTTOM + block.height
                block.draw(canvas, top)
                top -= block.height
            canvas.showPage()

    def _draw_end(self, canvas: Canvas, top: float, bottom: float) -> None:
        """Say that nothing follows, where there would be room to add a line afterwards."""
        if top - bottom > ROW_HEIGHTS[0]:
            nothing = Text(self.say(N_("(nothing follows)")), 10)
            nothing.draw(canvas, LEFT, top, self.format.width, ROW_HEIGHTS[0])

    def _draw_frame(self, canvas: Canvas, overleaf: bool, number: int, count: int) -> None:
        width, right = self.format.width, LEFT + self.format.width
        if self.head.rehearsal:
            self._draw_rehearsal_mark(canvas)
        if overleaf:
            where = self.head.constituency or self.head.station or self.head.committee
            which = self.word(self.head.level)[0] if self.head.level else ""
            Text((f"{self.inline(self.title)}  ·  {where}  {which}".rstrip(),), 9).draw(
                canvas, LEFT, self.format.top, width, RUNNING_HEAD - 1.5 * mm
            )
        canvas.setLineWidth(0.4)
        canvas.line(LEFT, BOTTOM - 3 * mm, right, BOTTOM - 3 * mm)
        self._draw_code(canvas)
        x = LEFT + _QR_SIDE + 4 * mm
        head, printed = self.head, f"{self.head.printed_at:%Y-%m-%d %H:%M}"
        code = N_("Journal code") if head.station else N_("Code of the bundles")
        position = N_("Journal position") if head.station else N_("Counting sites")
        witnesses = (
            (code, head.journal_code, 11, fonts.BOLD),
            (position, head.journal_position, 8.5, fonts.REGULAR),
            (N_("Printed"), printed, 8.5, fonts.REGULAR),
        )
        for at, (message, value, size, font) in enumerate(witnesses):
            canvas.setFont(font, size)
            canvas.drawString(
                x, _FOOT + _QR_SIDE - 4.2 * mm - at * 5.6 * mm, f"{self.inline(message)}  {value}"
            )
        canvas.setFont(fonts.REGULAR, 10)
        page = self.inline(N_("Page {number} of {count}"), number=number, count=count)
        canvas.drawRightString(right, _FOOT + _QR_SIDE - 4.2 * mm, page)

    def _draw_rehearsal_mark(self, canvas: Canvas) -> None:
        """Pale letters across the page, under everything else, and a plain line at its top."""
        middle, across = self.format.size[0] / 2, self.format is not UPRIGHT
        canvas.saveState()
        canvas.setFillGray(0.93)
        canvas.translate(middle, self.format.size[1] / 2)
        canvas.rotate(30 if across else 50)
        baseline = 0.0
        for at, word in enumerate(self.say(N_("REHEARSAL"))):
            size = min(160, 640 / fonts.width(word, fonts.BOLD, 1)) * (0.6 if at else 1)
            baseline -= size * (1.1 if at else 0.3)
            canvas.setFont(fonts.BOLD, size)
            canvas.drawCentredString(0, baseline, word)
        canvas.restoreState()
        canvas.setFont(fonts.BOLD, 10)
        void = self.inline(N_("Rehearsal: this form is void"))
        canvas.drawCentredString(middle, self.format.top + 2.5 * mm, void)

    def _draw_code(self, canvas: Canvas) -> None:
        """The journal's short code as a QR code, kept as one object that every page refers to."""
        if not canvas.hasForm(self.head.journal_code):
            self._keep_code(canvas)
        canvas.doForm(self.head.journal_code)

    def _keep_code(self, canvas: Canvas) -> None:
        canvas.beginForm(self.head.journal_code)
        payload = f"{self.head.journal_code} {self.head.journal_position}"
        draw_code(canvas, payload, LEFT, _FOOT, _QR_SIDE)
        canvas.endForm()


@dataclass(frozen=True)
class LaidOut:
    """A form on its pages, ready to be drawn."""

    paper: Paper
    sheets: list[list[Block]]
    signatures: Block | None
    """Stands at the foot of the last page; a letter ends with its seal instead."""


def printed(forms: Sequence[LaidOut], progress: Callable[[int], None] = lambda _drawn: None) -> bytes:
    """All of ``forms``, at least one, as one PDF whose page numbers run through; equal forms, equal bytes.

    Args:
        progress: is told after each form how many are drawn.
    """
    out = io.BytesIO()
    first = forms[0].paper
    canvas = Canvas(
        out,
        pagesize=UPRIGHT.size,
        invariant=1,
        initialFontName=fonts.REGULAR,
        lang=first.languages[0].replace("_", "-"),
    )
    canvas.setTitle(" ".join(first.say(first.title)))
    canvas.setSubject(first.head.election)
    canvas.setAuthor(f"{first.head.station_id} {first.head.station}".strip())
    canvas.setCreator("pollstation")
    count = sum(len(form.sheets) for form in forms if not form.paper.by_itself)
    before = 0
    for drawn, form in enumerate(forms, start=1):
        if form.paper.by_itself:
            form.paper.draw(canvas, form, 0, len(form.sheets))
            progress(drawn)
            continue
        form.paper.draw(canvas, form, before, count)
        before += len(form.sheets)
        progress(drawn)
    canvas.save()
    return out.getvalue()


def _each(speak: Callable[[], str], languages: Sequence[str]) -> tuple[str, ...]:
    said = []
    for language in languages:
        with speaking(language):
            said.append(speak())
    return tuple(dict.fromkeys(said))


@lru_cache(maxsize=1024)
def _said(message: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """What stands on every form of a kind is translated once."""
    return _each(lambda: _(message), languages)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
