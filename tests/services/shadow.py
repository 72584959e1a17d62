"""What every random day against a shadow model stands on: a station's file, and how long one plays."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine

from pollstation.domain.folds import fold_all
from pollstation.services.ports import Package
from pollstation.store import StationFile
from tests import acts
from tests.station import PASSPHRASE, TickingClock


class Shadowed(RuleBasedStateMachine):
    """A station in a folder of its own; at the end a stranger computes the same, and the file is sound."""

    def open_station(self, package: Package, ballots: int = 40) -> None:
        """Begin with open polling."""
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.clock = TickingClock()
        file = StationFile.create(self.folder / "day", PASSPHRASE, package, self.clock)
        self.file = self.stack.enter_context(file)
        acts.prepare(self.file)
        acts.open_day(self.file, ballots)

    def teardown(self) -> None:
        if not hasattr(self, "file"):
            return
        live = self.file.read(lambda unit: unit.totals())
        _, stranger = fold_all([entry.opened() for entry in self.file.read(lambda unit: unit.entries())])
        assert stranger == live
        assert self.file.check() == []
        self.stack.close()


def plays(examples: int, steps: int) -> settings:
    """Without shrinking: what fails is short enough to read, and shrinking it takes minutes."""
    return settings(
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
