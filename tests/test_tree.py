"""What comes with the program besides its code: words, fonts, rehearsals, locked dependencies."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

TOP = Path(__file__).resolve().parent.parent
RARE_SURNAMES_AND_GIVEN_NAMES = "㛃䶮㐂𬭸𬱖𫖯𬍛"


def test_every_message_has_its_chinese_and_the_catalogue_is_fresh() -> None:
    command = [sys.executable, "installers/catalogue.py", "check"]
    check = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_fonts_draw_digits_strokes_and_rare_names(weight: str) -> None:
    font = TTFont(weight, str(TOP / "resources" / "fonts" / f"NotoSansSC-{weight}.ttf"))
    drawn = font.face.charToGlyph
    assert [c for c in "0123456789○×正选举" + RARE_SURNAMES_AND_GIVEN_NAMES if ord(c) not in drawn] == []


@pytest.mark.parametrize("name", ["xuefu-3", "town-2021", "village"])
def test_a_rehearsal_sends_no_more_voters_than_are_registered(name: str) -> None:
    scenario = tomllib.loads((TOP / "resources" / "rehearsals" / f"{name}.toml").read_text(encoding="utf-8"))
    for station in scenario["station"]:
        coming = station["in_person"] + station["proxies"] + sum(station.get("mobile", {}).values())
        assert coming <= station["voters"], station["id"]


def test_every_locked_dependency_has_hashes_and_no_address() -> None:
    lock = (TOP / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "file:" not in lock
    for requirement in re.split(r"\n(?=[a-z])", lock)[1:]:
        assert "--hash=sha256:" in requirement, requirement
