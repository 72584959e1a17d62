"""Language, palette and type size, as somebody last had them on this computer."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

from pollstation import i18n, paths
from pollstation.desktop.theme import PALETTES, SCALES, Theme

FILE = "preferences.json"


@dataclass(frozen=True)
class Preferences:
    """What is remembered from one start to the next."""

    language: str
    palette: str
    scale: float

    @property
    def look(self) -> Theme:
        """Palette and type size."""
        return Theme(next(one for one in PALETTES if one.name == self.palette), self.scale)


def load() -> Preferences:
    """What was remembered; what is missing, or unknown to this program, is as at the very first start."""
    known: object = None
    with suppress(OSError, ValueError):
        known = json.loads((paths.settings() / FILE).read_text("utf-8"))
    kept = known if isinstance(known, dict) else {}

    def one_of(name: str, *choices: str | float) -> str | float:
        return kept[name] if kept.get(name) in choices else choices[0]

    first = i18n.system_language()
    return Preferences(
        str(one_of("language", first, *i18n.LANGUAGES)),
        str(one_of("palette", *(one.name for one in PALETTES))),
        float(one_of("scale", *SCALES)),
    )


def remember(language: str, look: Theme) -> None:
    """Keep these for the next start; a folder that cannot be written loses nobody anything else."""
    kept = Preferences(language, look.palette.name, look.scale)
    with suppress(OSError):
        (paths.settings() / FILE).write_text(json.dumps(asdict(kept)), "utf-8")
