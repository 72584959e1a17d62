"""From a JSON document to a case: every field that is missing or of the wrong kind is named."""

import msgspec

from pollstation.domain.rules.cases import Case, Facts, Outcome, Reason, ReasonKind, Result, Round
from pollstation.domain.rules.determination import determine

WRONG_KIND = {
    "id": ReasonKind.NOT_TEXT,
    "profile": ReasonKind.NOT_TEXT,
    "round": ReasonKind.ROUND_UNKNOWN,
    "votes": ReasonKind.NOT_TALLY,
    "write_ins": ReasonKind.NOT_TALLY,
    "eligible": ReasonKind.NOT_NAMES,
    "ineligible": ReasonKind.NOT_NAMES,
}


def judge(raw: object) -> Result:
    """Judge a case as it came out of a JSON file; what is no case becomes INVALID_INPUT.

    Fields that the contract does not name (notes, expectations) are passed over; an optional field that
    is null counts as left out.
    """
    if not isinstance(raw, dict):
        return Result(id=None, outcome=Outcome.INVALID_INPUT, reasons=[Reason("", ReasonKind.NOT_A_CASE)])
    given: dict[str, object] = {}
    faults: list[Reason] = []
    for field in msgspec.structs.fields(Case):
        value = raw.get(field.name)
        if value is None and not field.required:
            continue
        if field.name not in raw:
            faults.append(Reason("", ReasonKind.FIELD_MISSING, {"field": field.name}))
            continue
        try:
            given[field.name] = msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            kind = WRONG_KIND.get(field.name, ReasonKind.NOT_WHOLE)
            rounds: Facts = {"known": list(Round)} if kind is ReasonKind.ROUND_UNKNOWN else {}
            faults.append(Reason("", kind, {"field": field.name, **rounds}))
    if not faults:
        return determine(msgspec.convert(given, Case))
    name = given.get("id")
    return Result(
        id=name if isinstance(name, str | int) else None, outcome=Outcome.INVALID_INPUT, reasons=faults
    )
