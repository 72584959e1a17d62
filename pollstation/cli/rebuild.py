"""``pollstation rebuild FILE``: make every figure of a station file again from its journal."""

from pathlib import Path

import click

from pollstation.cli.speaking import answer
from pollstation.cli.station import open_station
from pollstation.domain.errors import Code, Faults
from pollstation.i18n import N_


@click.command(help=N_("Make every figure of the station file FILE again from its journal."))
@click.argument("file", type=click.Path(path_type=Path))
def rebuild(file: Path) -> None:
    """Refold the journal; refused where the journal itself does not hold."""
    with open_station(file) as station:
        faults = station.check()
        broken = [fault for fault in faults if fault.code is not Code.JOURNAL_PROJECTION_DIFFERS]
        if broken:
            raise Faults(broken)
        station.rebuild()
        entries = station.read(lambda unit: unit.entries())
        answer(
            {
                "entries": len(entries),
                "streams": len({entry.stream for entry in entries}),
                "totals": station.read(lambda unit: unit.totals()),
                "corrected": len(faults),
            }
        )
