"""The count: sheets read from paper twice, blind, by two people; differences settled; sheets approved."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pollstation.domain.contests import Contest
from pollstation.domain.count_sheets import FIGURES, CountSheet, Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.findings import Finding, findings
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Act, Role, Session, require, require_two
from pollstation.services.guards import require_phase, require_text
from pollstation.services.ports import Reading, UnitOfWork

LARGEST = 99_999
"""No box holds more ballots; a longer figure is a slip of the hand."""


class SheetView(msgspec.Struct, frozen=True, kw_only=True):
    """What one person may see of a sheet: their own reading while entering, everything when settling."""

    sheet: CountSheet
    contest: Contest
    reading: int
    """Which reading is this person's (1 or 2); 0 when none is left for them."""
    fields: dict[str, int]
    findings: tuple[Finding, ...]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field in which the two readings differ."""

    field: str
    first: int
    second: int
    settled: int | None


def sheets(unit: Reading) -> list[CountSheet]:
    """Every sheet, by box, contest and batch, figures left out: a list that keeps the second entry blind."""
    known = unit.states("sheet:", CountSheet).values()
    return sorted(known, key=lambda sheet: (sheet.box, sheet.contest, sheet.batch))


def view(unit: Reading, by: Session, sheet_id: str) -> SheetView:
    """The sheet for entering (only ``by``'s own figures) or, for a supervisor, with its agreed figures."""
    sheet = _sheet(unit, sheet_id)
    reading = sheet.reading_of(by.id)
    own = next((each for each in sheet.readings if each.by == by.id), None)
    fields = dict(own.fields) if own else {}
    if by.role is not Role.COUNTER and sheet.phase in (Phase.DIFFERS, Phase.AGREED, Phase.APPROVED):
        fields = sheet.fields
    found = findings(sheet, fields, rules_of(unit.plan.election)) if fields else []
    blind = (
        msgspec.structs.replace(sheet, readings=(), settled={}, earlier=())
        if by.role is Role.COUNTER
        else sheet
    )
    return SheetView(
        sheet=blind,
        contest=unit.plan.contest(sheet.contest),
        reading=reading,
        fields=fields,
        findings=tuple(found),
    )


def _sheet(unit: Reading, sheet_id: str) -> CountSheet:
    sheet = unit.state(sheet_id, CountSheet)
    if not sheet.contest:
        raise Refusal(Code.SHEET_UNKNOWN, sheet=sheet_id)
    return sheet


def enter(unit: UnitOfWork, by: Session, sheet_id: str, fields: Mapping[str, int | None]) -> SheetView:
    """Keep the figures of one or more fields of ``by``'s reading, durably, as each field is left.

    None empties a field: it is not entered again, which is something else than 0.

    Findings never stand in the way of typing; what cannot be a count is refused at its field.

    Raises:
        Refusal: SAME_COUNTER_TWICE, BATCH_ENTERED_ALREADY, SHEET_WRONG_PHASE, FIELD_UNKNOWN,
            FIELD_NOT_A_COUNT, FIELD_TOO_LARGE, WRITE_IN_IS_CANDIDATE.
    """
    require(by, Act.ENTER_SHEET)
    sheet, reading = _own_reading(unit, by, sheet_id)
    contest = unit.plan.contest(sheet.contest)
    for name, count in fields.items():
        _require_field(contest, name)
        if count is None:
            continue
        if count < 0:
            raise Refusal(Code.FIELD_NOT_A_COUNT, field=name, count=count)
        if count > LARGEST:
            raise Refusal(Code.FIELD_TOO_LARGE, field=name, count=count, most=LARGEST)
    unit.append(Kind.FIELDS_ENTERED, sheet_id, by=by, public={"reading": reading, "fields": dict(fields)})
    return view(unit, by, sheet_id)


def _own_reading(unit: Reading, by: Session, sheet_id: str) -> tuple[CountSheet, int]:
    require_phase(unit, DayPhase.COUNTING)
    sheet = _sheet(unit, sheet_id)
    reading = sheet.reading_of(by.id)
    if reading:
        return sheet, reading
    if sheet.phase in (Phase.DIFFERS, Phase.AGREED, Phase.APPROVED):
        raise Refusal(Code.BATCH_ENTERED_ALREADY, phase=sheet.phase)
    if any(each.by == by.id and each.done for each in sheet.readings):
        raise Refusal(Code.SAME_COUNTER_TWICE, person=by.id)
    raise Refusal(Code.SHEET_WRONG_PHASE, phase=sheet.phase)


def _require_field(contest: Contest, name: str) -> None:
    figure, _, rest = name.partition("/")
    if figure == "write_in" and rest.strip():
        if rest in contest.candidates:
            raise Refusal(Code.WRITE_IN_IS_CANDIDATE, name=rest)
        return
    known = {f"{each}/{n}" for each in FIGURES for n in range(len(contest.candidates))} | {"valid", "void"}
    if name not in known:
        raise Refusal(Code.FIELD_UNKNOWN, field=name)


def complete(unit: UnitOfWork, by: Session, sheet_id: str) -> Phase:
    """Finish ``by``'s reading; after the second, the two are compared.

    Returns:
        What the sheet waits for now: SECOND, DIFFERS or AGREED.

    Raises:
        Refusal: SHEET_INCOMPLETE where a field is empty; an empty field is no 0.
    """
    require(by, Act.ENTER_SHEET)
    sheet, reading = _own_reading(unit, by, sheet_id)
    own = sheet.readings[reading - 1].fields if reading <= len(sheet.readings) else {}
    if empty := sheet.missing(own):
        raise Refusal(Code.SHEET_INCOMPLETE, count=len(empty), field=empty[0])
    unit.append(Kind.ENTRY_COMPLETED, sheet_id, by=by, public={"reading": reading})
    return _sheet(unit, sheet_id).phase


def differences(unit: Reading, by: Session, sheet_id: str) -> list[Difference]:
    """The fields in which the readings differ, both values, for the supervisor who settles them."""
    require(by, Act.APPROVE_SHEET)
    sheet = _sheet(unit, sheet_id)
    if len(sheet.readings) < 2:
        return []
    first, second = (reading.fields for reading in sheet.readings)
    return [
        Difference(
            field=name,
            first=first.get(name, 0),
            second=second.get(name, 0),
            settled=sheet.settled.get(name),
        )
        for name in sheet.differences
    ]


def settle(unit: UnitOfWork, by: Session, sheet_id: str, fields: Mapping[str, int], reason: str) -> Phase:
    """Settle differing fields after the paper was read again; all readings stay in the journal."""
    require(by, Act.APPROVE_SHEET)
    require_phase(unit, DayPhase.COUNTING)
    reason = require_text(reason, "reason")
    sheet = _sheet(unit, sheet_id)
    if sheet.phase not in (Phase.DIFFERS, Phase.AGREED):
        raise Refusal(Code.SHEET_WRONG_PHASE, phase=sheet.phase)
    for name, count in fields.items():
        if name not in sheet.differences:
            raise Refusal(Code.FIELD_UNKNOWN, field=name)
        if not 0 <= count <= LARGEST:
            raise Refusal(Code.FIELD_NOT_A_COUNT, field=name, count=count)
    unit.append(
        Kind.DIFFERENCE_SETTLED, sheet_id, by=by, public={"fields": dict(fields)}, private={"reason": reason}
    )
    return _sheet(unit, sheet_id).phase


def send_back(unit: UnitOfWork, by: Session, sheet_id: str, reason: str) -> None:
    """Send a sheet back to be entered anew by two people; what was entered stays in the journal."""
    require(by, Act.APPROVE_SHEET)
    require_phase(unit, DayPhase.COUNTING)
    reason = require_text(reason, "reason")
    sheet = _sheet(unit, sheet_id)
    if sheet.phase is Phase.PLANNED:
        raise Refusal(Code.SHEET_WRONG_PHASE, phase=sheet.phase)
    unit.append(Kind.SHEET_SENT_BACK, sheet_id, by=by, private={"reason": reason})


Alike = Mapping[tuple[str, str, frozenset[tuple[str, int]]], Sequence[int]]
"""Batches of approved sheets by their box, contest and figures."""


def approved_alike(known: Iterable[CountSheet]) -> Alike:
    """The approved ones among ``known``, by their figures: to look for batches entered twice."""
    alike: dict[tuple[str, str, frozenset[tuple[str, int]]], list[int]] = {}
    for sheet in known:
        if sheet.approved:
            alike.setdefault(_figures_of(sheet), []).append(sheet.batch)
    return alike


def _figures_of(sheet: CountSheet) -> tuple[str, str, frozenset[tuple[str, int]]]:
    figures = frozenset((name, count) for name, count in sheet.fields.items() if count)
    return sheet.box, sheet.contest, figures


def final_findings(unit: Reading, sheet_id: str) -> list[Finding]:
    """Findings of a sheet's agreed figures, against its neighbours and its doubtful ballots too."""
    sheet = _sheet(unit, sheet_id)
    others = unit.states(f"sheet:{sheet.box}/{sheet.contest}/", CountSheet).values()
    return findings_among(unit, sheet, approved_alike(others))


def survey(unit: Reading) -> dict[str, list[Finding]]:
    """Findings of every sheet whose two entries agree, by sheet; those without any left out."""
    known = sheets(unit)
    alike = approved_alike(known)
    agreed = [sheet for sheet in known if sheet.phase in (Phase.AGREED, Phase.APPROVED)]
    found = {sheet.id: findings_among(unit, sheet, alike) for sheet in agreed}
    return {sheet: findings for sheet, findings in found.items() if findings}


def findings_among(unit: Reading, sheet: CountSheet, alike: Alike) -> list[Finding]:
    """As :func:`final_findings`, where the approved sheets are known already."""
    found = findings(sheet, sheet.fields, rules_of(unit.plan.election))
    if any(finding.is_error for finding in found):
        return found
    twin = next((batch for batch in alike.get(_figures_of(sheet), ()) if batch != sheet.batch), None)
    if twin is not None:
        found.append(Finding(code=Code.BATCH_LOOKS_REPEATED, fields=("for/0",), facts={"batch": twin}))
    decided, void = sheet.doubtful_decided(valid=False), sheet.fields.get("void", 0)
    if decided > void:
        facts: dict[str, int | str] = {"decided": decided, "void": void}
        found.append(Finding(code=Code.DOUBTFUL_MORE_THAN_VOID, fields=("void",), facts=facts))
    return found


def explain_finding(
    unit: UnitOfWork, by: Session, witness: Session, sheet_id: str, code: Code, text: str
) -> None:
    """Explain a warning, two people, in writing, to be printed; errors cannot be explained away."""
    require(by, Act.APPROVE_SHEET)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    text = require_text(text, "explanation")
    found = [finding for finding in final_findings(unit, sheet_id) if finding.code == code]
    if not found or found[0].is_error:
        raise Refusal(Code.NOTHING_TO_EXPLAIN, key=code)
    unit.append(
        Kind.FINDING_EXPLAINED,
        sheet_id,
        by=by,
        witness=witness,
        public={"code": code},
        private={"text": text},
    )


def approve(unit: UnitOfWork, by: Session, witness: Session, sheet_id: str) -> None:
    """Approve a sheet, supervisor and scrutineer: equal or settled, free of errors, warnings explained.

    Raises:
        Refusal: SHEET_WRONG_PHASE, SHEET_HAS_ERRORS, WARNING_UNEXPLAINED.
    """
    require(by, Act.APPROVE_SHEET)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    sheet = _sheet(unit, sheet_id)
    if sheet.phase is not Phase.AGREED:
        raise Refusal(Code.SHEET_WRONG_PHASE, phase=sheet.phase)
    for finding in final_findings(unit, sheet_id):
        if finding.is_error:
            raise Refusal(Code.SHEET_HAS_ERRORS, finding=finding.code)
        if finding.code not in sheet.explained:
            raise Refusal(Code.WARNING_UNEXPLAINED, finding=finding.code)
    changed = {"changed": sheet.changed} if sheet.earlier else {}
    unit.append(Kind.SHEET_APPROVED, sheet_id, by=by, witness=witness, public=changed)
