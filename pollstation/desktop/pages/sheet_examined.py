"""A sheet as the supervisor examines it: its figures, doubtful ballots and recounts in words."""

from dataclasses import dataclass

from pollstation.desktop.pages.sheet_figures import WRITE_IN
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.finding_list import FindingRow
from pollstation.desktop.widgets.simple_table import Cell
from pollstation.domain.contests import Contest
from pollstation.domain.count_sheets import FIGURES, Phase
from pollstation.domain.findings import Finding
from pollstation.domain.staff import Session
from pollstation.i18n import _
from pollstation.services import counting
from pollstation.services.counting import Difference, SheetView
from pollstation.services.ports import Reading
from pollstation.wording import facts, terms


@dataclass(frozen=True)
class Examined:
    """A sheet as the supervisor sees it."""

    view: SheetView
    differences: list[Difference]
    findings: list[Finding]

    @property
    def phase(self) -> Phase:
        """How far the sheet is."""
        return self.view.sheet.phase

    @property
    def open_warnings(self) -> list[Finding]:
        """Warnings that nobody has explained."""
        return [
            one for one in self.findings if not one.is_error and one.code not in self.view.sheet.explained
        ]

    @property
    def errors(self) -> list[Finding]:
        """What makes an approval impossible."""
        return [one for one in self.findings if one.is_error]


def examine(unit: Reading, by: Session, sheet: str) -> Examined:
    """Read it, all of one moment."""
    view = counting.view(unit, by, sheet)
    settled = view.sheet.phase in (Phase.AGREED, Phase.APPROVED)
    found = counting.final_findings(unit, sheet) if settled else []
    return Examined(view, counting.differences(unit, by, sheet), found)


def asked(step: str) -> tuple[str, str]:
    """What is being asked, and what will come of it."""
    return {
        "send-back": (_("Send the sheet back"), _("Two people will enter it anew.")),
        "recount": (
            _("Count this batch again"),
            _("Two people enter it anew; the count before stays beside it. A proposed result is withdrawn."),
        ),
        "restate": (
            _("Restate the batch"),
            _("Two people counted its ballots again and found another number. The account follows."),
        ),
        "doubtful": (
            _("A doubtful ballot"),
            _("Chief scrutineer and scrutineer decide together. Clear intent counts."),
        ),
    }[step]


def about(now: Examined) -> list[FindingRow]:
    """What was decided about doubtful ballots, and what a recount changed."""
    sheet, rows = now.view.sheet, []
    if sheet.planned not in (0, sheet.ballots):
        said = _(
            "Laid out with {planned} ballots, restated: {ballots}",
            planned=sheet.planned,
            ballots=sheet.ballots,
        )
        rows.append(FindingRow("", said, "", Kind.ACCENT))
    if sheet.doubtful:
        decided = _(
            "Doubtful ballots decided: {valid} valid, {void} void.",
            valid=sheet.doubtful_decided(valid=True),
            void=sheet.doubtful_decided(valid=False),
        )
        each = [
            _(
                "{number}: {decision}, {ground}",
                number=one.number,
                decision=_("valid") if one.valid else _("void"),
                ground=terms.judgement(one.judgement),
            )
            for one in sheet.doubtful
        ]
        void = now.view.fields.get("void")
        if void is not None:
            each.append(_("Void ballots on the sheet: {void}", void=void))
        rows.append(FindingRow("", decided, "\n".join(each), Kind.ACCENT))
    if sheet.earlier:
        changed = [
            f"{terms.field(name, now.view.contest.candidates)}: {facts.signed(more)}"
            for name, more in sheet.changed.items()
        ]
        done = now.phase in (Phase.AGREED, Phase.APPROVED)
        found = _("The recount found the same figures.") if done and not changed else ""
        rows.append(
            FindingRow("", _("This batch is counted again."), "\n".join(changed) or found, Kind.ACCENT)
        )
    return rows


def figures(contest: Contest, fields: dict[str, int]) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows of the sheet's figures, in the order of the paper."""
    headings = [_("No."), _("Name"), _("For ○"), _("Against ×"), _("Abstain")]
    lines: list[list[Cell]] = [
        [str(n + 1), name, *(fields.get(f"{figure}/{n}", 0) for figure in FIGURES)]
        for n, name in enumerate(contest.candidates)
    ]
    for name, count in fields.items():
        if name.startswith(WRITE_IN):
            lines.append(["", _("Other name: {name}", name=name.removeprefix(WRITE_IN)), count, "", ""])
    lines.append(["", _("Valid ballots"), fields.get("valid", 0), "", ""])
    lines.append(["", _("Void ballots"), fields.get("void", 0), "", ""])
    return headings, lines
