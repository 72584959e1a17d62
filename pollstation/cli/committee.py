"""``pollstation committee``: the election committee's key and root certificate, and its papers."""

from datetime import UTC, datetime
from pathlib import Path

import click

from pollstation.bundles.certificates import fingerprint, new_root, save_root
from pollstation.cli.files import passphrase
from pollstation.cli.speaking import Group, answer, say
from pollstation.i18n import N_, _

PASSPHRASE = "POLLSTATION_COMMITTEE_PASSPHRASE"


@click.group(
    cls=Group,
    modules={
        "new-key": "pollstation.cli.committee:new_key",
        "announce": "pollstation.cli.announce:announce",
    },
    help=N_("The election committee's key, and its papers on the result."),
)
def committee() -> None:
    """Group of what the committee does."""


@click.command("new-key", help=N_("Make the committee's key and root certificate."))
@click.option("--name", required=True, help=N_("Name of the election committee."))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=N_("Folder to write into."))
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help=N_("File whose first line is the passphrase.")
)
def new_key(name: str, out: Path, passphrase_file: Path | None) -> None:
    """Make both, the key encrypted."""
    secret = passphrase(_("Passphrase for the new key"), passphrase_file, PASSPHRASE, confirm=True)
    root = new_root(name, datetime.now(UTC))
    key_file, root_file = save_root(root, out, secret)
    answer({"key": str(key_file), "root": str(root_file), "fingerprint": fingerprint(root.certificate)})
    say(_("The key stays with the committee: {file}", file=key_file))
    say(_("The root certificate goes to every station and to everybody who checks: {file}", file=root_file))
    say(_("Read its fingerprint out when you hand it over: {print}", print=fingerprint(root.certificate)))
