import re
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel

from pollstation import paths
from pollstation.desktop import theme
from pollstation.desktop.theme import DARK, LIGHT, PALETTES, SHAPE_PAIRS, TEXT_PAIRS, Palette, Theme


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_text_is_legible_on_every_ground_it_stands_on(palette: Palette) -> None:
    colours = asdict(palette)
    poor = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in TEXT_PAIRS
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_control_and_the_focus_stand_out_from_their_ground(palette: Palette) -> None:
    colours = asdict(palette)
    assert [pair for pair in SHAPE_PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 3] == []


def test_the_measure_of_contrast_agrees_with_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_program_brings_its_own_type(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Noto Sans SC"


def test_palette_and_type_size_change_while_the_program_runs(qapp: QApplication) -> None:
    label = QLabel("选票")
    label.ensurePolished()
    before = label.sizeHint()
    theme.apply(qapp, Theme(DARK, 1.5))
    assert label.sizeHint().height() >= before.height() * 1.4
    assert label.palette().windowText().color() == QColor(DARK.ink)


def test_type_size_stops_at_its_ends() -> None:
    assert Theme().larger(-1) == Theme()
    assert Theme().larger(1).larger(1).larger(1) == Theme(LIGHT, 1.5)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_style_sheet_names_no_colour_of_its_own(palette: Palette) -> None:
    template = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;}])", template) == []
    assert "@" not in theme.style_sheet(Theme(palette, 1.25))


def test_every_icon_that_is_named_is_there() -> None:
    there = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    assert set(theme.KIND_ICONS.values()) <= there
