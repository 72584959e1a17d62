"""``pollstation crew``: make the file of a mobile box's crew, and take it in when the box is back."""

from pathlib import Path

import click

from pollstation.cli.files import passphrase
from pollstation.cli.speaking import Group, answer
from pollstation.cli.station import open_station
from pollstation.domain.staff import Session
from pollstation.i18n import N_, _
from pollstation.services import staff
from pollstation.services.ports import WallClock
from pollstation.store import StationFile
from pollstation.workplace import Workplace

CREW_PASSPHRASE = "POLLSTATION_CREW_PASSPHRASE"
PERSON_PASSPHRASE = "POLLSTATION_PERSON_PASSPHRASE"
WITNESS_PASSPHRASE = "POLLSTATION_WITNESS_PASSPHRASE"

_FILE = click.argument("file", type=click.Path(path_type=Path))
_BOX = click.option("--box", required=True, help=N_("Id of the mobile box."))
_CREW_FILE = click.option(
    "--crew-file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=N_("The crew's file."),
)
_BY = click.option("--by", required=True, help=N_("Id of who does it."))
_WITNESS = click.option("--witness", required=True, help=N_("Id of the second person."))


@click.group(
    cls=Group,
    modules={"make": "pollstation.cli.crew:make", "take-in": "pollstation.cli.crew:take_in"},
    help=N_("The laptop of a mobile box's crew."),
)
def crew() -> None:
    """Group of what is done with crew files."""


def _two(station: StationFile, by: str, witness: str) -> tuple[Session, Session]:
    """Both people, each with their own passphrase."""

    def prove(person: str, variable: str) -> Session:
        word = passphrase(_("Passphrase of {person}", person=person), None, variable)
        return station.read(lambda unit: staff.prove(unit, person, word))

    return prove(by, PERSON_PASSPHRASE), prove(witness, WITNESS_PASSPHRASE)


@click.command(help=N_("Make the crew's file out of the station file FILE, for a box that is out."))
@_FILE
@_BOX
@_CREW_FILE
@_BY
@_WITNESS
def make(file: Path, box: str, path: Path, by: str, witness: str) -> None:
    """Two people sign; the crew file gets a passphrase of its own."""
    with open_station(file) as station:
        one, other = _two(station, by, witness)
        word = passphrase(_("New passphrase of the crew file"), None, CREW_PASSPHRASE, confirm=True)
        made = Workplace(station).crew_file(one, other, box, path, word, WallClock())
        answer({"crew_file": str(path), "box": box, "voters": made.value})


@click.command("take-in", help=N_("Take what the crew wrote into the station file FILE."))
@_FILE
@_BOX
@_CREW_FILE
@_BY
@_WITNESS
def take_in(file: Path, box: str, path: Path, by: str, witness: str) -> None:
    """Two people sign; conflicts with the desk are told as a number."""
    with open_station(file) as station:
        one, other = _two(station, by, witness)
        word = passphrase(_("Passphrase of the crew file"), None, CREW_PASSPHRASE)
        taken = Workplace(station).take_in_crew(one, other, box, path, word, WallClock())
        conflicts = station.read(lambda unit: unit.total("conflicts"))
        answer({"crew_file": str(path), "box": box, "entries": taken.value, "conflicts": conflicts})
