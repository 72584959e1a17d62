"""Words of the trade for roles, acts, states, rounds, equations, figures and small official lists.

Tables hold English; the functions speak the language of the moment. What is in no table is answered as it
stands, because free words (a reason, a kind of incident) are allowed where a list is only a help.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from pollstation.domain.accounts import Equation, Rule, Standing
from pollstation.domain.ballots import Channel, StockFigure
from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.contests import BoxKind, Contest, Level, Post
from pollstation.domain.count_sheets import Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code
from pollstation.domain.rules import Outcome, Round
from pollstation.domain.staff import Act, Role
from pollstation.domain.visits import Ground, VisitState
from pollstation.i18n import N_, _
from pollstation.services.proxies import ProxyState

WORDS: dict[type[StrEnum], Mapping[str, str]] = {
    Role: {
        Role.OFFICER: N_("Officer"),
        Role.COUNTER: N_("Counter"),
        Role.SUPERVISOR: N_("Supervisor"),
        Role.SCRUTINEER: N_("Scrutineer"),
        Role.COMMITTEE: N_("Election committee"),
    },
    Act: {
        Act.OPEN: N_("open the station"),
        Act.CHECK_IN: N_("issue ballots"),
        Act.AUTHORISE_PROXY: N_("authorise proxies"),
        Act.CHANGE_REGISTER: N_("change the voter list"),
        Act.MOBILE_BOX: N_("work with mobile boxes"),
        Act.SERVE_ON_THE_WAY: N_("serve voters with a mobile box"),
        Act.APPROVE_VISIT: N_("approve requests for the mobile box"),
        Act.STOCK: N_("keep the ballot stock"),
        Act.INCIDENT: N_("record incidents"),
        Act.CLOSE: N_("close the station and explain differences"),
        Act.RECEIVE: N_("take in boxes and bundles"),
        Act.COUNT_BOX: N_("open and count boxes"),
        Act.ENTER_SHEET: N_("enter count sheets"),
        Act.APPROVE_SHEET: N_("settle and approve count sheets"),
        Act.DETERMINE: N_("propose the result"),
        Act.CONFIRM: N_("confirm the result"),
        Act.HAND_OVER: N_("hand over the bundle"),
        Act.READ_JOURNAL: N_("read the journal"),
        Act.WITNESS: N_("sign as the second person"),
    },
    DayPhase: {
        DayPhase.PREPARED: N_("prepared, not opened"),
        DayPhase.OPEN: N_("voting"),
        DayPhase.CLOSED: N_("voting closed"),
        DayPhase.COUNTING: N_("counting"),
        DayPhase.DETERMINED: N_("result proposed"),
        DayPhase.HANDED_OVER: N_("handed over"),
    },
    BoxKind: {
        BoxKind.FIXED: N_("fixed box"),
        BoxKind.MOBILE: N_("mobile box"),
    },
    BoxState: {
        BoxState.PREPARED: N_("not sealed yet"),
        BoxState.SEALED: N_("sealed, in use"),
        BoxState.OUT: N_("out with its crew"),
        BoxState.BACK: N_("back from its round"),
        BoxState.CLOSED: N_("slot sealed"),
        BoxState.MOVED: N_("on the way to the count"),
        BoxState.ARRIVED: N_("arrived, seals read"),
        BoxState.OPENED: N_("opened"),
        BoxState.COUNTED: N_("its ballots are counted"),
    },
    BoxException: {
        BoxException.SEAL_DIFFERS: N_("seal numbers differ"),
        BoxException.CUSTODY_BROKEN: N_("a hand-over is missing"),
        BoxException.SEAL_DAMAGED: N_("a seal was damaged"),
        BoxException.CLOCK_AHEAD: N_("the crew's laptop had a wrong clock"),
        BoxException.CREW_FILE_OPEN: N_("the crew's file has not been taken in"),
    },
    Ground: {
        Ground.ILL: N_("ill"),
        Ground.IMMOBILE: N_("cannot walk"),
        Ground.REMOTE: N_("lives far away"),
        Ground.HELD: N_("held in custody"),
        Ground.OTHER: N_("other ground, in words"),
    },
    VisitState: {
        VisitState.REQUESTED: N_("to be approved"),
        VisitState.APPROVED: N_("approved"),
        VisitState.REFUSED: N_("refused"),
    },
    Phase: {
        Phase.PLANNED: N_("waits for the first entry"),
        Phase.FIRST: N_("first entry begun"),
        Phase.SECOND: N_("waits for the second entry"),
        Phase.DIFFERS: N_("the entries differ"),
        Phase.AGREED: N_("waits for approval"),
        Phase.APPROVED: N_("approved"),
    },
    Channel: {
        Channel.IN_PERSON: N_("in person"),
        Channel.PROXY: N_("through a proxy"),
        Channel.MOBILE: N_("at a mobile box"),
    },
    ProxyState: {
        ProxyState.ASKED: N_("waits for the committee"),
        ProxyState.GIVEN: N_("not yet voted"),
        ProxyState.VOTED: N_("voted"),
        ProxyState.DECLINED: N_("refused by the committee"),
        ProxyState.LAPSED: N_("came in person"),
    },
    StockFigure: {
        StockFigure.STATED: N_("on the packing slips"),
        StockFigure.RECEIVED: N_("received"),
        StockFigure.DAMAGED: N_("damaged"),
        StockFigure.TRANSFERRED: N_("transferred out"),
    },
    Level: {
        Level.COUNTY: N_("Deputies to the county people's congress"),
        Level.TOWNSHIP: N_("Deputies to the township people's congress"),
        Level.VILLAGE: N_("Members of the villagers' committee"),
    },
    Post: {
        Post.CHAIR: N_("Chair of the villagers' committee"),
        Post.VICE_CHAIR: N_("Vice-chair of the villagers' committee"),
        Post.MEMBER: N_("Ordinary member of the villagers' committee"),
    },
    Round: {
        Round.FIRST: N_("First ballot"),
        Round.REVOTE: N_("Re-vote"),
        Round.FRESH: N_("Fresh election"),
    },
    Rule: {
        Rule.RECEIVED: N_("packing slips = received"),
        Rule.STOCK: N_("received = issued + unused + damaged + transferred out + on boxes"),
        Rule.ISSUED: N_(
            "ballots issued = in person + by proxy + on mobile boxes + replacements + handed back"
        ),
        Rule.VOTERS: N_("ballots net issued = voters marked as voting"),
        Rule.BOX: N_("taken along = issued on the way + brought back blank + brought back spoilt"),
        Rule.SIGNED: N_("voters who signed the list = voters written down"),
        Rule.COLLECTED: N_("ballots issued for the box = ballots found in it"),
        Rule.BATCHED: N_("ballots found in the box = ballots in batches"),
        Rule.TALLIED: N_("collected = valid + void"),
    },
    Standing: {
        Standing.HOLDS: N_("holds"),
        Standing.DIFFERS: N_("differs"),
        Standing.EXPLAINED: N_("explained"),
        Standing.OPEN: N_("not yet"),
    },
    Outcome: {
        Outcome.ELECTED: N_("Valid. All seats are filled."),
        Outcome.REVOTE: N_("Valid. A tie for the last seat: re-vote among those tied."),
        Outcome.FRESH_ELECTION: N_("Valid. Too few elected: fresh election for the missing seats."),
        Outcome.INVALID_TURNOUT: N_(
            "Invalid. No more than half of the voters took part: the election is run again."
        ),
        Outcome.INVALID_EXCESS: N_(
            "Invalid. More ballots collected than voters who voted: the election is run again."
        ),
        Outcome.BASIS_DEPENDENT: N_(
            "To be decided by the election committee: ballots issued and collected give different outcomes."
        ),
        Outcome.COMMITTEE_DECIDES: N_("To be decided by the election committee."),
        Outcome.VACANT: N_("Valid. Seats stay vacant."),
        Outcome.INVALID_INPUT: N_("No outcome: the figures contradict each other."),
    },
}
"""English for every member of each of these enums."""

TERMS = {
    "received": N_("received"),
    "issued": N_("issued"),
    "unused": N_("unused"),
    "damaged": N_("damaged"),
    "transferred": N_("transferred out"),
    "on_boxes": N_("on boxes"),
    "in_person": N_("in person"),
    "proxy": N_("by proxy"),
    "mobile": N_("on mobile boxes"),
    "replaced": N_("replacements"),
    "returned": N_("handed back"),
    "marked": N_("voters marked as voting"),
    "issued_on_way": N_("issued on the way"),
    "handed_back_later": N_("handed back at the station later"),
    "blank_back": N_("brought back blank"),
    "spoilt_back": N_("brought back spoilt"),
    "counted": N_("found in the box"),
    "batches": N_("in batches"),
    "valid": N_("valid"),
    "void": N_("void"),
}
"""The right-hand terms of the account's equations."""

