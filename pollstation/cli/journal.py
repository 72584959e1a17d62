"""``pollstation journal list`` and ``check``: every act of the day, and whether its chain holds."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

import click
import msgspec

from pollstation.bundles.manifest import JOURNAL
from pollstation.cli.files import read_file, say_faults
from pollstation.cli.speaking import Group, answer
from pollstation.cli.station import open_station
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.journal import Entry, check_chain, entry_fields, from_line, short_code
from pollstation.i18n import N_
from pollstation.services.journal_reading import public_journal
from pollstation.services.ports import Chosen


@click.group(
    cls=Group,
    modules={"list": "pollstation.cli.journal:list_entries", "check": "pollstation.cli.journal:check"},
    help=N_("The journal of a day."),
)
def journal() -> None:
    """Group of what is done with journals."""


@click.command("list", help=N_("List acts in the journal of the station file FILE, the latest first."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", default="", help=N_("Only acts of this kind, such as ballots-issued."))
@click.option("--person", default="", help=N_("Only acts of this person, such as officer-01."))
@click.option("--stream", default="", help=N_("Only streams whose names begin so, such as box:."))
@click.option("--limit", default=200, type=click.IntRange(min=1), help=N_("At most so many (default: 200)."))
def list_entries(file: Path, kind: str, person: str, stream: str, limit: int) -> None:
    """Print entries without their private parts."""
    with open_station(file) as station:
        chosen = Chosen(actor=person, kind=kind, stream=stream)
        page = station.read(lambda unit: public_journal(unit, chosen, most=limit))
    entries = [entry_fields(entry) for entry in page.entries]
    answer({"count": page.count, "head": page.head, "entries": entries})


@click.command(help=N_("Check the chain of the journal in FILE, a station file or a bundle."))
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, file: Path) -> None:
    """Print how long each device's chain is and every fault; exit status 1 when there are any."""
    read_file(file)
    if is_zipfile(file):
        entries = _of_bundle(file)
        faults = check_chain(entries, f"{file.name}/{JOURNAL}")
    else:
        with open_station(file) as station:
            faults = station.check()
            entries = list(station.read(lambda unit: unit.entries()))
    devices: dict[str, dict[str, object]] = {}
    for entry in entries:
        devices[entry.device] = {"entries": entry.number, "head": short_code(entry.hash)}
    documents = say_faults(faults)
    answer({"ok": not faults, "entries": len(entries), "devices": devices, "faults": documents})
    if faults:
        ctx.exit(1)


def _of_bundle(file: Path) -> list[Entry]:
    """The public journal inside a bundle; who sealed it is for ``verify`` to say."""
    try:
        with ZipFile(file) as bundle:
            lines = bundle.read(JOURNAL).splitlines()
        return [from_line(line) for line in lines]
    except KeyError:
        fault = Fault(code=Code.BUNDLE_FILE_MISSING, file=file.name, field=JOURNAL)
    except (BadZipFile, msgspec.MsgspecError, UnicodeDecodeError, NotImplementedError, RuntimeError):
        fault = Fault(code=Code.BUNDLE_UNREADABLE, file=file.name, field=JOURNAL)
    raise Faults([fault])
