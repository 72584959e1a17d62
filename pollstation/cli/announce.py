"""``pollstation committee announce``: the committee's papers on all counting sites together."""

from datetime import UTC, datetime
from pathlib import Path

import click

from pollstation.bundles.certificates import read_root
from pollstation.bundles.result_bundle import read_counting
from pollstation.cli.files import read_file
from pollstation.cli.forms import FORM_LANGUAGES, form_language, write_forms
from pollstation.cli.speaking import answer, say, say_code
from pollstation.documents import make
from pollstation.documents.committee_papers import papers
from pollstation.domain.errors import Refusal
from pollstation.i18n import N_, _
from pollstation.services.confirming import require_decided
from pollstation.services.consolidating import Consolidated, consolidate


@click.command(
    help=N_(
        "Add up the counting sites' BUNDLES and print the committee's papers: summaries, public notices, "
        "notices of election and statistics."
    )
)
@click.argument("bundles", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    required=True,
    help=N_("The election committee's root certificate (PEM)."),
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help=N_("Folder to write into.")
)
@form_language
@click.pass_context
def announce(
    ctx: click.Context, bundles: tuple[Path, ...], trust: Path, out: Path, form_language: str
) -> None:
    """Write every paper; exit status 1 where a contest is not decided, and has no notices."""
    root = read_file(trust)
    read_root(root, trust.name)
    whole = consolidate(read_counting(read_file(bundle), root, bundle.name) for bundle in bundles)
    made = {
        paper.name: make(FORM_LANGUAGES[form_language], *paper.forms)
        for paper in papers(whole, datetime.now(UTC).astimezone())
    }
    write_forms(out, made)
    answer(
        {
            "contests": {
                each.contest.id: {
                    "outcome": each.result.outcome.value if each.result else None,
                    "elected": list(each.result.elected) if each.result else [],
                }
                for each in whole.contests
            },
            "files": sorted(made),
        }
    )
    say(_("The committee signs and seals what it publishes: {folder}", folder=out))
    if _undecided(whole):
        ctx.exit(1)


def _undecided(whole: Consolidated) -> bool:
    """Say of every contest without notices why; whether there is one."""
    found = False
    for each in whole.contests:
        try:
            if each.result:
                require_decided(each.contest.id, each.result)
        except Refusal as refusal:
            say_code(refusal.code, refusal.facts)
            found = True
    return found
