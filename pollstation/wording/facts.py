"""Facts as an officer says them: times by the local clock, roles, states and figures in words."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from pollstation.domain.ballots import StockFigure
from pollstation.domain.boxes import BoxState
from pollstation.domain.count_sheets import Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.journal import Kind
from pollstation.domain.rules import Outcome
from pollstation.domain.staff import Act, Role
from pollstation.i18n import N_, _
from pollstation.wording import terms

Speaker = Callable[[str], str]

BOX_ACTS = {
    Kind.BOX_SEALED: N_("seal the box"),
    Kind.BOX_DISPATCHED: N_("send the box out"),
    Kind.BOX_HANDED_OVER: N_("hand the box over"),
    Kind.CREW_FILE_MADE: N_("make a crew file for the box"),
    Kind.BOX_RETURNED: N_("take the box back"),
    Kind.BOX_CLOSED: N_("seal the slot"),
    Kind.BOX_MOVED: N_("move the box to the count"),
    Kind.BOX_ARRIVED: N_("take the box in"),
    Kind.BOX_OPENED: N_("open the box"),
    Kind.BOX_COUNTED: N_("count the ballots of the box"),
    Kind.BALLOTS_ISSUED: N_("write down voters served at the box"),
}

WANTED = {
    "reason": N_("the reason"),
    "explanation": N_("the explanation"),
    "decision": N_("the number of the decision"),
    "card": N_("the number of the voter card"),
    "id_number": N_("the identity number"),
    "item": N_("a line of the checklist"),
    "to": N_("who receives the ballots"),
    "kind": N_("the kind of incident"),
    "ground": N_("the ground, in words"),
    "place": N_("the place"),
    "what": N_("what happened"),
    "counted": N_("ballots counted"),
    "stated": N_("ballots on the packing slip"),
    "count": N_("number of ballots"),
    "unused": N_("unused ballots"),
    "batch": N_("ballots in a batch"),
    "evidence": N_("where it stands on paper"),
    "mark": N_("what the mark looks like"),
    "name": N_("the name"),
}


def spoken(facts: Mapping[str, object]) -> dict[str, object]:
    """``facts`` with every one in words that has a speaker of its name; the others as they are."""
    return {
        name: _SPEAKERS[name](fact) if name in _SPEAKERS and isinstance(fact, str) else _number(name, fact)
        for name, fact in facts.items()
    }


def clock_time(time: str) -> str:
    """Hours and minutes on this computer's clock of a journal's time; any other text as it stands."""
    try:
        moment = datetime.strptime(time[:24], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return time
    return f"{moment.astimezone():%H:%M}"


def hour_and_minute(time: str) -> str:
    """Hours and minutes on this computer's clock of a time that somebody gave; a dash where nobody did."""
    return f"{datetime.fromisoformat(time).astimezone():%H:%M}" if time else "—"


def _number(name: str, fact: object) -> object:
    """Candidates count from 1 for people; a difference always shows its sign."""
    if name == "candidate" and isinstance(fact, int):
        return fact + 1
    if name == "difference" and isinstance(fact, int):
        return signed(fact)
    return fact


def signed(difference: int) -> str:
    """A difference with its sign."""
    return f"{difference:+,d}".replace("-", "\N{MINUS SIGN}")


def _one_of(*kinds: type[StrEnum]) -> Speaker:
    """A speaker of the members of ``kinds``."""

    def speak(fact: str) -> str:
        return next((terms.word(kind(fact)) for kind in kinds if fact in set(kind)), fact)

    return speak


def _act(fact: str) -> str:
    if fact in set(BOX_ACTS):
        return _(BOX_ACTS[Kind(fact)])
    return _one_of(Act)(fact)


def _wanted(fact: str) -> str:
    """What was to be typed in, or the name of a total: its first word and of what."""
    if fact in WANTED:
        return _(WANTED[fact])
    figure, _slash, of = fact.partition("/")
    return _("{what} ({of})", what=terms.term(figure), of=of) if of else terms.term(figure)


def sheet_name(stream: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """A count sheet by box, contest and batch, from the name of its stream."""
    box, _slash, rest = stream.removeprefix("sheet:").partition("/")
    contest, _slash, batch = rest.rpartition("/")
    return _(
        "{box} ({contest}, batch {batch})",
        box=names.get(box, box),
        contest=names.get(contest, contest),
        batch=batch,
    )


_SPEAKERS: dict[str, Speaker] = {
    "time": clock_time,
    "at": hour_and_minute,
    "due": hour_and_minute,
    "opened": clock_time,
    "role": _one_of(Role),
    "act": _act,
    "phase": _one_of(DayPhase, Phase),
    "needed": _one_of(DayPhase),
    "state": _one_of(BoxState),
    "outcome": _one_of(Outcome),
    "judgement": terms.judgement,
    "key": terms.equation_key,
    "figure": _one_of(StockFigure),
    "field": terms.field,
    "sheet": sheet_name,
    "item": terms.checklist_item,
    "what": _wanted,
    "contest": lambda contest: contest or _("any"),
    "box": lambda box: box or _("this one"),
}
"""By the name of the fact."""
