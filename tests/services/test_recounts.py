"""Recounts, doubtful ballots and names written in: what two people may do, and what stays."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.documents import filling, result_filling
from pollstation.domain.count_sheets import CountSheet, Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.folds import fold_all
from pollstation.domain.journal import Kind
from pollstation.services import (
    closing,
    counting,
    counting_site,
    determining,
    doubtful,
    recounting,
    site_checks,
    write_ins,
)
from pollstation.services.guards import this_day
from pollstation.services.ports import UnitOfWork
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, WITNESS
from tests.station import PASSPHRASE, TickingClock, session

COMMITTEE = session("committee-01")
COUNTY = "sheet:S01-F/county-1/1"
ROOT = Path(__file__).parents[2]


def refused(file: StationFile, duty: Callable[[UnitOfWork], object]) -> Code:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return caught.value.code


@pytest.fixture
def counting_day(polling: StationFile) -> StationFile:
    """18 county and 17 town ballots are counted before sorting."""
    acts.vote(polling, *range(1, 19))
    acts.close_day(polling)
    acts.open_boxes(polling)
    return polling


@pytest.fixture
def proposed(counting_day: StationFile) -> StationFile:
    """Everybody voted for the first candidates; the result is proposed and released."""
    acts.count_everything(counting_day)
    acts.propose(counting_day)
    counting_day.write(lambda unit: determining.release(unit, BOSS))
    return counting_day


def sheet(file: StationFile, name: str = COUNTY) -> CountSheet:
    return file.read(lambda unit: unit.state(name, CountSheet))


def with_names(each: CountSheet) -> dict[str, int]:
    """On the county sheet nobody got a majority but a name written in two ways."""
    figures = acts.unanimous(each)
    if each.contest == "county-1":
        figures |= {"for/1": 6, "against/1": 12, "write_in/庚六": 8, "write_in/庚陆": 4}
    return figures


def order(file: StationFile, *names: str) -> None:
    file.write(lambda unit: recounting.order(unit, BOSS, WITNESS, names or [COUNTY], "候选人要求重计"))


def recomputed(file: StationFile) -> bool:
    """Whether a stranger with the public journal finds what the file holds."""
    live = file.read(lambda unit: unit.totals())
    _, stranger = fold_all([entry.opened() for entry in file.read(lambda unit: unit.entries())])
    return stranger == live and file.check() == []


def test_a_recount_withdraws_the_result_and_keeps_the_last_count_until_the_next(
    proposed: StationFile,
) -> None:
    order(proposed)
    day = proposed.read(this_day)
    assert (day.phase, day.outcomes, day.released) == (DayPhase.COUNTING, {}, False)
    assert sheet(proposed).phase is Phase.PLANNED
    assert proposed.read(lambda unit: unit.total("for/county-1/0")) == 18
    assert refused(proposed, lambda unit: determining.propose(unit, BOSS, WITNESS)) is Code.SHEETS_OPEN
    acts.enter_sheet(
        proposed, sheet(proposed), lambda each: acts.unanimous(each) | {"for/0": 17, "against/0": 1}
    )
    assert proposed.read(lambda unit: unit.total("for/county-1/0")) == 18
    proposed.write(lambda unit: counting.approve(unit, BOSS, WITNESS, COUNTY))
    assert proposed.read(lambda unit: unit.total("for/county-1/0")) == 17
    assert sheet(proposed).changed == {"for/0": -1, "against/0": 1}
    assert sheet(proposed).earlier[0].fields["for/0"] == 18
    acts.propose(proposed)
    assert recomputed(proposed)


def test_whoever_counts_again_sees_nothing_of_the_count_before(proposed: StationFile) -> None:
    order(proposed)
    view = proposed.read(lambda unit: counting.view(unit, acts.COUNTERS[0], COUNTY))
    assert (view.sheet.earlier, view.sheet.readings, view.fields) == ((), (), {})


def test_the_journal_says_by_how_much_a_recount_differs(proposed: StationFile) -> None:
    order(proposed)
    acts.enter_sheet(
        proposed, sheet(proposed), lambda each: acts.unanimous(each) | {"for/0": 17, "against/0": 1}
    )
    proposed.write(lambda unit: counting.approve(unit, BOSS, WITNESS, COUNTY))
    approvals = [e for e in proposed.read(lambda unit: unit.entries(COUNTY)) if e.kind == Kind.SHEET_APPROVED]
    assert [entry.public for entry in approvals] == [{}, {"changed": {"for/0": -1, "against/0": 1}}]


def test_a_box_or_everything_is_counted_again_but_nothing_that_is_not_approved(
    proposed: StationFile,
) -> None:
    approved = [one.id for one in proposed.read(recounting.approved_sheets)]
    assert approved == [
        one.id for one in proposed.read(lambda unit: recounting.approved_sheets(unit, "S01-F"))
    ]
    order(proposed, *approved)
    assert proposed.read(recounting.approved_sheets) == []
    assert (
        refused(proposed, lambda unit: recounting.order(unit, BOSS, WITNESS, approved, "再计"))
        is Code.NOTHING_TO_RECOUNT
    )


def test_a_recount_needs_two_people_and_a_reason(proposed: StationFile) -> None:
    assert (
        refused(proposed, lambda unit: recounting.order(unit, BOSS, BOSS, [COUNTY], "重计"))
        is Code.SAME_PERSON
    )
    assert (
        refused(proposed, lambda unit: recounting.order(unit, BOSS, WITNESS, [COUNTY], " "))
        is Code.TEXT_MISSING
    )


def decide(unit: UnitOfWork, judgement: Judgement, *, valid: bool, number: int = 0) -> int:
    return doubtful.decide(
        unit, BOSS, WITNESS, COUNTY, mark="圈在两名之间", judgement=judgement, valid=valid, number=number
    )


def test_doubtful_ballots_are_numbered_and_may_be_decided_anew(counting_day: StationFile) -> None:
    first = counting_day.write(lambda unit: decide(unit, Judgement.ILLEGIBLE, valid=False)).value
    second = counting_day.write(lambda unit: decide(unit, Judgement.CLEAR_INTENT, valid=True)).value
    assert (first, second) == (1, 2)
    counting_day.write(lambda unit: decide(unit, Judgement.OTHER, valid=True, number=1))
    assert [(one.number, one.judgement, one.valid) for one in sheet(counting_day).doubtful] == [
        (1, "other", True),
        (2, "clear-intent", True),
    ]
    against = refused(counting_day, lambda unit: decide(unit, Judgement.CLEAR_INTENT, valid=False))
    assert against is Code.DOUBTFUL_AGAINST_RULES
    decided = [
        e for e in counting_day.read(lambda unit: unit.entries(COUNTY)) if e.kind == "doubtful-decided"
    ]
    assert all("圈" not in str(entry.opened()) for entry in decided)


def test_more_doubtful_ballots_decided_void_than_the_sheet_has_is_a_warning(
    counting_day: StationFile,
) -> None:
    counting_day.write(lambda unit: decide(unit, Judgement.ILLEGIBLE, valid=False))
    acts.enter_sheet(counting_day, sheet(counting_day))
    found = counting_day.read(lambda unit: counting.final_findings(unit, COUNTY))
    assert [(one.code, one.facts) for one in found] == [
        (Code.DOUBTFUL_MORE_THAN_VOID, {"decided": 1, "void": 0})
    ]
    approve = refused(counting_day, lambda unit: counting.approve(unit, BOSS, WITNESS, COUNTY))
    assert approve is Code.WARNING_UNEXPLAINED


def test_spellings_are_added_up_under_one_name_and_the_readings_stay(counting_day: StationFile) -> None:
    acts.count_everything(counting_day, with_names)
    county = counting_day.read(determining.results)[0]
    assert county.figures.write_ins == {"庚六": 8, "庚陆": 4}
    assert county.result is not None and "庚六" not in county.result.elected
    counting_day.write(lambda unit: write_ins.join(unit, BOSS, "county-1", "庚陆", "庚六", "同一人"))
    county = counting_day.read(determining.results)[0]
    assert county.figures.write_ins == {"庚六": 12}
    assert county.result is not None
    assert (county.result.elected, county.result.pending) == (["甲一", "庚六"], ["庚六"])
    assert sheet(counting_day).fields["write_in/庚陆"] == 4
    counting_day.write(lambda unit: write_ins.join(unit, BOSS, "county-1", "庚陆", "庚陆", "不是同一人"))
    assert counting_day.read(determining.results)[0].figures.write_ins == {"庚六": 8, "庚陆": 4}
    assert recomputed(counting_day)


@pytest.mark.parametrize("eligible", [True, False])
def test_a_name_written_in_waits_until_it_is_confirmed_or_rejected(
    counting_day: StationFile, *, eligible: bool
) -> None:
    acts.count_everything(counting_day, with_names)
    counting_day.write(lambda unit: write_ins.join(unit, BOSS, "county-1", "庚陆", "庚六", "同一人"))
    counting_day.write(
        lambda unit: write_ins.judge(
            unit, COMMITTEE, None, "county-1", "庚六", eligible=eligible, reason="已核对选民名单"
        )
    )
    result = counting_day.read(determining.results)[0].result
    assert result is not None and result.pending == []
    assert ("庚六" in result.elected) is eligible


def test_the_supervisor_needs_a_witness_and_a_candidate_is_no_other_name(counting_day: StationFile) -> None:
    acts.count_everything(counting_day, with_names)
    alone = refused(
        counting_day,
        lambda unit: write_ins.judge(unit, BOSS, None, "county-1", "庚六", eligible=True, reason="有"),
    )
    assert alone is Code.SAME_PERSON
    candidate = refused(
        counting_day, lambda unit: write_ins.join(unit, BOSS, "county-1", "庚六", "甲一", "笔误")
    )
    assert candidate is Code.WRITE_IN_IS_CANDIDATE
    unknown = refused(
        counting_day, lambda unit: write_ins.join(unit, BOSS, "county-1", "无人", "庚六", "笔误")
    )
    assert unknown is Code.WRITE_IN_UNKNOWN


def test_a_name_is_looked_up_in_the_register_with_its_namesakes(counting_day: StationFile) -> None:
    names = [voter.name for voter in counting_day.read(lambda unit: unit.voters())]
    found = counting_day.read(lambda unit: write_ins.in_register(unit, f" {names[0][0]} {names[0][1:]}"))
    assert [voter.name for voter in found] == [names[0]] * names.count(names[0])
    assert counting_day.read(lambda unit: write_ins.in_register(unit, "无此人")) == []


def test_figures_are_released_once_and_only_after_the_proposal(counting_day: StationFile) -> None:
    early = refused(counting_day, lambda unit: determining.release(unit, BOSS))
    assert early is Code.WRONG_PHASE
    acts.count_everything(counting_day)
    acts.propose(counting_day)
    counting_day.write(lambda unit: determining.release(unit, BOSS))
    assert refused(counting_day, lambda unit: determining.release(unit, BOSS)) is Code.ALREADY_DONE


BOX = "S01-F"
EXPLAINED = "两人重新清点，原因已查明"


def restate_batch(file: StationFile, ballots: int) -> None:
    file.write(lambda unit: recounting.restate_batch(unit, BOSS, WITNESS, COUNTY, ballots, "两张粘连"))


def restate_box(file: StationFile, **found: int) -> None:
    ballots = {name.replace("_", "-"): count for name, count in found.items()}
    file.write(lambda unit: recounting.restate_box(unit, BOSS, WITNESS, BOX, ballots, "箱底一张"))


def test_a_batch_restated_is_approved_and_what_is_left_is_explained_by_two(counting_day: StationFile) -> None:
    acts.enter_sheet(counting_day, msgspec.structs.replace(sheet(counting_day), ballots=17))
    assert refused(counting_day, lambda unit: counting.approve(unit, BOSS, WITNESS, COUNTY)) is (
        Code.SHEET_HAS_ERRORS
    )
    restate_batch(counting_day, 17)
    for each in counting_day.read(counting.sheets):
        if each.id != COUNTY:
            acts.enter_sheet(counting_day, each)
        counting_day.write(partial(counting.approve, by=BOSS, witness=WITNESS, sheet_id=each.id))
    assert counting_day.read(acts.differing) == {"batched/county-1/S01-F", "tallied/county-1"}
    blocked = refused(counting_day, lambda unit: determining.propose(unit, BOSS, WITNESS))
    assert blocked is Code.ACCOUNT_DIFFERS
    for key in ("batched/county-1/S01-F", "tallied/county-1"):
        counting_day.write(partial(closing.explain, by=BOSS, witness=WITNESS, key=key, text=EXPLAINED))
    acts.propose(counting_day)
    assert recomputed(counting_day)


def test_a_box_and_its_batch_restated_leave_only_what_did_not_come_back(counting_day: StationFile) -> None:
    restate_box(counting_day, county_1=17)
    assert counting_day.read(acts.differing) == {"collected/county-1/S01-F", "batched/county-1/S01-F"}
    restate_batch(counting_day, 17)
    acts.count_everything(counting_day)
    assert counting_day.read(acts.differing) == {"collected/county-1/S01-F"}
    key = "collected/county-1/S01-F"
    counting_day.write(lambda unit: closing.explain(unit, BOSS, WITNESS, key, EXPLAINED))
    assert acts.propose(counting_day)[0].figures.collected == 17
    assert acts.state_of(counting_day, BOX).counted_before == ({"county-1": 18, "town-1": 17},)
    assert recomputed(counting_day)


def test_ballots_found_in_a_second_count_are_laid_out_in_a_batch_of_their_own(
    counting_day: StationFile,
) -> None:
    restate_box(counting_day, county_1=20)
    planned = counting_day.write(
        lambda unit: counting_site.plan_batches(unit, BOSS, BOX, "county-1", 1)
    ).value
    sizes = [one.ballots for one in counting_day.read(counting.sheets) if one.contest == "county-1"]
    assert (planned, sizes) == (2, [18, 1, 1])
    assert counting_day.read(acts.differing) == {"collected/county-1/S01-F"}


def test_nothing_is_restated_alone_for_nothing_or_behind_an_approval(counting_day: StationFile) -> None:
    def batch(unit: UnitOfWork, ballots: int = 17, reason: str = "重点") -> None:
        recounting.restate_batch(unit, BOSS, WITNESS, COUNTY, ballots, reason)

    def box(unit: UnitOfWork, found: dict[str, int], name: str = BOX) -> None:
        recounting.restate_box(unit, BOSS, WITNESS, name, found, "重点")

    assert refused(counting_day, lambda unit: batch(unit, 18)) is Code.NOTHING_TO_RESTATE
    assert refused(counting_day, lambda unit: batch(unit, -1)) is Code.COUNT_NEGATIVE
    assert refused(counting_day, lambda unit: batch(unit, reason=" ")) is Code.TEXT_MISSING
    assert refused(counting_day, lambda unit: box(unit, {"county-1": 18})) is Code.NOTHING_TO_RESTATE
    assert refused(counting_day, lambda unit: box(unit, {"county-9": 1})) is Code.CONTEST_UNKNOWN
    assert refused(counting_day, lambda unit: box(unit, {"county-1": 1}, "S01-M9")) is Code.BOX_NOT_COUNTED
    alone = refused(counting_day, lambda unit: recounting.restate_batch(unit, BOSS, BOSS, COUNTY, 17, "重点"))
    assert alone is Code.SAME_PERSON
    acts.count_everything(counting_day)
    assert refused(counting_day, batch) is Code.SHEET_WRONG_PHASE
    order(counting_day)
    counting_day.write(batch)
    assert sheet(counting_day).ballots == 17
    assert counting_day.read(lambda unit: unit.total("valid/county-1")) == 18


ENTER_FOR_EVER = """
import json, sys
from itertools import count, cycle
from pathlib import Path
from pollstation.services import counting
from pollstation.store import StationFile
from tests.acts import COUNTERS
from tests.station import PASSPHRASE, TickingClock
fields = cycle(json.loads(sys.argv[3]))
with StationFile.open(Path(sys.argv[1]), PASSPHRASE, TickingClock()) as file:
    for figure, field in zip(count(1), fields):
        file.write(lambda unit: counting.enter(unit, COUNTERS[0], sys.argv[2], {field: figure}))
        print(figure, flush=True)
