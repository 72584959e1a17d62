"""Requests, routes, hand-overs and crew files: what an officer could see or lose on a mobile box's way."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.domain.journal import Entry, entry_hash
from pollstation.domain.visits import Ground, VisitState
from pollstation.services import closing, corrections, crew_files, mobile_boxes, visits
from pollstation.services.ports import Package, Reading, UnitOfWork
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.acts import BOSS, CREW, OFFICER, WITNESS, token
from tests.station import PASSPHRASE, TickingClock, package, session

BOX = "S01-M1"
FIRST, SECOND = (session(person) for person in CREW)
WORD = "流动票箱 laptop 3"


def refused(file: StationFile, duty: Callable[[UnitOfWork], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return caught.value


def ask(file: StationFile, number: int, ground: Ground = Ground.ILL, words: str = "") -> None:
    file.write(lambda unit: visits.ask(unit, OFFICER, token(number), ground, words=words, wish="上午，家中"))


def approve(file: StationFile, number: int, stop: int = 0) -> None:
    file.write(lambda unit: visits.approve(unit, BOSS, token(number), BOX, stop))


def serve(file: StationFile, number: int, reason: str = "") -> None:
    file.write(lambda unit: mobile_boxes.serve(unit, FIRST, BOX, token(number), reason=reason))


def hand_over(
    file: StationFile,
    *,
    label: str = "PSB:S01-M1",
    place: str = "村委会门口",
    seals: Sequence[str] = ("0002",),
    intact: bool = True,
    at: datetime | None = None,
) -> None:
    file.write(
        lambda unit: mobile_boxes.hand_over(
            unit, FIRST, SECOND, BOX, label=label, place=place, seals_seen=seals, intact=intact, at=at
        )
    )


def line(file: StationFile) -> mobile_boxes.MobileBox:
    return file.read(mobile_boxes.mobile_boxes)[0]


def take_back(file: StationFile, blank: dict[str, int], signed: dict[str, int]) -> None:
    file.write(
        lambda unit: mobile_boxes.take_back(
            unit, OFFICER, WITNESS, BOX, blank=blank, spoilt={}, seals_seen=["0002"], signed=signed
        )
    )


# Requests


def test_a_request_is_asked_for_approved_and_ticked_off_when_served(polling: StationFile) -> None:
    ask(polling, 3)
    (one,) = polling.read(visits.visits)
    assert (one.visit.state, one.visit.ground, one.wish) == (VisitState.REQUESTED, Ground.ILL, "上午，家中")
    approve(polling, 3)
    acts.send_mobile(polling)
    serve(polling, 3)
    (one,) = polling.read(lambda unit: visits.visits_of(unit, BOX))
    assert one.served and not one.open
    assert line(polling).unrequested == 0


def test_the_ground_is_public_and_its_words_and_wishes_are_not(polling: StationFile) -> None:
    ask(polling, 3, Ground.OTHER, "照顾卧床的老人")
    entry = polling.read(lambda unit: unit.entries(f"voter:{token(3)}"))[-1]
    assert dict(entry.opened().public) == {"ground": "other"}
    assert "照顾卧床的老人" not in str(entry.opened())


def test_another_ground_needs_its_words(polling: StationFile) -> None:
    answer = refused(polling, lambda unit: visits.ask(unit, OFFICER, token(3), Ground.OTHER))
    assert (answer.code, answer.facts["what"]) == (Code.TEXT_MISSING, "ground")


def test_only_the_supervisor_approves_and_a_refusal_needs_its_reason(polling: StationFile) -> None:
    ask(polling, 3)
    assert refused(polling, lambda unit: visits.approve(unit, OFFICER, token(3), BOX)).code is (
        Code.NOT_ALLOWED
    )
    assert refused(polling, lambda unit: visits.refuse(unit, BOSS, token(3), " ")).code is Code.TEXT_MISSING
    polling.write(lambda unit: visits.refuse(unit, BOSS, token(3), "住在投票站隔壁"))
    assert not polling.read(visits.visits)[0].open
    ask(polling, 3)
    assert polling.read(visits.visits)[0].visit.state is VisitState.REQUESTED


def test_a_voter_asks_once_and_not_after_voting(polling: StationFile) -> None:
    ask(polling, 3)
    again = refused(polling, lambda unit: visits.ask(unit, OFFICER, token(3), Ground.ILL))
    assert again.code is Code.VISIT_EXISTS
    acts.vote(polling, 4)
    late = refused(polling, lambda unit: visits.ask(unit, OFFICER, token(4), Ground.ILL))
    assert late.code is Code.ALREADY_VOTED
    nobody = refused(polling, lambda unit: visits.approve(unit, BOSS, token(5), BOX))
    assert nobody.code is Code.VISIT_UNKNOWN
    fixed = refused(polling, lambda unit: visits.approve(unit, BOSS, token(3), "S01-F"))
    assert fixed.code is Code.BOX_NOT_MOBILE


def test_the_list_follows_the_stops_of_the_route(polling: StationFile) -> None:
    for number, stop in ((3, 2), (4, 1), (5, 2)):
        ask(polling, number)
        approve(polling, number, stop)
    order = [each.voter.number for each in polling.read(lambda unit: visits.visits_of(unit, BOX))]
    assert order == [4, 3, 5]


def test_a_voter_with_a_request_may_still_come_to_the_desk(polling: StationFile) -> None:
    ask(polling, 3)
    approve(polling, 3)
    assert polling.read(lambda unit: unit.total("visits_open")) == 1
    acts.vote(polling, 3)
    assert polling.read(lambda unit: unit.total("visits_open")) == 0


def test_requests_before_the_opening_do_not_disturb_the_zero_report(prepared: StationFile) -> None:
    ask(prepared, 3)
    approve(prepared, 3)
    acts.open_day(prepared)


def test_who_did_not_ask_is_served_only_with_a_written_reason_that_stays_marked(
    polling: StationFile,
) -> None:
    acts.send_mobile(polling)
    assert refused(polling, lambda unit: mobile_boxes.serve(unit, OFFICER, BOX, token(3))).code is (
        Code.VISIT_NEEDS_REASON
    )
    serve(polling, 3, "邻居病倒，当场请求")
    assert line(polling).unrequested == 1


def settled(path: Path, **rules: bool | int) -> StationFile:
    """An open station whose committee settled some rules."""
    whole = package()
    election = msgspec.structs.replace(whole.plan.election, local_rules=rules)
    plan = msgspec.structs.replace(whole.plan, election=election)
    file = StationFile.create(path, PASSPHRASE, msgspec.structs.replace(whole, plan=plan), TickingClock())
    acts.prepare(file)
    acts.open_day(file)
    return file


def test_a_committee_may_forbid_serving_without_a_request(tmp_path: Path) -> None:
    with settled(tmp_path / "day", serves_unrequested=False) as file:
        acts.send_mobile(file)
        answer = refused(
            file, lambda unit: mobile_boxes.serve(unit, OFFICER, BOX, token(3), reason="当场请求")
        )
        assert answer.code is Code.VISIT_NOT_APPROVED


def test_a_province_may_ask_for_three_scrutineers(tmp_path: Path) -> None:
    with settled(tmp_path / "day", crew_minimum=3) as file, pytest.raises(Refusal) as caught:
        acts.send_mobile(file)
    assert (caught.value.code, caught.value.facts["needed"]) == (Code.CREW_TOO_SMALL, 3)


# Route and crew


def test_a_box_that_should_be_back_is_overdue(polling: StationFile) -> None:
    now = polling.read(lambda unit: unit.now)
    soon = now + timedelta(seconds=30)
    polling.write(lambda unit: mobile_boxes.plan_route(unit, OFFICER, BOX, ["养老院", "东村"], soon))
    assert line(polling).route == ("养老院", "东村")
    assert not line(polling).overdue
    acts.send_mobile(polling)
    for _look in range(30):
        polling.read(lambda unit: unit.now)
    assert line(polling).overdue
    acts.return_mobile(polling, {"county-1": 5, "town-1": 5})
    assert not line(polling).overdue


def test_a_return_in_the_past_is_refused(polling: StationFile) -> None:
    past = polling.read(lambda unit: unit.now)
    answer = refused(polling, lambda unit: mobile_boxes.plan_route(unit, OFFICER, BOX, [], past))
    assert answer.code is Code.RETURN_IN_PAST


def test_stops_stay_private(polling: StationFile) -> None:
    polling.write(lambda unit: mobile_boxes.plan_route(unit, OFFICER, BOX, ["人民路7号"]))
    assert "人民路" not in str(polling.read(lambda unit: unit.entries(f"box:{BOX}"))[-1].opened())


def test_close_relatives_of_candidates_do_not_go_with_a_box(tmp_path: Path) -> None:
    whole = package()
    people = tuple(
        msgspec.structs.replace(person, relative_of="甲一") if person.id == "scrutineer-02" else person
        for person in whole.people
    )
    given = msgspec.structs.replace(whole, people=people)
    with StationFile.create(tmp_path / "day", PASSPHRASE, given, TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        with pytest.raises(Refusal) as caught:
            acts.send_mobile(file)
        assert (caught.value.code, caught.value.facts["candidate"]) == (Code.CREW_IS_RELATIVE, "甲一")


# Hand-overs


def test_every_hand_over_is_a_link_of_the_custody(polling: StationFile) -> None:
    acts.send_mobile(polling)
    hand_over(polling)
    hand_over(polling, label="2")
    state = acts.state_of(polling, BOX)
    assert state.state is BoxState.OUT
    assert [link.people for link in state.custody[-2:]] == [("scrutineer-01", "scrutineer-02")] * 2
    assert not state.exceptions


def test_a_hand_over_with_a_damaged_or_foreign_seal_blocks_the_close_until_two_explain(
    polling: StationFile,
) -> None:
    acts.send_mobile(polling)
    hand_over(polling, seals=["0009"], intact=False)
    acts.return_mobile(polling, {"county-1": 5, "town-1": 5})
    assert acts.state_of(polling, BOX).unexplained == (BoxException.SEAL_DIFFERS, BoxException.SEAL_DAMAGED)
    acts.cancel_unused(polling)
    acts.close_boxes(polling)
    against = refused(polling, lambda unit: closing.close_polling(unit, BOSS, WITNESS))
    assert against.facts["finding"] is Code.SEAL_DIFFERS
    polling.write(lambda unit: closing.explain_box(unit, BOSS, WITNESS, BOX, "封条受潮脱落，当众补贴"))
    polling.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


def test_the_label_of_another_box_is_refused(polling: StationFile) -> None:
    acts.send_mobile(polling)
    with pytest.raises(Refusal) as caught:
        hand_over(polling, label="PSB:S01-M7")
    assert caught.value.code is Code.BOX_LABEL_DIFFERS


def test_times_that_have_not_come_or_lie_before_the_box_left_are_refused(polling: StationFile) -> None:
    acts.send_mobile(polling)
    now = polling.read(lambda unit: unit.now)
    for at, code in (
        (now + timedelta(hours=1), Code.TIME_IN_FUTURE),
        (now - timedelta(hours=1), Code.TIME_BEFORE_LEAVING),
    ):
        with pytest.raises(Refusal) as caught:
            hand_over(polling, at=at)
        assert caught.value.code is code


def test_a_box_at_the_station_is_not_handed_over_on_the_way(polling: StationFile) -> None:
    with pytest.raises(Refusal) as caught:
        hand_over(polling)
    assert caught.value.code is Code.BOX_WRONG_STATE


# The return account


def test_more_signatures_than_voters_written_down_blocks_the_close(polling: StationFile) -> None:
    acts.send_mobile(polling)
    serve(polling, 3, "当场请求")
    take_back(polling, {"county-1": 4, "town-1": 4}, signed={"county-1": 2, "town-1": 1})
    assert polling.read(acts.differing) == {"signed/county-1/S01-M1"}
    # for the second signature no ballot left the box: writing it down would only hide that
    answer = refused(polling, lambda unit: mobile_boxes.serve(unit, OFFICER, BOX, token(10), reason="补记"))
    assert answer.code is Code.BOX_EMPTY_OF_BALLOTS
    acts.cancel_unused(polling)
    acts.close_boxes(polling)
    blocked = refused(polling, lambda unit: closing.close_polling(unit, BOSS, WITNESS))
    assert (blocked.facts["finding"], blocked.facts["difference"]) == (Code.SIGNATURES_DIFFER, 1)
    polling.write(
        lambda unit: closing.explain(unit, BOSS, WITNESS, "signed/county-1/S01-M1", "一人签名后未领票")
    )
    polling.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


def test_a_list_without_signatures_is_not_taken_for_nobody_counted(polling: StationFile) -> None:
    acts.send_mobile(polling)
    serve(polling, 3, "当场请求")
    take_back(polling, {"county-1": 4, "town-1": 4}, signed={"county-1": 0, "town-1": 0})
    assert polling.read(acts.differing) == {"signed/county-1/S01-M1", "signed/town-1/S01-M1"}


# The crew's own laptop


def crew_file(file: StationFile, path: Path, *numbers: int) -> None:
    """Those voters asked and were approved; the box is out and its crew takes a file along."""
    for number in numbers:
        ask(file, number)
        approve(file, number)
    acts.send_mobile(file)
    Workplace(file).crew_file(OFFICER, WITNESS, BOX, path, WORD, TickingClock())


def setting(name: str) -> Callable[[Reading], bytes]:
    return lambda unit: unit.setting(name)


def on_the_way(path: Path, act: Callable[[StationFile], object]) -> None:
    with StationFile.open(path, WORD, TickingClock(datetime.fromisoformat("2026-12-06T00:30:00Z"))) as file:
        act(file)


def take_in(file: StationFile, path: Path) -> int:
    return Workplace(file).take_in_crew(OFFICER, WITNESS, BOX, path, WORD, TickingClock()).value


def crew_entries(path: Path) -> tuple[str, list[Entry]]:
    with StationFile.open(path, WORD, TickingClock()) as file:
        own = [each for each in file.read(lambda unit: unit.entries()) if each.device == file.device]
        return file.device, own


def test_a_crew_file_holds_its_voters_alone_and_no_key_of_the_station(
    polling: StationFile, tmp_path: Path
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3, 4)

    def look(file: StationFile) -> None:
        assert [voter.number for voter in file.read(lambda unit: unit.voters())] == [3, 4]
        assert {person.id for person in file.read(lambda unit: unit.people())} == set(CREW)
        assert [box.id for box in file.read(lambda unit: unit.plan.station.boxes)] == [BOX]
        for secret in ("station-key", "station-certificate"):
            with pytest.raises(KeyError):
                file.read(setting(secret))
        assert all(entry.private is None for entry in file.read(lambda unit: unit.entries()))
        assert file.check() == []

    on_the_way(path, look)
    with pytest.raises(Refusal) as caught:
        StationFile.open(path, PASSPHRASE, TickingClock())
    assert caught.value.code is Code.FILE_WRONG_PASSPHRASE


def test_voters_served_live_on_the_way_stand_in_the_stations_account(
    polling: StationFile, tmp_path: Path
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3, 4)

    def work(file: StationFile) -> None:
        serve(file, 3)
        hand_over(file)
        serve(file, 4)

    on_the_way(path, work)
    assert take_in(polling, path) == 3
    acts.return_mobile(polling, {"county-1": 3, "town-1": 3})
    assert polling.read(acts.differing) == set()
    assert line(polling).served == 2
    assert polling.check() == []
    with pytest.raises(Refusal) as caught:
        take_in(polling, path)
    assert caught.value.code is Code.CREW_FILE_KNOWN


def test_the_crew_is_told_who_had_voted_before_it_left(polling: StationFile, tmp_path: Path) -> None:
    path = tmp_path / "crew"
    for number in (3, 4):
        ask(polling, number)
        approve(polling, number)
    acts.vote(polling, 3)
    crew_file(polling, path, 5)

    def work(file: StationFile) -> None:
        voted = refused(file, lambda unit: mobile_boxes.serve(unit, FIRST, BOX, token(3)))
        assert voted.code is Code.NOT_ON_LIST  # no longer one of those to visit
        assert file.read(lambda unit: unit.total("marked/county-1")) == 1
        serve(file, 5)
        again = refused(file, lambda unit: mobile_boxes.serve(unit, FIRST, BOX, token(5)))
        assert again.code is Code.SERVED_BY_MOBILE

    on_the_way(path, work)


def test_a_voter_served_on_the_way_and_at_the_desk_is_a_conflict_and_not_lost(
    polling: StationFile, tmp_path: Path
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3)
    acts.vote(polling, 3)
    on_the_way(path, lambda file: serve(file, 3))
    take_in(polling, path)
    record = acts.record_of(polling, 3)
    assert record.in_conflict
    assert {issue.box for issue in record.issues} == {"S01-F", BOX}
    acts.return_mobile(polling, {"county-1": 4, "town-1": 4})
    against = {refusal.code for refusal in polling.read(closing.obstacles)}
    assert Code.CONFLICT_OPEN in against
    polling.write(
        lambda unit: corrections.decide_conflict(unit, BOSS, WITNESS, token(3), "票箱与投票站各发一次")
    )
    assert polling.read(lambda unit: unit.total("conflicts")) == 0


def test_entries_that_were_altered_are_refused_and_nothing_is_taken_in(
    polling: StationFile, tmp_path: Path
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3, 4)

    def work(file: StationFile) -> None:
        serve(file, 3)
        serve(file, 4)

    on_the_way(path, work)
    device, (first, second) = crew_entries(path)
    altered = msgspec.structs.replace(first, time=second.time)
    with pytest.raises(Faults) as caught:
        polling.write(lambda unit: crew_files.take_in(unit, OFFICER, WITNESS, BOX, device, [altered, second]))
    assert caught.value.faults[0].code is Code.JOURNAL_ENTRY_ALTERED
    assert not acts.record_of(polling, 4).issues


def test_a_crew_file_of_elsewhere_is_refused(polling: StationFile, tmp_path: Path) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3)
    on_the_way(path, lambda file: serve(file, 3))
    _device, entries = crew_entries(path)
    answer = refused(
        polling, lambda unit: crew_files.take_in(unit, OFFICER, WITNESS, BOX, "S09-M1-aaaa", entries)
    )
    assert answer.code is Code.CREW_FILE_FOREIGN


@pytest.mark.parametrize(
    "forge",
    [
        {"stream": "station:S01", "kind": "closed"},
        {"stream": "voter:00000007"},
        {"public": {"contests": ["county-1"], "channel": "in_person", "box": "S01-F"}},
    ],
)
def test_an_act_that_no_crew_may_do_is_refused(
    polling: StationFile, tmp_path: Path, forge: dict[str, object]
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3)
    on_the_way(path, lambda file: serve(file, 3))
    device, (entry,) = crew_entries(path)
    forged = msgspec.structs.replace(entry, **forge)
    forged = msgspec.structs.replace(forged, hash=entry_hash(forged))
    answer = refused(polling, lambda unit: crew_files.take_in(unit, OFFICER, WITNESS, BOX, device, [forged]))
    assert answer.code is Code.CREW_ENTRY_FOREIGN


def test_a_crew_whose_clock_ran_ahead_is_told_of_by_name(polling: StationFile, tmp_path: Path) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3)
    ahead = TickingClock(datetime.fromisoformat("2026-12-06T05:00:00Z"))
    with StationFile.open(path, WORD, ahead) as file:
        serve(file, 3)
    take_in(polling, path)
    assert acts.state_of(polling, BOX).unexplained == (BoxException.CLOCK_AHEAD,)


def open_files(file: StationFile) -> list[str]:
    """What stands against the close because a crew's file is still out."""
    findings = [str(each.facts.get("key", "")) for each in file.read(closing.obstacles)]
    return [key for key in findings if key.startswith(BoxException.CREW_FILE_OPEN)]


