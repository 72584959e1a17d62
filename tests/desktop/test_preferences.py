"""Language, palette and type size come back with the next start."""

from pathlib import Path

import pytest

from pollstation import i18n, paths
from pollstation.desktop import preferences, theme
from pollstation.desktop.theme import DARK, SCALES, Theme
from tests.desktop.conftest import SmallWindow


@pytest.fixture(autouse=True)
def settings_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_the_first_start_speaks_the_systems_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for language in i18n.LANGUAGES:
        monkeypatch.setattr(i18n, "system_language", lambda language=language: language)
        first = preferences.load()
        assert (first.language, first.look) == (language, Theme())


def test_what_was_chosen_comes_back(window: SmallWindow) -> None:
    window.dressed.connect(lambda: preferences.remember(i18n.language(), theme.current()))
    window.speak("zh_CN")
    window.wear(Theme(DARK, SCALES[1]))
    again = preferences.load()
    assert (again.language, again.look) == ("zh_CN", Theme(DARK, SCALES[1]))


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", '{"language": "xx", "palette": 7, "scale": "large"}', "\udcff"]
)
def test_a_file_that_says_nothing_sensible_is_passed_over(text: str) -> None:
    (paths.settings() / preferences.FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    known = preferences.load()
    assert known.look == Theme()
    assert known.language in i18n.LANGUAGES


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (paths.settings() / preferences.FILE).mkdir()
    preferences.remember("en", Theme())
    assert preferences.load().look == Theme()
