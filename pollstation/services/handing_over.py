"""Hand over: the journal and what it adds up to leave the laptop as one signed bundle."""

import hashlib
from collections.abc import Callable

import msgspec

from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import Plan
from pollstation.domain.day import Day, DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.bundle_content import BundleContent
from pollstation.services.checkpoints import checkpoint
from pollstation.services.counting_site import CERTIFICATE
from pollstation.services.determining import results
from pollstation.services.guards import own_stream, this_day
from pollstation.services.ports import Reading, UnitOfWork

POLLING, COUNTING = "polling", "counting"


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle as it leaves."""

    name: str
    """File name, such as ``xuefu-2021-S01-polling.zip``."""
    data: bytes
    sha256: str


def role_of(plan: Plan) -> str:
    """Which bundle the station hands over: of its polling, or of the count it does."""
    return COUNTING if plan.counted else POLLING


def bundle_name(plan: Plan) -> str:
    """The file name of the bundle that the station hands over."""
    return f"{plan.election.id}-{plan.station.id}-{role_of(plan)}.zip"


def ready(unit: Reading) -> bool:
    """Whether the day has come so far that a bundle may leave."""
    return this_day(unit).phase in _phases(unit)


def _phases(unit: Reading) -> tuple[DayPhase, ...]:
    last = DayPhase.DETERMINED if unit.plan.counted else DayPhase.CLOSED
    return (last, DayPhase.HANDED_OVER)


def hand_over(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    seal: Callable[[Reading, BundleContent], bytes],
) -> HandedOver:
    """Sign the journal's head, seal everything into one bundle, and write down which one.

    A second hand-over is a correction: the new bundle names the one it supersedes.

    Args:
        seal: prints the forms and writes and signs the bundle; nothing is kept when it fails.

    Raises:
        Refusal: RESULT_NOT_READY before the close, or before the result where the count is here;
            BOX_NOT_SENT while a box that is counted elsewhere stands here: its bundle would not tell how it
            came to the counting site; RESULT_NOT_ANNOUNCED where the result is to be announced on the spot.
    """
    require(by, Act.HAND_OVER)
    require_two(by, witness)
    if not ready(unit):
        raise Refusal(Code.RESULT_NOT_READY, phase=this_day(unit).phase)
    _require_boxes_sent(unit)
    before = this_day(unit)
    on_the_spot = rules_of(unit.plan.election).result_on_the_spot
    if on_the_spot and role_of(unit.plan) == COUNTING and not before.released:
        raise Refusal(Code.RESULT_NOT_ANNOUNCED)
    checkpoint(unit, "hand-over")
    content = bundle_content(unit, supersedes=before.handed_over)
    data = seal(unit, content)
    sha256 = hashlib.sha256(data).hexdigest()
    unit.append(
        Kind.HANDED_OVER,
        own_stream(unit),
        by=by,
        witness=witness,
        public={"role": content.role, "sha256": sha256, "supersedes": before.handed_over},
    )
    return HandedOver(name=bundle_name(unit.plan), data=data, sha256=sha256)


def _require_boxes_sent(unit: Reading) -> None:
    for box in () if unit.plan.counted else unit.plan.station.boxes:
        if unit.state(box_stream(box.id), Box).state is BoxState.CLOSED:
            raise Refusal(Code.BOX_NOT_SENT, box=box.label)


def bundle_content(unit: Reading, *, supersedes: str = "") -> BundleContent:
    """The day as it stands, ready to be sealed; private parts are left out."""
    role = role_of(unit.plan)
    head = unit.head()
    return BundleContent(
        role=role,
        plan=unit.plan,
        entries=tuple(entry.opened() for entry in unit.entries()),
        totals=unit.totals(),
        results=tuple(results(unit)) if role == COUNTING else (),
        certificates=_certificates(unit),
        head=head.hash if head else "",
        supersedes=supersedes,
    )


def _certificates(unit: Reading) -> dict[str, bytes]:
    own = unit.plan.station.id
    received = unit.state(own_stream(unit), Day).polling_received
    taken_in = {station: unit.setting(f"{CERTIFICATE}{station}") for station in received}
    return {own: unit.setting("station-certificate"), **taken_in}
