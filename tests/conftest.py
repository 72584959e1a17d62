"""What every test stands on: Qt without a screen, and Hypothesis without a stopwatch."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import settings

settings.register_profile("pollstation", deadline=None)
settings.load_profile("pollstation")
