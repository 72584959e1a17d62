"""``pollstation verify BUNDLE --trust ROOT.pem``: check a bundle as a stranger would."""

from pathlib import Path

import click
import msgspec

from pollstation.bundles.certificates import read_root
from pollstation.bundles.result_bundle import BundleReport, read_counting, verify_bundle
from pollstation.cli.files import read_file, say_faults
from pollstation.cli.speaking import answer, say
from pollstation.domain.errors import Fault, Faults, Refusal
from pollstation.domain.rules import Outcome
from pollstation.i18n import N_, _, n_
from pollstation.wording import in_a_row, terms
from pollstation.wording.forms import PARTIAL


@click.command(help=N_("Check a bundle: seal, journal, and every total computed anew."))
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    required=True,
    help=N_("The election committee's root certificate (PEM)."),
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    multiple=True,
    help=N_("Bundle of the round before, once for each counting site: check that this round follows by law."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print the report as JSON."))
@click.pass_context
def verify(ctx: click.Context, bundle: Path, trust: Path, previous: tuple[Path, ...], as_json: bool) -> None:
    """Say what was checked; exit status 1 with every fault when something is wrong."""
    try:
        root = read_file(trust)
        read_root(root, trust.name)
        before = [read_counting(read_file(each), root, each.name) for each in previous]
        report = verify_bundle(read_file(bundle), root, bundle.name, before)
    except Faults as found:
        faults = found.faults
    except Refusal as refusal:
        faults = [Fault(code=refusal.code, facts=refusal.facts)]
    else:
        if as_json:
            answer({"ok": True, **msgspec.to_builtins(report)})
        show = say if as_json else click.echo
        for line in in_words(report):
            show(line)
        return
    documents = say_faults(faults)
    codes = sorted({fault.code.value for fault in faults})
    if as_json:
        answer({"ok": False, "faults": documents})
    else:
        click.echo(_("{file} does NOT hold: {codes}", file=bundle.name, codes=in_a_row(codes)))
    ctx.exit(1)


def in_words(report: BundleReport) -> list[str]:
    """What was checked, line by line."""
    role = {"polling": _("polling"), "counting": _("count")}[report.role]
    lines = [
        _(
            "The bundle holds: {role} of {name} ({station}).",
            role=role,
            name=report.station_name,
            station=report.station,
        ),
        _("Election: {title} ({election})", title=report.title, election=report.election),
        _("Signed at {time} with the certificate {print}", time=report.signed_at, print=report.signer),
        _("Issued by the election committee's root {print}", print=report.root),
        n_(
            "One journal entry, chained, of {stations}",
            "{count} journal entries, chained, of {stations}",
            report.entries,
            stations=in_a_row(report.stations),
        ),
        n_("One signed checkpoint", "{count} signed checkpoints", report.checkpoints),
        n_(
            "One total computed anew from the public journal, equal",
            "{count} totals computed anew from the public journal, all equal",
            len(report.totals),
        ),
        n_(
            "One equation of the ballot account holds or is explained",
            "{count} equations of the ballot account hold or are explained",
            report.equations,
        ),
    ]
    if report.explained:
        lines.append(_("Explained by two people: {keys}", keys=in_a_row(report.explained)))
    lines += [
        _("Proposed for {contest}: {outcome}", contest=contest, outcome=_outcome(outcome))
        for contest, outcome in report.outcomes.items()
    ]
    lines += [
        _(
            "{contest} follows by law from the round before: {bundles}",
            contest=contest,
            bundles=in_a_row([sha256[:8] for sha256 in bundles]),
        )
        for contest, bundles in report.grown_from.items()
    ]
    lines += [
        _("Confirmed by the committee for {contest}: {names}", contest=contest, names=in_a_row(names) or "—")
        for contest, names in report.confirmed.items()
    ]
    if report.rehearsal:
        lines.append(_("This is a rehearsal, not an election."))
    return lines


def _outcome(name: str) -> str:
    return terms.word(Outcome(name)) if name in set(Outcome) else _(PARTIAL)
