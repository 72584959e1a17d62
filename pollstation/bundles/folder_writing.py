"""Writes a committee's folder, in the form in which :mod:`election_folder` reads one."""

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

import msgspec

from pollstation.bundles.candidate_table import COLUMNS as CANDIDATE_COLUMNS
from pollstation.bundles.election_file import ELECTION_FILE
from pollstation.bundles.election_folder import Preparation, read_folder
from pollstation.bundles.package_files import write_new
from pollstation.bundles.register_table import COLUMNS as REGISTER_COLUMNS
from pollstation.bundles.staff_table import COLUMNS as STAFF_COLUMNS
from pollstation.bundles.tables import Column
from pollstation.domain.contests import Station
from pollstation.domain.errors import Code, Fault, Refusal, disk_refusals


def write_folder(prepared: Preparation, folder: Path) -> list[Fault]:
    """Write ``folder`` anew, read it back, and let it stand only when it says what was prepared.

    Returns:
        What is improbable in it, as :func:`read_folder` finds it.

    Raises:
        Refusal: FILE_EXISTS, or what the disk says.
        Faults: what is wrong with the preparation (codes P-1xx); no folder is left then.
    """
    if folder.exists():
        raise Refusal(Code.FILE_EXISTS, file=str(folder))
    draft = folder.with_name(f".{folder.name}.part")
    with disk_refusals(folder):
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        try:
            write_new(draft / ELECTION_FILE, election_text(prepared).encode())
            write_new(draft / "register.csv", _register(prepared), private=True)
            write_new(draft / "staff.csv", _staff(prepared), private=True)
            if any(contest.about for contest in prepared.contests):
                write_new(draft / "candidates.csv", _candidates(prepared))
            read, warnings = read_folder(draft)
            if read != prepared:
                raise AssertionError("the folder does not say what was prepared")
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return warnings


def election_text(prepared: Preparation) -> str:
    """``election.toml``."""
    site_of = {counted: site.id for site in prepared.stations for counted in site.counts}
    lines = ["[election]", *_fields(prepared.election)]
    for contest in prepared.contests:
        lines += ["", "[[contest]]", *_fields(contest, leave=("counting_sites", "earlier", "about"))]
        for earlier in contest.earlier:
            lines += ["", "    [[contest.earlier]]", *_fields(earlier, indent="    ")]
    for station in prepared.stations:
        lines += ["", "[[station]]", *_station(station, site_of)]
        for box in station.boxes:
            lines += ["", "    [[station.box]]", *_fields(box, leave=("station",), indent="    ")]
    return "\n".join(lines) + "\n"


def _station(station: Station, site_of: Mapping[str, str]) -> Iterator[str]:
    yield from _fields(
        station, leave=("boxes", "counts") if station.polls else ("boxes", "counts", "contests")
    )
    if station.polls:
        yield f"counting_site = {_value(site_of[station.id])}"


def _fields(one: msgspec.Struct, leave: Sequence[str] = (), indent: str = "") -> Iterator[str]:
    """The fields of ``one`` that say something, a line each."""
    for name, value in msgspec.to_builtins(one).items():
        if name not in leave and value not in ("", [], {}, None):
            yield f"{indent}{name} = {_value(value, date=name == 'day')}"


def _value(value: object, *, date: bool = False) -> str:
    """A value as TOML writes it; its strings are those of JSON."""
    if date:
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(each)}" for name, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _register(prepared: Preparation) -> bytes:
    lines = (
        {
            **msgspec.to_builtins(voter),
            "birth": voter.birth or "",
            "station": station,
            "contests": " ".join(voter.contests),
        }
        for station, voters in prepared.register.items()
        for voter in voters
    )
    return _table(REGISTER_COLUMNS, lines)


def _staff(prepared: Preparation) -> bytes:
    lines = ({**msgspec.to_builtins(one), "station": " ".join(one.stations)} for one in prepared.staff)
    return _table(STAFF_COLUMNS, lines)


def _candidates(prepared: Preparation) -> bytes:
    yes_no = {True: "yes", False: "no", None: ""}
    lines = (
        {
            "contest": contest.id,
            "name": name,
            "sex": about.sex,
            "birth": about.birth or "",
            "education": about.education or "",
            "party": yes_no[about.party_member],
            "re_elected": yes_no[about.re_elected],
        }
        for contest in prepared.contests
        for name, about in contest.about.items()
    )
    return _table(CANDIDATE_COLUMNS, lines)


def _table(columns: Sequence[Column], lines: Iterable[Mapping[str, object]]) -> bytes:
    """CSV as spreadsheets on every system open it."""
    text = StringIO(newline="")
    names = [column.name for column in columns]
    writer = csv.DictWriter(text, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")
