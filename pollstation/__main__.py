"""``pollstation`` and ``python -m pollstation``."""

import sys
from importlib import import_module

from pollstation import app


def main() -> None:
    """Start the program."""
    if getattr(sys, "frozen", False):
        # A frozen program starts itself again for each process of a rehearsal; here that one turns off.
        import_module("multiprocessing").freeze_support()
    app.run()


if __name__ == "__main__":
    main()
