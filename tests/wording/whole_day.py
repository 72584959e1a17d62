"""One day of a small station through the real duties and the real store: at least one act of every kind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from pollstation.domain.ballots import Channel, StockFigure, voter_stream
from pollstation.domain.contests import BallotBox, BoxKind, Station
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.day import CHECKLIST, day_stream
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code
from pollstation.domain.journal import Entry, Kind, write_entry
from pollstation.domain.staff import Role
from pollstation.domain.visits import Ground
from pollstation.services import (
    closing,
    confirming,
    corrections,
    counting,
    counting_site,
    crew_files,
    determining,
    doubtful,
    handing_over,
    issuing,
    mobile_boxes,
    opening,
    preparing,
    proxies,
    recounting,
    register_changes,
    second_copy,
    staff,
    stock,
    visits,
    write_ins,
)
from pollstation.services.counting_site import PollingBundle
from pollstation.services.ports import Package, UnitOfWork
from pollstation.services.second_copy import Restored
from pollstation.store import StationFile
from tests import station

CHIEF, OFFICER = station.session("supervisor-01"), station.session("officer-01")
WITNESS, COMMITTEE = station.session("scrutineer-01"), station.session("committee-01")
FIRST, SECOND = station.session("counter-01"), station.session("counter-02")
RESTORED = Restored(device="S01-a1b2", entries=1, appended=0, dropped=0, last="", code="7K4M-Q2XD")
VOTERS = [station.voter(number).token for number in range(1, 14)]


def package() -> Package:
    """The small station, which also counts the box of another one."""
    small = station.package(late_registration=True)
    box = BallotBox(id="S02-F", kind=BoxKind.FIXED, label="3", station="S02")
    other = Station(id="S02", name="第二投票站", contests=("county-1",), boxes=(box,))
    plan = msgspec.structs.replace(small.plan, counted=(small.plan.station, other))
    return msgspec.structs.replace(
        small, plan=plan, settings={**small.settings, "station-certificate": b"", "digest": b"00"}
    )


def live(folder: Path) -> list[Entry]:
    """Live through the day; answers its whole journal."""
    file = StationFile.create(
        folder / "day.station", station.PASSPHRASE, package(), station.TickingClock(), "S01-a1b2"
    )
    with file:
        for part in (prepare, vote, take_along, close, count):
            file.write(part)
        return file.read(lambda unit: list(unit.entries()))


def prepare(unit: UnitOfWork) -> None:
    """From the package to the first voter."""
    preparing.load(unit)
    second_copy.note_restored(unit, RESTORED)
    for person in (CHIEF, WITNESS):
        staff.sign_in(unit, person.id, station.person_passphrase(person.id))
    for kept in (True, False):
        second_copy.note_choice(unit, CHIEF, kept=kept)
    for item in CHECKLIST:
        opening.tick(unit, CHIEF, item)
    opening.seal_box(unit, CHIEF, WITNESS, "S01-F", ["A-1", "A-2"])
    opening.seal_box(unit, CHIEF, WITNESS, "S01-M1", ["B-1"])
    for contest in ("county-1", "town-1"):
        stock.receive(unit, CHIEF, WITNESS, contest, stated=100, counted=100)
    opening.report_zero(unit, CHIEF, WITNESS)
    opening.open_polling(unit, CHIEF, WITNESS)


def vote(unit: UnitOfWork) -> None:
    """At the desk."""
    first, second, proxy, principal, other = VOTERS[:5]
    issuing.issue_ballots(unit, OFFICER, first, assisted=True)
    corrections.replace_spoilt(unit, OFFICER, first, "county-1", "torn")
    issuing.issue_ballots(unit, OFFICER, second)
    corrections.undo_issue(unit, OFFICER, WITNESS, second, "wrong card")
    for _time in range(2):
        proxies.authorise(unit, COMMITTEE, principal, proxy, consent="2026-7", reason="works away")
        if _time == 0:
            proxies.revoke(unit, COMMITTEE, principal, "came home")
    proxies.apply(unit, COMMITTEE, VOTERS[7], proxy, reason="works away")
    proxies.decline(unit, COMMITTEE, VOTERS[7], decision="2026-8", reason="no letter")
    issuing.issue_ballots(unit, OFFICER, proxy, principals=[principal])
    issuing.issue_ballots(unit, OFFICER, VOTERS[7])
    corrections.take_returned(unit, OFFICER, WITNESS, VOTERS[7], ["county-1"], "does not want to vote")
    for change in (register_changes.strike_off, register_changes.restore):
        change(unit, CHIEF, WITNESS, VOTERS[8], decision="2026-9", reason="registered elsewhere")
    register_changes.enter_late(
        unit, CHIEF, WITNESS, station.newcomer(), decision="2026-10", reason="left out"
    )
    issuing.issue_ballots(unit, OFFICER, other)
    elsewhere = write_entry(
        device="S01-c3d4",
        previous=None,
        now=datetime(2026, 12, 6, 0, 1, tzinfo=UTC),
        kind=Kind.BALLOTS_ISSUED,
        stream=voter_stream(other),
        public={"contests": ["county-1"], "channel": Channel.IN_PERSON, "box": "S01-F"},
        private={},
        actor="officer-02",
        witness="",
    )
    unit.merge([elsewhere])
    corrections.decide_conflict(unit, CHIEF, WITNESS, other, "the second desk mistook the card")
    opening.record_incident(unit, CHIEF, "equipment", "the lights went out", measures="candles")
    opening.pause(unit, CHIEF, "no light")
    opening.resume(unit, CHIEF)


def take_along(unit: UnitOfWork) -> None:
    """The mobile box: one voter served, and the seal that comes back is another."""
    served, refused = VOTERS[10:12]
    for voter in (served, refused):
        visits.ask(unit, OFFICER, voter, Ground.ILL, wish="in the morning")
    visits.approve(unit, CHIEF, served, "S01-M1", 1)
    visits.refuse(unit, CHIEF, refused, "lives next door")
    due = unit.now + timedelta(hours=2)
    mobile_boxes.plan_route(unit, OFFICER, "S01-M1", ["养老院", "东村"], due)
    mobile_boxes.dispatch(
        unit,
        OFFICER,
        WITNESS,
        "S01-M1",
        crew=["scrutineer-01", "scrutineer-02"],
        ballots={"county-1": 10, "town-1": 10},
        seals_seen=["B-1"],
        area="养老院",
    )
    device = "S01-M1-e5f6"
    crew_files.make(unit, OFFICER, WITNESS, "S01-M1", device, lambda _package, _entries: None)
    on_the_way = write_entry(
        device=device,
        previous=None,
        now=unit.now,
        kind=Kind.SIGNED_IN,
        stream=day_stream("S01"),
        public={"role": Role.SCRUTINEER},
        private={},
        actor="scrutineer-02",
        witness="",
    )
    crew_files.take_in(unit, OFFICER, WITNESS, "S01-M1", device, [on_the_way])
    mobile_boxes.hand_over(unit, OFFICER, WITNESS, "S01-M1", label="2", place="养老院", seals_seen=["B-1"])
    mobile_boxes.serve(unit, OFFICER, "S01-M1", served)
    blank = {"county-1": 9, "town-1": 9}
    mobile_boxes.take_back(
        unit,
        OFFICER,
        WITNESS,
        "S01-M1",
        blank=blank,
        spoilt={},
        seals_seen=["B-9"],
        signed=dict.fromkeys(blank, 1),
    )
    closing.explain_box(unit, CHIEF, WITNESS, "S01-M1", "the number was read wrongly")
    corrections.take_returned(unit, OFFICER, WITNESS, served, ["town-1"], "does not want to vote")


def close(unit: UnitOfWork) -> None:
    """Close, open again, and close."""
    stock.move(unit, CHIEF, WITNESS, "county-1", 20, "", "desk 2")
    stock.correct(unit, CHIEF, WITNESS, "town-1", StockFigure.STATED, 101, "misread")
    stock.correct(unit, CHIEF, WITNESS, "town-1", StockFigure.STATED, 100, "was right")
    stock.damage(unit, CHIEF, WITNESS, "county-1", 2, "wet")
    stock.transfer(unit, CHIEF, WITNESS, "county-1", 5, "S02", "ran short")
    for contest in ("county-1", "town-1"):
        stock.cancel_unused(unit, CHIEF, WITNESS, contest, unit.total(f"on_hand/{contest}"))
    closing.close_box(unit, CHIEF, WITNESS, "S01-M1", seals_seen=["B-1"], slot_seal="B-2")
    closing.close_box(unit, CHIEF, WITNESS, "S01-F", seals_seen=["A-1", "A-2"], slot_seal="A-3")
    for line in closing.account(unit):
        if line.standing == "differs":
            closing.explain(unit, CHIEF, WITNESS, line.equation.key, "the second desk")
    closing.close_polling(unit, CHIEF, WITNESS)
    closing.reopen(unit, CHIEF, WITNESS, seals=["A-1", "A-2"], reason="too early")
    closing.close_box(unit, CHIEF, WITNESS, "S01-F", seals_seen=["A-1", "A-2"], slot_seal="A-4")
    for line in closing.account(unit):
        if line.standing == "differs":
            closing.explain(unit, CHIEF, WITNESS, line.equation.key, "the second desk")
    closing.close_polling(unit, CHIEF, WITNESS)
    closing.send_box(unit, CHIEF, WITNESS, "S01-M1", seals_seen=["B-1", "B-2"])


def count(unit: UnitOfWork) -> None:
    """Take the other station in, count, propose, hand over."""
    bundle = PollingBundle(
        election="E2026", station="S02", sha256="ab" * 32, head="cd" * 32, certificate=b"", entries=()
    )
    counting_site.receive_polling(unit, CHIEF, WITNESS, bundle)
    counting_site.start_count(unit, CHIEF, WITNESS)
    counting_site.take_in_box(unit, CHIEF, WITNESS, "S01-M1", seals_seen=["B-1", "B-2"])
    for box, seals, ballots in (
        ("S01-F", ["A-1", "A-2", "A-4"], {"county-1": 4, "town-1": 4}),
        ("S01-M1", ["B-1", "B-2"], {"county-1": 1, "town-1": 1}),
    ):
        counting_site.open_box(unit, CHIEF, WITNESS, box, seals_seen=seals)
        counting_site.count_box(unit, CHIEF, WITNESS, box, ballots)
    recounting.restate_box(unit, CHIEF, WITNESS, "S01-F", {"county-1": 5}, "one more lay under the lid")
    recounting.restate_box(unit, CHIEF, WITNESS, "S01-F", {"county-1": 4}, "it was of the township")
    sheets = counting.sheets(unit)
    recounting.restate_batch(unit, CHIEF, WITNESS, sheets[0].id, 3, "two stuck together")
    recounting.restate_batch(unit, CHIEF, WITNESS, sheets[0].id, 4, "they came apart")
    enter_twice(unit, sheets[0].id)
    counting.send_back(unit, CHIEF, sheets[0].id, "wrong paper")
    for sheet in sheets:
        enter_twice(unit, sheet.id)
        counting.settle(unit, CHIEF, sheet.id, {"void": sheet.ballots, "valid": 0}, "read again")
        counting.explain_finding(unit, CHIEF, WITNESS, sheet.id, Code.VOID_MANY, "all blank")
        counting.approve(unit, CHIEF, WITNESS, sheet.id)
    for line in closing.account(unit):
        if line.standing == "differs":
            closing.explain(unit, CHIEF, WITNESS, line.equation.key, "a ballot was carried away")
    determining.propose(unit, CHIEF, WITNESS)
    determining.release(unit, CHIEF)
    count_again(unit, sheets[0].id)
    determining.propose(unit, CHIEF, WITNESS)
    confirming.confirm(unit, COMMITTEE, WITNESS, "town-1")
    handing_over.hand_over(unit, CHIEF, WITNESS, lambda _unit, _content: b"a bundle")
    staff.sign_out(unit, CHIEF)


def count_again(unit: UnitOfWork, sheet: str) -> None:
    """The ballots were not void after all, and two spellings of one name stand on them."""
    recounting.order(unit, CHIEF, WITNESS, [sheet], "the ballots were judged too strictly")
    clear = Judgement.CLEAR_INTENT
    doubtful.decide(unit, CHIEF, WITNESS, sheet, mark="a tick", judgement=clear, valid=True)
    figures = nobody(counting.view(unit, CHIEF, sheet).sheet) | {
        "for/0": 4,
        "against/1": 4,
        "against/2": 4,
        "valid": 4,
        "write_in/庚六": 2,
        "write_in/庚陆": 1,
    }
    for person in (FIRST, SECOND):
        counting.enter(unit, person, sheet, figures)
        counting.complete(unit, person, sheet)
    counting.approve(unit, CHIEF, WITNESS, sheet)
    write_ins.join(unit, CHIEF, "county-1", "庚陆", "庚六", "the same person")
    write_ins.judge(unit, COMMITTEE, None, "county-1", "庚六", eligible=True, reason="found at home")


def enter_twice(unit: UnitOfWork, sheet: str) -> None:
    """Two readings that differ in the void and valid ballots; the first figure is emptied and typed again."""
    blank = nobody(counting.view(unit, CHIEF, sheet).sheet)
    for person, void in ((FIRST, 0), (SECOND, 1)):
        counting.enter(unit, person, sheet, {"for/0": 0, "void": void, "valid": 1 - void})
        counting.enter(unit, person, sheet, {"for/0": None})
        counting.enter(unit, person, sheet, blank | {"void": void, "valid": 1 - void})
        counting.complete(unit, person, sheet)


def nobody(sheet: CountSheet) -> dict[str, int]:
    """A sheet on which every figure is 0."""
    return dict.fromkeys(sheet.missing({}), 0)
