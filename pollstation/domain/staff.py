"""The people of the station and what each role may do."""

from enum import StrEnum

import msgspec

from pollstation.domain.errors import Code, Refusal


class Role(StrEnum):
    """What somebody is appointed to do on the day."""

    OFFICER = "officer"
    COUNTER = "counter"
    SUPERVISOR = "supervisor"
    SCRUTINEER = "scrutineer"
    COMMITTEE = "committee"


class Act(StrEnum):
    """What may be asked of the station, by duty."""

    OPEN = "open"
    CHECK_IN = "check-in"
    AUTHORISE_PROXY = "authorise-proxy"
    CHANGE_REGISTER = "change-register"
    MOBILE_BOX = "mobile-box"
    SERVE_ON_THE_WAY = "serve-on-the-way"
    APPROVE_VISIT = "approve-visit"
    STOCK = "stock"
    INCIDENT = "incident"
    CLOSE = "close"
    RECEIVE = "receive"
    COUNT_BOX = "count-box"
    ENTER_SHEET = "enter-sheet"
    APPROVE_SHEET = "approve-sheet"
    DETERMINE = "determine"
    CONFIRM = "confirm"
    HAND_OVER = "hand-over"
    READ_JOURNAL = "read-journal"
    WITNESS = "witness"


ALLOWED: dict[Act, frozenset[Role]] = {
    Act.OPEN: frozenset({Role.SUPERVISOR}),
    Act.CHECK_IN: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Act.AUTHORISE_PROXY: frozenset({Role.SUPERVISOR, Role.COMMITTEE}),
    Act.CHANGE_REGISTER: frozenset({Role.SUPERVISOR, Role.COMMITTEE}),
    Act.MOBILE_BOX: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Act.SERVE_ON_THE_WAY: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.SCRUTINEER}),
    Act.APPROVE_VISIT: frozenset({Role.SUPERVISOR, Role.COMMITTEE}),
    Act.STOCK: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Act.INCIDENT: frozenset({Role.OFFICER, Role.COUNTER, Role.SUPERVISOR, Role.SCRUTINEER}),
    Act.CLOSE: frozenset({Role.SUPERVISOR}),
    Act.RECEIVE: frozenset({Role.SUPERVISOR}),
    Act.COUNT_BOX: frozenset({Role.SUPERVISOR, Role.COUNTER}),
    Act.ENTER_SHEET: frozenset({Role.COUNTER}),
    Act.APPROVE_SHEET: frozenset({Role.SUPERVISOR}),
    Act.DETERMINE: frozenset({Role.SUPERVISOR, Role.COMMITTEE}),
    Act.CONFIRM: frozenset({Role.COMMITTEE}),
    Act.HAND_OVER: frozenset({Role.SUPERVISOR}),
    Act.READ_JOURNAL: frozenset({Role.SUPERVISOR, Role.SCRUTINEER, Role.COMMITTEE}),
    Act.WITNESS: frozenset({Role.SCRUTINEER, Role.SUPERVISOR, Role.COMMITTEE}),
}
"""The one place that says who may do what (least privilege, VVSG 2.0, 11)."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody appointed to the station, as the package names them."""

    id: str
    """Such as ``officer-01``: public, stands in the journal."""
    name: str
    role: Role
    passphrase_hash: str
    """Argon2id, in its usual encoded form."""
    relative_of: str = ""
    """Name of the candidate whose close relative this is, as the committee marks it (art. 43)."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who proved who they are, by passphrase; only the duty of staff makes one."""

    id: str
    name: str
    role: Role


def require(session: Session, act: Act) -> None:
    """Refuse with NOT_ALLOWED when the role of ``session`` may not do ``act``."""
    if session.role not in ALLOWED[act]:
        raise Refusal(Code.NOT_ALLOWED, role=session.role, act=act)


def require_two(session: Session, witness: Session) -> None:
    """Refuse unless ``witness`` may witness and is another person than the one who acts."""
    require(witness, Act.WITNESS)
    if witness.id == session.id:
        raise Refusal(Code.SAME_PERSON, person=session.id)
