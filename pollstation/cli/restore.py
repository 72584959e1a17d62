"""``pollstation restore --copy DIR --out FILE``: a station file again, from its second copy."""

from pathlib import Path

import click
import msgspec

from pollstation.cli.files import passphrase
from pollstation.cli.speaking import answer, say
from pollstation.i18n import N_, _
from pollstation.services.ports import WallClock
from pollstation.store.restoring import restore as bring_back
from pollstation.wording.guarding import restored_in_words

PASSPHRASE = "POLLSTATION_PASSPHRASE"


@click.command(help=N_("Make the file of the day again from its second copy, when the laptop is lost."))
@click.option(
    "--copy",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=N_("The folder on the second medium."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=N_("The station file to make; nothing may be there yet."),
)
@click.option("--device", default="", help=N_("Whose copy, where the folder holds those of several laptops."))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("File whose first line is the passphrase (default: POLLSTATION_PASSPHRASE, or asked)."),
)
def restore(folder: Path, out: Path, device: str, passphrase_file: Path | None) -> None:
    """Restore, and say how far the copy went."""
    secret = passphrase(_("Passphrase of the station file"), passphrase_file, PASSPHRASE)
    restored = bring_back(folder, out, secret, WallClock(), device)
    answer({"file": str(out), **msgspec.to_builtins(restored)})
    for line in restored_in_words(restored):
        say(line)