CHECKLIST = {
    "boxes-empty": N_("Every box was shown empty to those present"),
    "booths-ready": N_("The secret marking places are ready and cannot be looked into"),
    "register-posted": N_("Voter list, candidates and instructions are posted"),
    "forms-ready": N_("Forms, seals and writing material lie ready"),
    "staff-present": N_("Staff and scrutineers are in their places; close relatives of candidates stay out"),
    "proxies-posted": N_("The list of those who vote for others is posted"),
}

OPENING_STEPS = {
    "checklist": N_("Checklist"),
    "boxes": N_("Show boxes empty and seal them"),
    "ballots": N_("Count ballots in"),
    "zero-report": N_("Zero report"),
    "open": N_("Open the voting"),
}

DUTIES = {
    "today": N_("Today"),
    "check-in": N_("Check-in"),
    "proxies": N_("Proxies"),
    "mobile-boxes": N_("Mobile boxes"),
    "stock": N_("Stock"),
    "incidents": N_("Incidents"),
    "opening": N_("Opening"),
    "close": N_("Closing"),
    "count": N_("Counting"),
    "result": N_("Result"),
    "names": N_("Other names"),
    "hand-over": N_("Hand over"),
    "journal": N_("Journal"),
}
"""The rail, in the order of the day."""

SPOIL_REASONS = {
    "mismarked": N_("Marked by mistake"),
    "torn": N_("Torn or soiled"),
    "misprinted": N_("Misprinted"),
    "other-spoilt": N_("Other reason, in words"),
}

