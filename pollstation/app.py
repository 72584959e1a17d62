"""The one place where parts are wired together."""

import os
import sys
from importlib import import_module

from pollstation.cli import pollstation
from pollstation.services.ports import WallClock

BEYOND_THE_COMMAND_LINE = {
    "pictures": "pollstation.desktop.pictures:pictures",
    "bench": "pollstation.bench:bench",
}
"""Commands that need more than the command line may know of; loaded when they are asked for."""


def run() -> None:
    """Open the desktop, or with arguments do what they ask."""
    if len(sys.argv) == 1 and _has_screen():
        # Qt and its windows load only here: commands start without them.
        sys.exit(import_module("pollstation.desktop.program").run(WallClock()))
    pollstation.modules |= BEYOND_THE_COMMAND_LINE
    pollstation()


def _has_screen() -> bool:
    """Windows and macOS always have one; elsewhere somebody has to say where."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
