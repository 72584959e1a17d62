from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.domain.accounts import Figures
from pollstation.domain.count_sheets import CountSheet, Phase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.rules import Outcome
from pollstation.services import closing, counting, counting_site, determining
from pollstation.services.ports import UnitOfWork
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, COUNTERS, WITNESS
from tests.station import PASSPHRASE, TickingClock, package, session

FIRST, SECOND = COUNTERS


def refused(file: StationFile, duty: Callable[[UnitOfWork], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return caught.value


@pytest.fixture
def counting_day(polling: StationFile) -> StationFile:
    """Polling is closed: 18 county and 16 town ballots in the fixed box, the mobile box never left."""
    acts.vote(polling, *range(1, 19))
    acts.close_day(polling)
    return polling


@pytest.fixture
def boxes_open(counting_day: StationFile) -> StationFile:
    """The fixed box is open and its ballots are counted."""
    acts.open_boxes(counting_day)
    return counting_day


def test_sheets_are_as_long_as_the_committee_settled(tmp_path: Path) -> None:
    given = package(batch_size=10)
    with StationFile.create(tmp_path / "day", PASSPHRASE, given, TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        acts.vote(file, *range(1, 19))
        acts.close_day(file)
        acts.open_boxes(file)
        batches = [sheet.ballots for sheet in file.read(counting.sheets) if sheet.contest == "county-1"]
    assert batches == [10, 8]


def test_a_committee_may_settle_that_seats_still_empty_are_voted_on_once_more() -> None:
    settled = package(still_short="another round").plan
    contest = msgspec.structs.replace(settled.contests[0], round="fresh", seats=2)
    none = dict.fromkeys(contest.candidates, 0)
    counted = Figures(
        contest=contest.id,
        registered=100,
        participants=90,
        in_person=90,
        proxies=0,
        mobile=0,
        received=100,
        issued=90,
        spoilt=0,
        unused=10,
        collected=90,
        valid=90,
        void=0,
        against=none,
        abstain=none,
        votes={"甲一": 60, "乙二": 20, "丙三": 10},
        write_ins={},
    )
    outcomes = [
        determining.by_law(plan.election, [contest], {contest.id: counted}, {})[contest.id].outcome
        for plan in (package().plan, settled)
    ]
    assert outcomes == [Outcome.VACANT, Outcome.FRESH_ELECTION]


def the_sheet(file: StationFile, contest: str = "county-1") -> CountSheet:
    return next(sheet for sheet in file.read(counting.sheets) if sheet.contest == contest)


def enter(file: StationFile, counter: int, sheet: str, **fields: int) -> counting.SheetView:
    named = {name.replace("_", "/"): count for name, count in fields.items()}
    return file.write(lambda unit: counting.enter(unit, COUNTERS[counter], sheet, named)).value


def read_whole(file: StationFile, sheet: CountSheet) -> None:
    """The first counter's whole reading."""
    file.write(lambda unit: counting.enter(unit, FIRST, sheet.id, acts.unanimous(sheet)))
    file.write(lambda unit: counting.complete(unit, FIRST, sheet.id))


def test_an_emptied_field_is_not_0_and_the_sheet_is_not_complete_without_it(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    boxes_open.write(lambda unit: counting.enter(unit, FIRST, sheet.id, acts.unanimous(sheet)))
    emptied = boxes_open.write(lambda unit: counting.enter(unit, FIRST, sheet.id, {"against/1": None})).value
    assert "against/1" not in emptied.fields
    early = refused(boxes_open, lambda unit: counting.complete(unit, FIRST, sheet.id))
    assert (early.code, early.facts) == (Code.SHEET_INCOMPLETE, {"count": 1, "field": "against/1"})
    enter(boxes_open, 0, sheet.id, against_1=0)
    assert boxes_open.write(lambda unit: counting.complete(unit, FIRST, sheet.id)).value is Phase.SECOND


def test_a_name_written_in_that_was_emptied_is_no_difference(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    boxes_open.write(lambda unit: counting.enter(unit, FIRST, sheet.id, {"write_in/庚六": 3}))
    boxes_open.write(lambda unit: counting.enter(unit, FIRST, sheet.id, {"write_in/庚六": None}))
    acts.enter_sheet(boxes_open, sheet)
    assert the_sheet(boxes_open).phase is Phase.AGREED


def test_the_second_entry_never_sees_the_first(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    read_whole(boxes_open, sheet)
    view = boxes_open.read(lambda unit: counting.view(unit, SECOND, sheet.id))
    assert view.reading == 2
    assert view.fields == {} and view.sheet.readings == () and view.findings == ()


def test_nobody_enters_the_same_sheet_twice(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    read_whole(boxes_open, sheet)
    again = refused(boxes_open, lambda unit: counting.enter(unit, FIRST, sheet.id, {"for/0": 17}))
    assert again.code is Code.SAME_COUNTER_TWICE


def test_a_batch_that_was_entered_twice_is_not_entered_again_by_anybody(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    acts.enter_sheet(boxes_open, sheet)
    for counter in (FIRST, SECOND):
        entry = partial(counting.enter, by=counter, sheet_id=sheet.id, fields={"for/0": 1})
        again = refused(boxes_open, entry)
        assert again.code is Code.BATCH_ENTERED_ALREADY


def test_only_the_differing_field_is_settled_and_both_readings_stay(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    right = acts.unanimous(sheet)
    for counter, slip in ((FIRST, {}), (SECOND, {"for/1": 81})):
        fields = right | slip
        boxes_open.write(partial(counting.enter, by=counter, sheet_id=sheet.id, fields=fields))
        boxes_open.write(partial(counting.complete, by=counter, sheet_id=sheet.id))
    shown = boxes_open.read(lambda unit: counting.differences(unit, BOSS, sheet.id))
    assert [(each.field, each.first, each.second) for each in shown] == [("for/1", 18, 81)]
    early = refused(boxes_open, lambda unit: counting.approve(unit, BOSS, WITNESS, sheet.id))
    assert early.code is Code.SHEET_WRONG_PHASE
    phase = boxes_open.write(
        lambda unit: counting.settle(unit, BOSS, sheet.id, {"for/1": 18}, "数字颠倒")
    ).value
    assert phase is Phase.AGREED
    boxes_open.write(lambda unit: counting.approve(unit, BOSS, WITNESS, sheet.id))
    kept = boxes_open.read(lambda unit: unit.state(sheet.id, CountSheet))
    assert [reading.fields["for/1"] for reading in kept.readings] == [18, 81]
    assert boxes_open.read(lambda unit: unit.total("for/county-1/1")) == 18


def test_equal_but_wrong_entries_are_not_approved(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    acts.enter_sheet(boxes_open, sheet, lambda each: acts.unanimous(each) | {"against/2": 17})
    wrong = refused(boxes_open, lambda unit: counting.approve(unit, BOSS, WITNESS, sheet.id))
    assert (wrong.code, wrong.facts["finding"]) == (Code.SHEET_HAS_ERRORS, Code.ROW_SUM_WRONG)
    boxes_open.write(lambda unit: counting.send_back(unit, BOSS, sheet.id, "重读第三行"))
    acts.enter_sheet(boxes_open, sheet)
    boxes_open.write(lambda unit: counting.approve(unit, BOSS, WITNESS, sheet.id))


def test_a_warning_is_explained_by_two_before_approval(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open, "town-1")
    void = {"void": 1, "valid": 16, "for/0": 16, "against/1": 16}
    acts.enter_sheet(boxes_open, sheet, lambda each: acts.unanimous(each) | void)
    stopped = refused(boxes_open, lambda unit: counting.approve(unit, BOSS, WITNESS, sheet.id))
    assert (stopped.code, stopped.facts["finding"]) == (Code.WARNING_UNEXPLAINED, Code.VOID_MANY)
    boxes_open.write(
        lambda unit: counting.explain_finding(unit, BOSS, WITNESS, sheet.id, Code.VOID_MANY, "一张涂满全票")
    )
    boxes_open.write(lambda unit: counting.approve(unit, BOSS, WITNESS, sheet.id))


@pytest.mark.parametrize(
    ("field", "count", "code"),
    [
        ("for/0", -1, Code.FIELD_NOT_A_COUNT),
        ("for/0", 100_000, Code.FIELD_TOO_LARGE),
        ("for/9", 1, Code.FIELD_UNKNOWN),
        ("write_in/甲一", 1, Code.WRITE_IN_IS_CANDIDATE),
    ],
)
def test_what_cannot_be_a_count_is_refused_at_its_field(
    boxes_open: StationFile, field: str, count: int, code: Code
) -> None:
    sheet = the_sheet(boxes_open)
    assert (
        refused(boxes_open, lambda unit: counting.enter(unit, FIRST, sheet.id, {field: count})).code is code
    )


def test_a_box_with_more_ballots_than_were_issued_blocks_the_result(counting_day: StationFile) -> None:
    acts.open_boxes(counting_day, {("S01-F", "county-1"): 19})
    acts.count_everything(counting_day)
    blocked = refused(counting_day, lambda unit: determining.propose(unit, BOSS, WITNESS))
    assert blocked.code is Code.ACCOUNT_DIFFERS
    assert blocked.facts["finding"] is Code.BOX_TOO_FULL and blocked.facts["difference"] == -1
    counting_day.write(
        lambda unit: closing.explain(unit, BOSS, WITNESS, "collected/county-1/S01-F", "多一张，来源不明")
    )
    county = acts.propose(counting_day)[0]
    assert county.figures.not_returned == -1
    assert county.result is not None and county.result.outcome == "INVALID_EXCESS"


def test_no_result_while_a_box_is_forgotten(counting_day: StationFile) -> None:
    counting_day.write(lambda unit: counting_site.start_count(unit, BOSS, WITNESS))
    blocked = refused(counting_day, lambda unit: determining.propose(unit, BOSS, WITNESS))
    assert (blocked.code, blocked.facts["box"]) == (Code.BOX_NOT_COUNTED, "S01-F")


def test_a_box_whose_seal_differs_is_opened_only_when_two_explained_it(counting_day: StationFile) -> None:
    counting_day.write(lambda unit: counting_site.start_count(unit, BOSS, WITNESS))
    unsealed = refused(
        counting_day, lambda unit: counting_site.open_box(unit, BOSS, WITNESS, "S01-F", seals_seen=[])
    )
    assert unsealed.code is Code.BOX_CUSTODY_INCOMPLETE
    counting_day.write(
        lambda unit: counting_site.open_box(unit, BOSS, WITNESS, "S01-F", seals_seen=["0001", "7777"])
    )
    blocked = refused(
        counting_day,
        lambda unit: counting_site.count_box(unit, BOSS, WITNESS, "S01-F", {"county-1": 18, "town-1": 17}),
    )
    assert blocked.code is Code.BOX_CUSTODY_INCOMPLETE
    counting_day.write(lambda unit: closing.explain_box(unit, BOSS, WITNESS, "S01-F", "抄录错误"))
    counting_day.write(
        lambda unit: counting_site.count_box(unit, BOSS, WITNESS, "S01-F", {"county-1": 18, "town-1": 17})
    )


def test_what_was_entered_survives_the_program(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    enter(boxes_open, 0, sheet.id, for_0=17)
    path: Path = boxes_open.path
    boxes_open.close()
    with StationFile.open(path, PASSPHRASE, TickingClock()) as again:
        view = again.read(lambda unit: counting.view(unit, FIRST, sheet.id))
        assert (view.reading, view.fields) == (1, {"for/0": 17})


def test_a_counter_sees_no_differences(boxes_open: StationFile) -> None:
    sheet = the_sheet(boxes_open)
    with pytest.raises(Refusal) as caught:
        boxes_open.read(lambda unit: counting.differences(unit, session("counter-01"), sheet.id))
    assert caught.value.code is Code.NOT_ALLOWED
