"""Which characters the typeface of screen and paper can show: a missing one would become a silent box."""

from collections.abc import Container
from functools import cache

from reportlab.pdfbase.ttfonts import TTFontFile

from pollstation import paths


@cache
def characters() -> Container[int]:
    """Code points that Noto Sans SC has."""
    font = TTFontFile(str(paths.resources() / "fonts" / "NotoSansSC-Regular.ttf"))
    return frozenset(font.charToGlyph)


def unprintable(text: str) -> str:
    """The characters of ``text`` that cannot be shown; empty when all can."""
    known = characters()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known))