INCIDENT_KINDS = {
    "disturbance": N_("Disturbance of order"),
    "campaigning": N_("Campaigning at the station"),
    "secrecy": N_("Secrecy of the vote not kept"),
    "voter-list": N_("Voter list disputed"),
    "identity": N_("Identity of a voter in doubt"),
    "complaint": N_("Complaint or objection"),
    "seal": N_("Seal or box damaged"),
    "equipment": N_("Power or equipment failed"),
    "health": N_("Illness or accident"),
    "weather": N_("Weather or other emergency"),
    "other": N_("Something else"),
}

JUDGEMENTS: Mapping[str, str] = {
    Judgement.CLEAR_INTENT: N_("the voter's intent is clear"),
    Judgement.PART_UNCLEAR: N_("one part is unclear and void, the rest counts"),
    Judgement.ILLEGIBLE: N_("it cannot be read"),
    Judgement.TOO_MANY_NAMES: N_("more names than seats are marked"),
    Judgement.TWO_POSTS: N_("one person is marked for two posts"),
    Judgement.OTHER: N_("another ground, in words"),
}
"""On what ground a doubtful ballot was decided."""

PAPERS = {
    Post.CHAIR: N_("Chair ballot"),
    Post.VICE_CHAIR: N_("Vice-chair ballot"),
    Post.MEMBER: N_("Member ballot"),
}
"""The papers of one village, which lie side by side."""