def test_a_crew_file_not_taken_in_blocks_the_close_once_the_box_is_back(
    polling: StationFile, tmp_path: Path
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3)
    assert open_files(polling) == []  # the box itself is still out
    acts.return_mobile(polling, {"county-1": 5, "town-1": 5})
    assert open_files(polling) == [f"crew-file-open/{BOX}"]
    take_in(polling, path)  # nobody wrote anything on it
    assert open_files(polling) == []
    acts.close_day(polling)


def test_a_lost_crew_file_is_explained_by_two_and_taken_in_all_the_same_when_found(
    polling: StationFile, tmp_path: Path
) -> None:
    path = tmp_path / "crew"
    crew_file(polling, path, 3)
    on_the_way(path, lambda file: serve(file, 3))
    acts.return_mobile(polling, {"county-1": 4, "town-1": 4})
    polling.write(lambda unit: closing.explain_box(unit, BOSS, WITNESS, BOX, "电脑落水"))
    assert open_files(polling) == []
    assert acts.record_of(polling, 3).issues == ()
    take_in(polling, path)
    assert acts.record_of(polling, 3).issues[0].box == BOX
    again = tmp_path / "again"
    acts.approve_visits(polling, 4)
    acts.send_mobile(polling)
    Workplace(polling).crew_file(OFFICER, WITNESS, BOX, again, WORD, TickingClock())
    acts.return_mobile(polling, {"county-1": 5, "town-1": 5})
    assert open_files(polling) == [f"crew-file-open/{BOX}"]  # what was explained was the other one


def test_no_crew_file_without_voters_or_before_the_box_left(polling: StationFile, tmp_path: Path) -> None:
    path = tmp_path / "crew"

    def make() -> Code:
        with pytest.raises(Refusal) as caught:
            Workplace(polling).crew_file(OFFICER, WITNESS, BOX, path, WORD, TickingClock())
        return caught.value.code

    assert make() is Code.BOX_WRONG_STATE
    acts.send_mobile(polling)
    assert make() is Code.CREW_FILE_EMPTY
    assert not path.exists()


def test_a_crew_file_that_cannot_be_written_leaves_no_trace_in_the_journal(polling: StationFile) -> None:
    ask(polling, 3)
    approve(polling, 3)
    acts.send_mobile(polling)

    def write(_package: Package, _entries: Sequence[Entry]) -> None:
        raise Refusal(Code.DISK_FULL, file="crew")

    before = len(polling.read(lambda unit: unit.entries()))
    assert (
        refused(polling, lambda unit: crew_files.make(unit, OFFICER, WITNESS, BOX, "S01-M1-aaaa", write)).code
        is Code.DISK_FULL
    )
    assert len(polling.read(lambda unit: unit.entries())) == before
