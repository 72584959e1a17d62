"""Palette, measures and type: the one place where colours and sizes are decided.

Pages and parts never name a colour. They set a property that the style sheet knows (:func:`style`), or ask
:func:`current` when they paint. Sizes are given at type size 1 and scaled by :func:`px`.
"""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pollstation import paths

FAMILY = "Noto Sans SC"
BASE_PIXELS = 15
SCALES = (1.0, 1.25, 1.5)


class Kind(StrEnum):
    """What a state means; each has its colours and its icon, and always comes with a word."""

    GOOD = "good"
    CAUTION = "caution"
    WRONG = "wrong"
    ACCENT = "accent"
    PLAIN = "plain"


KIND_ICONS = {
    Kind.GOOD: "check",
    Kind.CAUTION: "alert",
    Kind.WRONG: "cross",
    Kind.ACCENT: "disc",
    Kind.PLAIN: "dot",
}


@dataclass(frozen=True)
class Palette:
    """Colours by their role, as ``#rrggbb``. A ``_soft`` colour is the ground that belongs to its name."""

    name: str
    ground: str
    surface: str
    ink: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    wrong: str
    wrong_soft: str
    plain: str
    plain_soft: str


LIGHT = Palette(
    name="light",
    ground="#f4f5f7",
    surface="#ffffff",
    ink="#1b2430",
    muted="#5b6675",
    line="#dde1e6",
    edge="#7d8896",
    accent="#1f5fa8",
    on_accent="#ffffff",
    accent_soft="#e7effb",
    good="#17633f",
    good_soft="#e4f3eb",
    caution="#7a4700",
    caution_soft="#fff1d6",
    wrong="#a3221b",
    wrong_soft="#fdeae8",
    plain="#4a5563",
    plain_soft="#eceff2",
)
DARK = Palette(
    name="dark",
    ground="#14181d",
    surface="#1e242b",
    ink="#e9edf2",
    muted="#a9b4c1",
    line="#343d47",
    edge="#7f8b99",
    accent="#7db6f7",
    on_accent="#0c1a2a",
    accent_soft="#1d3450",
    good="#86d8aa",
    good_soft="#183527",
    caution="#f0c46f",
    caution_soft="#3c2f14",
    wrong="#ffa79f",
    wrong_soft="#4a2422",
    plain="#c3ccd6",
    plain_soft="#2d353e",
)
CONTRAST = Palette(
    name="contrast",
    ground="#000000",
    surface="#141414",
    ink="#ffffff",
    muted="#ffffff",
    line="#9a9a9a",
    edge="#ffffff",
    accent="#ffe14d",
    on_accent="#000000",
    accent_soft="#33300a",
    good="#7dffb2",
    good_soft="#06301a",
    caution="#ffc966",
    caution_soft="#3a2600",
    wrong="#ffb3ad",
    wrong_soft="#4d0b07",
    plain="#ffffff",
    plain_soft="#2b2b2b",
)
PALETTES = (LIGHT, DARK, CONTRAST)

_GROUNDS = ("ground", "surface")
_SOFT = ("accent_soft", "good_soft", "caution_soft", "wrong_soft", "plain_soft")
#: Every text colour with every ground it is written on; a test holds them all to WCAG AA (4.5 : 1).
TEXT_PAIRS = (
    *((text, ground) for text in ("ink", "muted") for ground in (*_GROUNDS, *_SOFT)),
    *((kind.value, ground) for kind in Kind for ground in (*_GROUNDS, f"{kind.value}_soft")),
    ("wrong", "caution_soft"),
    ("wrong", "accent_soft"),
    ("good", "accent_soft"),
    ("caution", "accent_soft"),
    ("on_accent", "accent"),
)
#: What shows the shape of a control or the focus: 3 : 1 (WCAG 1.4.11).
SHAPE_PAIRS = tuple((shape, ground) for shape in ("edge", "accent", "wrong") for ground in _GROUNDS)


@dataclass(frozen=True)
class Theme:
    """A palette and a type size (one of :data:`SCALES`)."""

    palette: Palette = LIGHT
    scale: float = 1.0

    def colour(self, role: str) -> QColor:
        """The colour of a role of :class:`Palette`."""
        return QColor(getattr(self.palette, role))

    def ground_of(self, kind: Kind) -> QColor:
        """The soft ground on which words of this kind stand."""
        return self.colour(f"{kind.value}_soft")

    def larger(self, step: int) -> "Theme":
        """The theme ``step`` type sizes up (or down), within bounds."""
        at = min(max(SCALES.index(self.scale) + step, 0), len(SCALES) - 1)
        return Theme(self.palette, SCALES[at])

    def next_palette(self) -> "Theme":
        """The theme with the next palette: light, dark, high contrast, light ..."""
        return Theme(PALETTES[(PALETTES.index(self.palette) + 1) % len(PALETTES)], self.scale)


PLAIN = Theme()
"""As at the very first start."""

_current = [PLAIN]


def current() -> Theme:
    """The theme in use."""
    return _current[0]


def px(size: float) -> int:
    """``size`` (pixels at type size 1) in the type size in use."""
    return round(size * current().scale)


def square(size: float) -> QSize:
    """A square of ``size``, scaled."""
    return QSize(px(size), px(size))


def font(size: float = BASE_PIXELS, *, bold: bool = False) -> QFont:
    """The type of the program at ``size`` (pixels at type size 1)."""
    made = QFont(FAMILY)
    made.setPixelSize(px(size))
    made.setBold(bold)
    return made


def style(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet selects on, and style the widget again.

    Known to the style sheet: ``role`` (title, subtitle, strong, muted, figure, name, field, ...), ``kind``
    (a :class:`Kind`), ``finding``, ``current``.
    """
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def load_fonts() -> None:
    """Take the program's type from its resources, once; the system's fonts do not matter.

    Raises:
        FileNotFoundError: a font file is missing or broken.
    """
    if FAMILY in QFontDatabase.families():
        return
    for weight in ("Regular", "Bold"):
        file = paths.resources() / "fonts" / f"NotoSansSC-{weight}.ttf"
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(file)


def style_sheet(theme: Theme) -> str:
    """The style sheet of ``theme``: ``@role`` becomes its colour, ``15sp`` its size in pixels."""
    text = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    words = asdict(theme.palette)
    for drawing, ground in (("tick", "accent"), ("chevron", "surface")):
        ink = "white" if theme.colour(ground).lightnessF() < 0.5 else "black"
        words[drawing] = (paths.resources() / "style" / f"{drawing}-{ink}.svg").as_posix()
    text = re.sub(r"@(\w+)", lambda found: words[found[1]], text)
    return re.sub(r"\b(\d+)sp\b", lambda found: f"{round(int(found[1]) * theme.scale)}px", text)


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program in ``theme``: type, palette, style sheet. May be called at any time."""
    load_fonts()
    _current[0] = theme
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_qt_palette(theme))
    app.setStyleSheet(style_sheet(theme))


def _qt_palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in {
        roles.Window: "ground",
        roles.WindowText: "ink",
        roles.Base: "surface",
        roles.AlternateBase: "ground",
        roles.Text: "ink",
        roles.Button: "surface",
        roles.ButtonText: "ink",
        roles.PlaceholderText: "muted",
        roles.Highlight: "accent",
        roles.HighlightedText: "on_accent",
        roles.ToolTipBase: "surface",
        roles.ToolTipText: "ink",
        roles.Link: "accent",
    }.items():
        palette.setColor(role, theme.colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("muted"))
    return palette