"""


@pytest.mark.parametrize("acknowledgements", [7, 50])
def test_a_program_killed_while_a_sheet_is_entered_loses_no_acknowledged_digit_of_any_field(
    counting_day: StationFile, acknowledgements: int
) -> None:
    fields = list(sheet(counting_day).missing({}))
    path = counting_day.path
    counting_day.close()
    command = [sys.executable, "-c", ENTER_FOR_EVER, str(path), COUNTY, json.dumps(fields)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as counter:
        assert counter.stdout is not None
        for _ in range(acknowledgements):
            acknowledged = int(counter.stdout.readline())
        counter.kill()
        acknowledged = max([acknowledged, *map(int, counter.stdout.read().split())])
    with StationFile.open(path, PASSPHRASE, TickingClock()) as file:
        kept = file.read(lambda unit: unit.state(COUNTY, CountSheet)).readings[0].fields
        last = max(kept.values())
        assert last in (acknowledged, acknowledged + 1)
        entered = {fields[(figure - 1) % len(fields)]: figure for figure in range(1, last + 1)}
        assert kept == entered
        assert file.check() == []


def test_a_warning_over_boxes_is_explained_by_two_before_the_result_and_printed(
    polling: StationFile,
) -> None:
    acts.vote(polling, *range(1, 19))
    acts.close_day(polling)
    acts.open_boxes(polling, {("S01-F", "county-1"): 2})
    acts.count_everything(polling)
    polling.write(
        lambda unit: closing.explain(unit, BOSS, WITNESS, "collected/county-1/S01-F", "选民未投入票箱")
    )
    assert refused(polling, lambda unit: determining.propose(unit, BOSS, WITNESS)) is (
        Code.SITE_FINDING_UNEXPLAINED
    )
    alone = refused(polling, lambda unit: site_checks.explain(unit, BOSS, BOSS, "W-203/county-1", "已核对"))
    assert alone is Code.SAME_PERSON
    polling.write(lambda unit: site_checks.explain(unit, BOSS, WITNESS, "W-203/county-1", "已逐一核对"))
    again = refused(polling, lambda unit: site_checks.explain(unit, BOSS, WITNESS, "W-203/county-1", "再"))
    assert again is Code.NOTHING_TO_EXPLAIN
    acts.propose(polling)
    account = polling.read(filling.station_account)
    county = polling.read(lambda unit: result_filling.result_sheet(unit, "county-1"))
    for (one,) in (account.findings, county.findings):
        assert (one.finding.code, one.explanations[0].text) == (Code.NOT_RETURNED_MANY, "已逐一核对")
