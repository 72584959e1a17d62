"""``pollstation rehearse FILE --out DIR``: a whole polling day, played from a scenario."""

from pathlib import Path

import click

from pollstation.cli.speaking import answer, say
from pollstation.i18n import N_
from pollstation.rehearsal.playing import rehearse as play
from pollstation.rehearsal.scenario_checks import read_scenario


@click.command(
    help=N_("Play the polling day that the scenario in FILE (TOML) describes, with invented voters.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=N_("Folder for everything that the day produces."),
)
def rehearse(file: Path, out: Path) -> None:
    """Play the scenario and print its summary."""
    answer(play(read_scenario(file), out, say))
