"""``pollstation forms FILE --out DIR``: the day's forms as PDF, out of the station file."""

from collections.abc import Mapping
from pathlib import Path

import click

from pollstation.bundles.package_files import write_new
from pollstation.cli.speaking import answer
from pollstation.cli.station import open_station
from pollstation.documents import announcing, make
from pollstation.documents.bundle_filling import bundle_forms
from pollstation.domain.errors import Code, Refusal, disk_refusals
from pollstation.i18n import N_
from pollstation.services.guards import this_day
from pollstation.services.handing_over import bundle_content
from pollstation.services.ports import Reading

FORM_LANGUAGES = {"zh_CN": ("zh_CN",), "en": ("en",), "both": ("zh_CN", "en")}

form_language = click.option(
    "--form-language",
    type=click.Choice([*FORM_LANGUAGES]),
    default="zh_CN",
    help=N_("Language of the forms (default: Chinese)."),
)


@click.command(help=N_("Print the day's forms as PDF, out of the station file FILE."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help=N_("Folder to write into.")
)
@form_language
def forms(file: Path, out: Path, form_language: str) -> None:
    """The forms of the bundle as the day stands, the archive record, and letters to those confirmed."""
    languages = FORM_LANGUAGES[form_language]
    with open_station(file) as station:
        made = station.read(lambda unit: _made(unit, languages))
    write_forms(out, made)
    answer({"files": sorted(made)})


def _made(unit: Reading, languages: tuple[str, ...]) -> dict[str, bytes]:
    made = bundle_forms(unit, bundle_content(unit), languages)
    made["archive-record.pdf"] = make(languages, announcing.archive(unit))
    for contest, confirmed in this_day(unit).confirmed.items():
        if confirmed.elected:
            letters = announcing.notices_of_election(unit, contest)
            made[f"notices-of-election-{contest}.pdf"] = make(languages, *letters)
    return made


def write_forms(out: Path, made: Mapping[str, bytes]) -> None:
    """Write PDF by file name into ``out``; FILE_EXISTS, and nothing written, where one is there already."""
    for name in made:
        if (out / name).exists():
            raise Refusal(Code.FILE_EXISTS, file=str(out / name))
    with disk_refusals(out):
        out.mkdir(parents=True, exist_ok=True)
    for name, pdf in made.items():
        write_new(out / name, pdf)
