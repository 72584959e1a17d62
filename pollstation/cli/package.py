"""``pollstation package``: check a committee's folder, and build the stations' packages out of it."""

import hashlib
from pathlib import Path

import click

from pollstation.bundles.certificates import ROOT_FILE, load_root
from pollstation.bundles.election_folder import Preparation, read_folder
from pollstation.bundles.package_files import PASSPHRASES, build_every, build_files
from pollstation.cli.committee import PASSPHRASE
from pollstation.cli.files import passphrase, say_faults
from pollstation.cli.speaking import Group, answer, say
from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.i18n import N_, _

STATION_PASSPHRASE = "POLLSTATION_STATION_PASSPHRASE"


@click.group(
    cls=Group,
    modules={
        "check": "pollstation.cli.package:check",
        "build": "pollstation.cli.package:build",
        "next": "pollstation.cli.next_round:next_round",
    },
    help=N_("Election packages for the stations."),
)
def package() -> None:
    """Group of what is done with packages."""


@click.command(help=N_("Check the committee's FOLDER and list every fault."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, folder: Path) -> None:
    """List faults and what is improbable; exit status 1 when a package could not be built."""
    try:
        prepared, warnings = read_folder(folder)
    except Faults as faults:
        answer({"ok": False, "faults": say_faults(faults.faults)})
        ctx.exit(1)
    answer({"ok": True, "faults": say_faults(warnings), **summary(prepared)})


@click.command(help=N_("Build the packages of all stations in FOLDER, or of one."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--station", help=N_("Build for this station only."))
@click.option("--key", type=click.Path(path_type=Path), required=True, help=N_("The committee's key (PEM)."))
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help=N_("The committee's root certificate (default: beside the key)."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help=N_("File to write for one station, folder for all of them."),
)
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help=N_("File whose first line opens the key.")
)
@click.option(
    "--station-passphrase-file",
    type=click.Path(path_type=Path),
    help=N_("File whose first line becomes the station's passphrase."),
)
def build(
    folder: Path,
    station: str | None,
    key: Path,
    root: Path | None,
    out: Path,
    passphrase_file: Path | None,
    station_passphrase_file: Path | None,
) -> None:
    """Build, and write nothing unless everything could be built."""
    prepared, warnings = read_folder(folder)
    say_faults(warnings)
    known = [each.id for each in prepared.stations]
    if station and station not in known:
        raise Refusal(Code.FOLDER_STATION_UNKNOWN, value=station, known=known)
    secret = passphrase(_("Passphrase of the committee's key"), passphrase_file, PASSPHRASE)
    authority = load_root(key, root or key.with_name(ROOT_FILE), secret)
    if station:
        question = _("New passphrase for station {station}", station=station)
        new = passphrase(question, station_passphrase_file, STATION_PASSPHRASE, confirm=True)
        files = {station: out}
        built = build_files(prepared, authority, files, {station: new})
    else:
        files, built = build_every(prepared, authority, out)
        say(
            _(
                "The stations' passphrases are in {file}; hand each out on another way than its package.",
                file=out / PASSPHRASES,
            )
        )
    answer(
        {
            "packages": [
                {"station": each, "file": str(files[each]), "sha256": hashlib.sha256(data).hexdigest()}
                for each, data in built.items()
            ],
            **summary(prepared),
        }
    )


def summary(prepared: Preparation) -> dict[str, object]:
    """What was prepared, for a JSON document."""
    return {
        "election": prepared.election.id,
        "contests": [contest.id for contest in prepared.contests],
        "stations": {
            each.id: {
                "voters": len(prepared.register.get(each.id, ())),
                "staff": sum(each.id in person.stations for person in prepared.staff),
                "counts": list(each.counts),
            }
            for each in prepared.stations
        },
    }
