"""Honest staff at work: the acts of a small day, for tests that start in the middle of one."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from pollstation.domain.accounts import Standing
from pollstation.domain.ballots import VoterRecord, voter_stream
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.visits import Ground
from pollstation.services import (
    closing,
    confirming,
    counting,
    counting_site,
    determining,
    issuing,
    mobile_boxes,
    opening,
    preparing,
    staff,
    stock,
    visits,
)
from pollstation.services.ports import Reading
from pollstation.store import StationFile
from tests.station import person_passphrase, session, voter

BOSS, WITNESS = session("supervisor-01"), session("scrutineer-01")
OFFICER, COUNTERS = session("officer-01"), (session("counter-01"), session("counter-02"))
COMMITTEE = session("committee-01")
CREW = ("scrutineer-01", "scrutineer-02")


def prepare(file: StationFile) -> None:
    """The package is loaded and the first people have signed in."""
    file.write(preparing.load)
    for person in ("supervisor-01", "scrutineer-01"):
        file.write(partial(staff.sign_in, person_id=person, passphrase=person_passphrase(person)))


def open_day(file: StationFile, ballots: int = 40) -> None:
    """Everything up to the first voter."""
    for item in file.read(opening.checklist):
        file.write(partial(opening.tick, by=BOSS, item=item))
    for box, seal in (("S01-F", "0001"), ("S01-M1", "0002")):
        file.write(partial(opening.seal_box, by=BOSS, witness=WITNESS, box=box, seals=[seal]))
    for contest in [each.id for each in file.read(lambda unit: unit.plan.contests)]:
        file.write(
            partial(
                stock.receive, by=OFFICER, witness=WITNESS, contest=contest, stated=ballots, counted=ballots
            )
        )
    file.write(lambda unit: opening.report_zero(unit, BOSS, WITNESS))
    file.write(lambda unit: opening.open_polling(unit, BOSS, WITNESS))


def vote(file: StationFile, *numbers: int) -> None:
    """Those voters come themselves and take every ballot they are entitled to."""
    for number in numbers:
        file.write(partial(issuing.issue_ballots, by=OFFICER, token=token(number)))


def token(number: int) -> str:
    """The token of the voter at that place of the register."""
    return voter(number).token


def send_mobile(file: StationFile, ballots: int = 5) -> None:
    """The mobile box leaves with two scrutineers and that many ballots of each contest."""
    file.write(
        lambda unit: mobile_boxes.dispatch(
            unit,
            OFFICER,
            WITNESS,
            "S01-M1",
            crew=CREW,
            ballots={"county-1": ballots, "town-1": ballots},
            seals_seen=["0002"],
        )
    )


def approve_visits(file: StationFile, *numbers: int) -> None:
    """Those voters asked for the mobile box, and it is to come to them, in this order."""
    for stop, number in enumerate(numbers, start=1):
        file.write(partial(visits.ask, by=OFFICER, token=token(number), ground=Ground.ILL, wish="上午在家"))
        file.write(partial(visits.approve, by=BOSS, token=token(number), box="S01-M1", stop=stop))


def serve_mobile(file: StationFile, *numbers: int) -> None:
    """Those voters were served by the mobile box."""
    for number in numbers:
        file.write(
            partial(mobile_boxes.serve, by=OFFICER, box="S01-M1", token=token(number), reason="现场请求")
        )


def return_mobile(file: StationFile, blank: Mapping[str, int], seals: Sequence[str] = ("0002",)) -> None:
    """The mobile box comes back with that many blank ballots."""
    file.write(
        lambda unit: mobile_boxes.take_back(
            unit, OFFICER, WITNESS, "S01-M1", blank=blank, spoilt={}, seals_seen=seals
        )
    )


def close_boxes(file: StationFile) -> None:
    """Every box that was used gets its slot sealed."""
    for place, box in enumerate(("S01-F", "S01-M1")):
        state = state_of(file, box)
        if state.state in (BoxState.SEALED, BoxState.BACK):
            file.write(
                partial(
                    closing.close_box,
                    by=BOSS,
                    witness=WITNESS,
                    box=box,
                    seals_seen=state.seals,
                    slot_seal=f"9{place:03d}",
                )
            )


def cancel_unused(file: StationFile) -> None:
    """Unused ballots are counted as the account expects them, and cancelled."""
    for line in file.read(stock.stock):
        file.write(
            partial(stock.cancel_unused, by=BOSS, witness=WITNESS, contest=line.contest, count=line.on_hand)
        )


def close_day(file: StationFile) -> None:
    """From the last voter to the closed polling, when everything adds up."""
    cancel_unused(file)
    close_boxes(file)
    file.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


def state_of(file: StationFile, box: str) -> Box:
    """How a box stands."""
    return file.read(lambda unit: unit.state(box_stream(box), Box))


def record_of(file: StationFile, number: int) -> VoterRecord:
    """What happened to the voter at that place of the register."""
    return file.read(lambda unit: unit.state(voter_stream(token(number)), VoterRecord))


def open_boxes(file: StationFile, found: Mapping[tuple[str, str], int] | None = None, batch: int = 0) -> None:
    """The count begins: every used box is opened and its ballots are counted.

    Args:
        found: ballots found where they are not what was issued, by box and contest.
        batch: ballots in a batch; 0 takes the profile's number.
    """
    file.write(lambda unit: counting_site.start_count(unit, BOSS, WITNESS))
    for line in file.read(counting_site.boxes):
        if line.state.state is BoxState.PREPARED:
            continue
        box = line.box.id
        ballots = {
            contest: (found or {}).get((box, contest), issued) for contest, issued in line.issued.items()
        }
        file.write(
            partial(counting_site.open_box, by=BOSS, witness=WITNESS, box=box, seals_seen=line.state.seals)
        )
        file.write(
            partial(counting_site.count_box, by=BOSS, witness=WITNESS, box=box, ballots=ballots, batch=batch)
        )


def unanimous(sheet: CountSheet) -> dict[str, int]:
    """Figures of a sheet on which everybody voted for the first candidates and against the others."""
    fields = {"valid": sheet.ballots, "void": 0}
    for n in range(sheet.candidates):
        fields |= {f"for/{n}": 0, f"against/{n}": 0, f"abstain/{n}": 0}
        fields[f"{'for' if n < sheet.seats else 'against'}/{n}"] = sheet.ballots
    return fields


def enter_sheet(
    file: StationFile, sheet: CountSheet, figures: Callable[[CountSheet], Mapping[str, int]] = unanimous
) -> None:
    """Two counters enter the same figures, field by field; those left out are entered as 0."""
    entered = dict.fromkeys(sheet.missing({}), 0) | dict(figures(sheet))
    for counter in COUNTERS:
        for name, count in entered.items():
            file.write(partial(counting.enter, by=counter, sheet_id=sheet.id, fields={name: count}))
        file.write(partial(counting.complete, by=counter, sheet_id=sheet.id))


def count_everything(
    file: StationFile, figures: Callable[[CountSheet], Mapping[str, int]] = unanimous
) -> None:
    """Every sheet is entered twice and approved."""
    for sheet in file.read(counting.sheets):
        enter_sheet(file, sheet, figures)
        file.write(partial(counting.approve, by=BOSS, witness=WITNESS, sheet_id=sheet.id))


def propose(file: StationFile) -> list[determining.ContestResult]:
    """The result is proposed."""
    return file.write(lambda unit: determining.propose(unit, BOSS, WITNESS)).value


def confirm(file: StationFile, *contests: str) -> None:
    """The committee confirms the proposed result of those contests."""
    for contest in contests:
        file.write(partial(confirming.confirm, by=COMMITTEE, witness=WITNESS, contest_id=contest))


def differing(unit: Reading) -> set[str]:
    """Keys of the equations that differ and are not explained."""
    return {line.equation.key for line in closing.account(unit) if line.standing is Standing.DIFFERS}
