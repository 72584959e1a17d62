"""The one typeface of the forms, its measures, and line breaks as Chinese typesetting wants them."""

from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from pollstation import paths

REGULAR = "NotoSansSC"
BOLD = "NotoSansSC-Bold"

_NEVER_FIRST = frozenset("，。、；：！？）》」』】〕”’％…·,.;:!?)]}%")
_NEVER_LAST = frozenset("（《「『【〔“‘([{")
_MAP_LINES = 100  # a bfchar section holds at most a hundred lines (ISO 32000-1, 9.10.3 and Adobe note 5014)


@cache
def load() -> None:
    """Register both weights, once; every page embeds only the characters it shows."""
    ttfonts.makeToUnicodeCMap = _to_unicode_map
    rl_config.useA85 = 0  # plain binary streams: a fifth smaller, and no slow text encoding
    for name in (REGULAR, BOLD):
        file = paths.resources() / "fonts" / f"NotoSansSC-{'Bold' if name == BOLD else 'Regular'}.ttf"
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(file), shapable=False))


def _to_unicode_map(font_name: str, subset: list[int]) -> str:
    """The map a reader copies text with. reportlab's own one is wrong beyond U+FFFF: it must be UTF-16BE."""
    lines = [f"<{i:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for i, c in enumerate(subset)]
    sections = [lines[start : start + _MAP_LINES] for start in range(0, len(lines), _MAP_LINES)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for s in sections for line in (f"{len(s)} beginbfchar", *s, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """``text`` on one line, what the typeface lacks given by its number: no silent boxes."""
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    one_line = " ".join(text.splitlines()).replace("\t", " ")
    return "".join(c if ord(c) in known else f"[U+{ord(c):04X}]" for c in one_line)


@lru_cache(maxsize=4096)
def width(text: str, font: str, size: float) -> float:
    """Width of ``text`` in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache(maxsize=4096)
def lines(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    """``text`` broken into lines no wider than ``room`` points; nothing is ever cut off."""
    done: list[str] = []
    line = ""
    for piece in _pieces(printable(text)):
        if width((line + piece).rstrip(), font, size) <= room:
            line += piece
            continue
        if line:
            done.append(line.rstrip())
        line = piece.lstrip()
        while width(line.rstrip(), font, size) > room and len(line) > 1:
            fits = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n], font, size) <= room
            )
            done.append(line[:fits])
            line = line[fits:]
    return (*done, line.rstrip())


def _pieces(text: str) -> list[str]:
    """What a line may not break inside: words with the space after them, characters with their marks."""
    pieces: list[str] = []
    for character in text:
        before = pieces[-1][-1] if pieces else ""
        joined = before and (
            character in _NEVER_FIRST
            or before in _NEVER_LAST
            or character == " "
            or (character < "\u2e80" and before < "\u2e80" and before != " ")
        )
        if joined:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