OCCASIONS = {
    "opening": N_("at the opening"),
    "hourly": N_("on the hour"),
    "closing": N_("at the close"),
    "count": N_("after the count"),
    "confirmation": N_("at the confirmation"),
    "hand-over": N_("at the hand-over"),
}
"""When a checkpoint is signed."""

BUNDLES = {"polling": N_("polling bundle"), "counting": N_("counting bundle")}

_FIELDS = {
    "for": N_("For, candidate {number} {name}"),
    "against": N_("Against, candidate {number} {name}"),
    "abstain": N_("Abstain, candidate {number} {name}"),
}


def word(one: StrEnum) -> str:
    """A role, act, state, channel, level, round, equation, standing or outcome in words."""
    return _(WORDS[type(one)][one])


def paper(contest: Contest) -> str:
    """What tells a ballot paper from others, shortly: the post it fills, else its title, else the body."""
    return _(PAPERS[contest.post]) if contest.post else contest.title or word(contest.level)


def term(name: str) -> str:
    """One figure on the right-hand side of an equation, by its name there."""
    return _listed(TERMS, name)


def equation(one: Equation) -> str:
    """Which equation it is: its formula, and of what contest and box."""
    return equation_key(one.key)


def equation_key(key: str, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """An equation, what is wrong about a box, or a warning over boxes, by its key in the journal.

    The contest and box that follow its first word are said behind it, by ``names`` where their ids stand
    there; the first word may stand alone.
    """
    first, *ids = key.split("/")
    of = [names.get(one, one) for one in ids]
    if first in set(Rule):
        formula = word(Rule(first))
        return _("{formula} ({of})", formula=formula, of=_(", ").join(of)) if of else formula
    if first in set(BoxException):
        what = word(BoxException(first))
        return _("{what} (box {box})", what=what, box=of[0]) if of else what
    if first in set(Code):
        return _("{formula} ({of})", formula=first, of=_(", ").join(of))
    return key


def field(name: str, candidates: Sequence[str] = ()) -> str:
    """A figure of a count sheet, such as ``against/2``; candidates' names are said where they are given."""
    figure, _slash, rest = name.partition("/")
    if figure in _FIELDS and rest.isdecimal():
        place = int(rest)
        named = candidates[place] if place < len(candidates) else ""
        return _(_FIELDS[figure], number=place + 1, name=named).rstrip()
    if figure == "write_in":
        return _("Other name: {name}", name=rest)
    return {"valid": _("Valid ballots"), "void": _("Void ballots")}.get(name, name)


def checklist_item(item: str) -> str:
    """One line of the checklist before the opening; also ``zero-report``."""
    return _listed(CHECKLIST | OPENING_STEPS, item)


def opening_step(step: str) -> str:
    """One step of the opening."""
    return _listed(OPENING_STEPS, step)


def duty(name: str) -> str:
    """One duty of the rail."""
    return _listed(DUTIES, name)


def spoil_reason(code: str) -> str:
    """Why a ballot was replaced: one of the list, or free words."""
    return _listed(SPOIL_REASONS, code)


def incident_kind(code: str) -> str:
    """What kind of incident: one of the list, or free words."""
    return _listed(INCIDENT_KINDS, code)


def judgement(code: str) -> str:
    """Why a doubtful ballot was decided as it was."""
    return _listed(JUDGEMENTS, code)


def occasion(name: str) -> str:
    """When a checkpoint was signed."""
    return _listed(OCCASIONS, name)


def bundle(role: str) -> str:
    """Which bundle: of a polling station, or of a count."""
    return _listed(BUNDLES, role)


def _listed(table: Mapping[str, str], name: str) -> str:
    return _(table[name]) if name in table else name
