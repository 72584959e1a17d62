"""What a count sheet's own figures betray: errors (impossible) and warnings (improbable).

A cause suppresses its symptoms: where one misread figure explains several sums, only that figure is named.
"""

from collections.abc import Mapping, Sequence

import msgspec

from pollstation.domain.count_sheets import FIGURES, CountSheet
from pollstation.domain.errors import Code
from pollstation.domain.profiles import Profile


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: its code, the fields it stands at, and the figures its sentence needs."""

    code: Code
    fields: tuple[str, ...]
    facts: dict[str, int | str] = {}

    @property
    def is_error(self) -> bool:
        """Errors stop the approval; warnings must be explained."""
        return self.code.startswith("E")


def findings(sheet: CountSheet, fields: Mapping[str, int], rules: Profile) -> list[Finding]:
    """Findings of one reading or of the agreed figures, as on the paper; warnings only where no error is."""
    valid, void = fields.get("valid", 0), fields.get("void", 0)
    found = _too_large(sheet, fields)
    sums = _row_sums(sheet, fields)
    if valid + void != sheet.ballots:
        misread = _valid_misread(sums, sheet.ballots - void)
        if misread:
            valid = sheet.ballots - void
        code = Code.VALID_MISREAD if misread else Code.BATCH_SUM_WRONG
        facts: dict[str, int | str] = {
            "valid": fields.get("valid", 0),
            "void": void,
            "ballots": sheet.ballots,
            "right": sheet.ballots - void,
        }
        found.append(Finding(code=code, fields=("valid",) if misread else ("valid", "void"), facts=facts))
    wrong = [candidate for candidate, row in enumerate(sums) if row != valid]
    for candidate in wrong:
        row = _wrong_row(sheet, fields, candidate, valid, alone=len(wrong) == 1)
        if row.code is Code.DIGITS_TRANSPOSED:
            found = [each for each in found if not set(each.fields) & set(row.fields)]
        if not any(set(each.fields) & set(row.fields) for each in found):
            found.append(row)
    votes = _marks(sheet, fields, "for") + sum(_write_ins(fields).values())
    if votes > sheet.seats * valid and not found:
        names = (*(f"for/{n}" for n in range(sheet.candidates)), *_write_ins(fields))
        facts = {"votes": votes, "most": sheet.seats * valid, "seats": sheet.seats}
        found.append(Finding(code=Code.TOO_MANY_VOTES, fields=names, facts=facts))
    return found if found else _warnings(sheet, fields, rules, votes)


def _marks(sheet: CountSheet, fields: Mapping[str, int], figure: str) -> int:
    return sum(fields.get(f"{figure}/{n}", 0) for n in range(sheet.candidates))


def _write_ins(fields: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in fields.items() if name.startswith("write_in/")}


def _row_sums(sheet: CountSheet, fields: Mapping[str, int]) -> list[int]:
    return [sum(fields.get(f"{figure}/{n}", 0) for figure in FIGURES) for n in range(sheet.candidates)]


def _too_large(sheet: CountSheet, fields: Mapping[str, int]) -> list[Finding]:
    return [
        Finding(code=Code.FIGURE_TOO_LARGE, fields=(name,), facts={"figure": count, "ballots": sheet.ballots})
        for name, count in fields.items()
        if count > sheet.ballots
    ]


def _valid_misread(sums: Sequence[int], right: int) -> bool:
    """Whether every row adds up to what void ballots leave, so that only the valid figure can be wrong."""
    return bool(sums) and all(row == right for row in sums)


def _wrong_row(
    sheet: CountSheet, fields: Mapping[str, int], candidate: int, valid: int, *, alone: bool
) -> Finding:
    """What is wrong with a candidate's row, as the likeliest slip explains it; ``alone``: with no other."""
    own = {f"{figure}/{candidate}": fields.get(f"{figure}/{candidate}", 0) for figure in FIGURES}
    row = sum(own.values())
    facts: dict[str, int | str] = {"candidate": candidate, "sum": row, "valid": valid}
    shifted = _shifted(sheet, fields, candidate, valid)
    for name, typed in own.items() if alone or not shifted else ():
        likely = valid - (row - typed)
        if likely in _digits_turned(typed):
            facts |= {"typed": typed, "likely": likely}
            return Finding(code=Code.DIGITS_TRANSPOSED, fields=(name,), facts=facts)
    code = Code.COLUMN_SHIFTED if shifted else Code.ROW_SUM_WRONG
    return Finding(code=code, fields=tuple(own), facts=facts)


def _digits_turned(figure: int) -> set[int]:
    """What the figure becomes with two neighbouring digits the other way round; 5 may have been 50, but 600
    was not 60, which has a digit less."""
    digits = f"{figure:02d}"
    turned = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    return {int(each) for each in turned if len(digits) == 2 or each[0] != "0"} - {figure}


def _shifted(sheet: CountSheet, fields: Mapping[str, int], candidate: int, valid: int) -> bool:
    """Whether the row would add up had its neighbour's figure been typed in its place: a shifted column."""
    neighbours = [n for n in (candidate - 1, candidate + 1) if 0 <= n < sheet.candidates]
    own = {figure: fields.get(f"{figure}/{candidate}", 0) for figure in FIGURES}
    rest = sum(own.values())
    return any(
        fields.get(f"{figure}/{n}", 0) != own[figure]
        and rest - own[figure] + fields.get(f"{figure}/{n}", 0) == valid
        for n in neighbours
        for figure in FIGURES
    )


def _warnings(sheet: CountSheet, fields: Mapping[str, int], rules: Profile, votes: int) -> list[Finding]:
    found = []
    valid, void = fields.get("valid", 0), fields.get("void", 0)
    share = rules.void_warning_percent
    if void and void * 100 >= share * sheet.ballots:
        facts: dict[str, int | str] = {"void": void, "ballots": sheet.ballots, "percent": share}
        found.append(Finding(code=Code.VOID_MANY, fields=("void",), facts=facts))
    # a ballot that is not blank bears a mark at least, so this many are blank for certain
    blank = valid - votes - _marks(sheet, fields, "against")
    if valid and votes == 0:
        found.append(Finding(code=Code.NOBODY_FOR_ANYBODY, fields=("for/0",), facts={"valid": valid}))
    elif blank > 0 and blank * 100 >= share * sheet.ballots:
        facts = {"blank": blank, "ballots": sheet.ballots, "percent": share}
        found.append(Finding(code=Code.BLANK_MANY, fields=("abstain/0",), facts=facts))
    return found
