"""``pollstation package next``: the folder of the next round, grown from the result of the last."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
import msgspec

from pollstation.bundles.certificates import read_root
from pollstation.bundles.election_folder import read_folder
from pollstation.bundles.folder_writing import write_folder
from pollstation.bundles.next_election import grow, needs_round
from pollstation.bundles.result_bundle import read_counting
from pollstation.cli.files import read_file, say_faults
from pollstation.cli.package import summary
from pollstation.cli.speaking import answer
from pollstation.domain.errors import Faults
from pollstation.domain.next_round import Choice
from pollstation.i18n import N_
from pollstation.services.consolidating import consolidate

_DIVIDERS = re.compile("[,，、;；]")


def _of_contest(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """``contest=what``, once for each contest."""
    pairs = [each.partition("=") for each in given]
    if any(not (contest and equals and what) for contest, equals, what in pairs):
        raise click.BadParameter("CONTEST=…", context, parameter)
    return {contest: what for contest, _equals, what in pairs}


@click.command("next", help=N_("Prepare the round that follows from the result of the election in FOLDER."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--result",
    "results",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help=N_("Bundle of a counting site; once for each site."),
)
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    required=True,
    help=N_("The election committee's root certificate (PEM)."),
)
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), required=True, help=N_("Day on which the round is held.")
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help=N_("Folder to write anew."))
@click.option(
    "--candidates",
    multiple=True,
    callback=_of_contest,
    metavar="CONTEST=NAME,NAME",
    help=N_("Everybody who stands, where equal votes leave it to the committee."),
)
@click.option(
    "--basis",
    multiple=True,
    callback=_of_contest,
    metavar="CONTEST=issued|collected",
    help=N_("Which ballots count as those who voted, where the outcome depends on it."),
)
@click.pass_context
def next_round(
    ctx: click.Context,
    folder: Path,
    results: tuple[Path, ...],
    trust: Path,
    day: datetime,
    out: Path,
    candidates: dict[str, str],
    basis: dict[str, str],
) -> None:
    """Check the bundles, grow the next round, and write its folder or nothing."""
    root = read_file(trust)
    read_root(root, trust.name)
    try:
        prepared, _warnings = read_folder(folder)
        whole = consolidate(read_counting(read_file(each), root, each.name) for each in results)
        choices = {
            contest: Choice(
                candidates=tuple(filter(None, _DIVIDERS.split(candidates.get(contest, "")))),
                basis=basis.get(contest, ""),
            )
            for contest in {**candidates, **basis}
        }
        grown = grow(prepared, whole, choices, day.date())
        warnings = grown.warnings + write_folder(grown.prepared, out)
    except Faults as faults:
        answer({"ok": False, "faults": say_faults(faults.faults)})
        ctx.exit(1)
    judged = {each.contest.id for each in whole.contests}
    answer(
        {
            "ok": True,
            "folder": str(out),
            "day": grown.prepared.election.day.isoformat(),
            "rounds": [
                {name: msgspec.to_builtins(getattr(each, name)) for name in _SHOWN}
                for each in grown.prepared.contests
            ],
            "decided": [each.contest.id for each in whole.contests if not needs_round(each)],
            "without_result": [each.id for each in prepared.contests if each.id not in judged],
            "faults": say_faults(warnings),
            **summary(grown.prepared),
        }
    )


_SHOWN = ("id", "round", "seats", "candidates", "earlier")
