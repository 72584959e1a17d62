"""A sheet's rows for the grid, and its findings while the typing is still going on."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.finding_list import FindingRow
from pollstation.desktop.widgets.sheet_grid import SheetRow
from pollstation.domain.contests import Contest
from pollstation.domain.count_sheets import FIGURES, CountSheet
from pollstation.domain.findings import Finding, findings
from pollstation.domain.profiles import Profile
from pollstation.i18n import _
from pollstation.wording import sentence

Values = Mapping[str, int | None]

WRITE_IN = "write_in/"


def rows(contest: Contest, write_ins: Sequence[str]) -> list[SheetRow]:
    """The rows in the order of the paper: candidates, other names, valid, void."""
    return [
        *(
            SheetRow(f"row/{n}", name, tuple(f"{figure}/{n}" for figure in FIGURES), number=n + 1)
            for n, name in enumerate(contest.candidates)
        ),
        *(
            SheetRow(
                f"{WRITE_IN}{name}",
                _("Other name: {name}", name=name),
                (f"{WRITE_IN}{name}",),
                number=len(contest.candidates) + place,
            )
            for place, name in enumerate(write_ins, start=1)
        ),
        SheetRow("valid", _("Valid ballots"), ("valid",), strong=True),
        SheetRow("void", _("Void ballots"), ("void",)),
    ]


def entered(values: Values) -> dict[str, int]:
    """What has been typed."""
    return {name: value for name, value in values.items() if value is not None}


def _row_sums(sheet: CountSheet, typed: Mapping[str, int]) -> dict[int, int]:
    """The sums of rows typed in full, by candidate."""
    rows_typed = {n: [typed.get(f"{figure}/{n}") for figure in FIGURES] for n in range(sheet.candidates)}
    return {n: sum(f for f in row if f is not None) for n, row in rows_typed.items() if None not in row}


def supposed_valid(sheet: CountSheet, typed: Mapping[str, int]) -> int | None:
    """The valid ballots: as typed, or before that what most of the rows typed in full agree on."""
    if "valid" in typed:
        return typed["valid"]
    sums = Counter(_row_sums(sheet, typed).values())
    return sums.most_common(1)[0][0] if sums else None


def findings_now(sheet: CountSheet, values: Values, rules: Profile, *, whole: bool) -> list[Finding]:
    """Findings that can be told already.

    Args:
        whole: judge the sheet as it stands, every field typed; else only fields that have been typed.
    """
    typed = entered(values)
    if whole:
        return findings(sheet, typed, rules)
    valid = supposed_valid(sheet, typed)
    if valid is None:
        return [
            one for one in findings(sheet, typed, rules) if len(one.fields) == 1 and one.fields[0] in typed
        ]
    supposed = {**typed, "valid": valid}
    supposed.setdefault("void", max(sheet.ballots - valid, 0))
    return [one for one in findings(sheet, supposed, rules) if all(name in typed for name in one.fields)]


def agreed_rows(sheet: CountSheet, values: Values) -> list[str]:
    """Keys of the rows whose sum is that of the valid ballots."""
    typed = entered(values)
    valid = supposed_valid(sheet, typed)
    return [f"row/{n}" for n, total in _row_sums(sheet, typed).items() if total == valid]


def votes(values: Values) -> int:
    """Votes for candidates and other names together."""
    return sum(count for name, count in entered(values).items() if name.startswith(("for/", WRITE_IN)))


def kind_of(finding: Finding) -> Kind:
    """Errors are wrong, warnings ask for care."""
    return Kind.WRONG if finding.is_error else Kind.CAUTION


def marks(found: Sequence[Finding]) -> dict[str, tuple[str, Kind]]:
    """Findings by the field or row they stand at, for the grid."""
    at: dict[str, tuple[str, Kind]] = {}
    for finding in found:
        rows_of = {name.partition("/")[2] for name in finding.fields if name.partition("/")[0] in FIGURES}
        whole_row = len(finding.fields) == len(FIGURES) and len(rows_of) == 1
        names = (f"row/{rows_of.pop()}",) if whole_row else finding.fields
        at.update(dict.fromkeys(names, (str(finding.code), kind_of(finding))))
    return at


def finding_rows(found: Sequence[Finding]) -> list[FindingRow]:
    """Findings in words for the counter; a click leads to the first field."""
    made = []
    for finding in found:
        wrong, advice = sentence(finding.code, dict(finding.facts))
        made.append(FindingRow(str(finding.code), wrong, advice, kind_of(finding), finding.fields[0]))
    return made
