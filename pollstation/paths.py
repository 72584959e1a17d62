"""Where things lie: resources shipped with the program, and the user's own folders."""

import sys
from functools import cache
from pathlib import Path

import platformdirs


@cache
def resources() -> Path:
    """The folder of fonts, icons, catalogues and rehearsals, in a checkout, a wheel or a frozen program."""
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    for folder in ([Path(frozen) / "resources"] if frozen else []) + [
        here / "resources",
        here.parent / "resources",
    ]:
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the folder 'resources' of pollstation is missing; install the program again")


def logs() -> Path:
    """Where a bug leaves its log (without personal data); made when missing."""
    folder = Path(platformdirs.user_log_dir("pollstation", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings() -> Path:
    """Where the window's look is remembered; made when missing."""
    folder = Path(platformdirs.user_config_dir("pollstation", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def days() -> Path:
    """Where station files are kept unless the user says otherwise; made when missing."""
    folder = Path(platformdirs.user_data_dir("pollstation", appauthor=False)) / "days"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
