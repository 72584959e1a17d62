"""Who comes onto the list or off it, and whose card it is, after the list was printed."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.domain.directory import directory
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.folds import fold_all
from pollstation.domain.identity_numbers import check_character
from pollstation.domain.journal import canonical
from pollstation.services import corrections, issuing, mobile_boxes, proxies, register_changes
from pollstation.services.marked_register import Order, RegisterKeeper, marked_register
from pollstation.services.ports import UnitOfWork
from pollstation.services.register_changes import Newcomer
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.station import PASSPHRASE, TickingClock, newcomer, package, voter

CHILD = "99010120100101001"


@pytest.fixture
def lenient(tmp_path: Path) -> Iterator[StationFile]:
    """A station that may enter voters late, open; the constituency has a second station."""
    made = package(late_registration=True)
    neighbours = directory({"S02": "第二投票站"}, {"S02": ["C900001", "C900002"]})
    made = msgspec.structs.replace(made, settings={**made.settings, "directory": canonical(neighbours)})
    with StationFile.create(tmp_path / "day", PASSPHRASE, made, TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        yield file


def refused(file: StationFile, duty: Callable[[UnitOfWork], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return caught.value


def strike(file: StationFile, number: int) -> None:
    file.write(
        lambda unit: register_changes.strike_off(
            unit, BOSS, WITNESS, token(number), decision="选决〔3〕号", reason="已在外地登记"
        )
    )


def enter(file: StationFile, who: Newcomer) -> str:
    return file.write(
        lambda unit: register_changes.enter_late(
            unit, BOSS, WITNESS, who, decision="选决〔4〕号", reason="漏登"
        )
    ).value.token


def test_who_was_struck_off_gets_nothing_and_is_told_when_where_and_why(lenient: StationFile) -> None:
    strike(lenient, 3)
    answer = refused(lenient, lambda unit: issuing.issue_ballots(unit, OFFICER, token(3)))
    assert answer.code is Code.STRUCK_OFF
    assert answer.facts["decision"] == "选决〔3〕号"
    assert answer.facts["desk"] == lenient.device
    acts.send_mobile(lenient)
    at_box = refused(lenient, lambda unit: mobile_boxes.serve(unit, OFFICER, "S01-M1", token(3)))
    assert at_box.code is Code.STRUCK_OFF
    assert lenient.read(lambda unit: (unit.total("registered"), unit.total("registered/town-1"))) == (29, 26)


def test_who_has_voted_is_not_struck_off(lenient: StationFile) -> None:
    acts.vote(lenient, 3)
    with pytest.raises(Refusal) as caught:
        strike(lenient, 3)
    assert caught.value.code is Code.ALREADY_VOTED


def test_one_person_alone_changes_nothing_on_the_list(lenient: StationFile) -> None:
    alone = refused(
        lenient,
        lambda unit: register_changes.strike_off(unit, BOSS, BOSS, token(3), decision="1", reason="错登"),
    )
    officer = refused(
        lenient,
        lambda unit: register_changes.strike_off(unit, OFFICER, BOSS, token(3), decision="1", reason="错登"),
    )
    nameless = refused(
        lenient,
        lambda unit: register_changes.strike_off(unit, BOSS, WITNESS, token(3), decision=" ", reason="错登"),
    )
    assert (alone.code, officer.code, nameless.code) == (
        Code.SAME_PERSON,
        Code.NOT_ALLOWED,
        Code.TEXT_MISSING,
    )


def test_who_was_struck_off_by_mistake_comes_back_and_votes(lenient: StationFile) -> None:
    strike(lenient, 3)
    lenient.write(
        lambda unit: register_changes.restore(unit, BOSS, WITNESS, token(3), decision="5", reason="名单有误")
    )
    acts.vote(lenient, 3)
    assert lenient.read(lambda unit: unit.total("registered")) == 30
    twice = refused(
        lenient,
        lambda unit: register_changes.restore(unit, BOSS, WITNESS, token(3), decision="5", reason="名单有误"),
    )
    assert twice.code is Code.NOT_STRUCK


def test_a_struck_voter_neither_gives_nor_holds_an_authority(lenient: StationFile) -> None:
    lenient.write(lambda unit: proxies.authorise(unit, BOSS, token(4), token(3), consent="1", reason="病"))
    lenient.write(lambda unit: proxies.authorise(unit, BOSS, token(5), token(6), consent="1", reason="病"))
    strike(lenient, 3)
    strike(lenient, 5)
    holder = refused(
        lenient,
        lambda unit: issuing.issue_ballots(unit, OFFICER, token(3), contests=[], principals=[token(4)]),
    )
    principal = refused(
        lenient, lambda unit: issuing.issue_ballots(unit, OFFICER, token(6), principals=[token(5)])
    )
    assert (holder.code, principal.code) == (Code.STRUCK_OFF, Code.STRUCK_OFF)


def test_a_late_voter_is_found_votes_once_and_counts_as_registered(lenient: StationFile) -> None:
    late = enter(lenient, newcomer())
    for typed in ("新选民1", "xinxuanmin", "N000001"):
        found = lenient.read(partial(issuing.find, text=typed))
        assert [each.voter.token for each in found.voters] == [late]
    assert lenient.read(lambda unit: issuing.find_scanned(unit, "PS1:N000001")).voter.number == 31
    lenient.write(lambda unit: issuing.issue_ballots(unit, OFFICER, late))
    again = refused(lenient, lambda unit: issuing.issue_ballots(unit, OFFICER, late))
    assert again.code is Code.ALREADY_VOTED
    totals = lenient.read(lambda unit: unit.totals())
    assert (totals["registered"], totals["registered/county-1"], totals["added"]) == (31, 31, 1)
    assert lenient.read(acts.differing) == set()


def test_nothing_public_tells_who_was_entered_late(lenient: StationFile) -> None:
    enter(lenient, newcomer())
    entry = lenient.read(lambda unit: unit.entries())[-1]
    who = newcomer()
    told = canonical(entry.opened())
    assert not any(part.encode() in told for part in (who.name, who.card, who.id_number, "漏登"))


def test_late_voters_of_two_desks_stand_on_both_lists_after_a_merge(
    lenient: StationFile, tmp_path: Path
) -> None:
    made = package(late_registration=True)
    with StationFile.create(tmp_path / "other", PASSPHRASE, made, TickingClock()) as other:
        acts.prepare(other)
        here, there = enter(lenient, newcomer(1)), enter(other, newcomer(2))
        lenient.merge(other.read(lambda unit: unit.entries()))
        listed = {each.token: each.number for each in lenient.read(lambda unit: unit.voters())}
        assert (listed[here], listed[there]) == (31, 32)
        lenient.rebuild()
        assert lenient.check() == []
        assert lenient.read(lambda unit: unit.total("added")) == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, Code.TEXT_MISSING),
        ({"card": ""}, Code.TEXT_MISSING),
        ({"card": voter(7).card}, Code.ALREADY_ON_LIST),
        ({"card": "C900002"}, Code.CARD_BELONGS_TO),
        ({"id_number": "990101199001010011"}, Code.VOTER_ID_NUMBER_WRONG),
        ({"id_number": "12"}, Code.VOTER_ID_NUMBER_WRONG),
        ({"id_number": CHILD + check_character(CHILD)}, Code.VOTER_TOO_YOUNG),
        ({"contests": ()}, Code.LATE_WITHOUT_CONTEST),
        ({"contests": ("county-9",)}, Code.CONTEST_UNKNOWN),
    ],
)
def test_who_may_not_be_entered_is_refused_with_the_reason(
    lenient: StationFile, change: dict[str, object], code: Code
) -> None:
    who = msgspec.structs.replace(newcomer(), **change)
    with pytest.raises(Refusal) as caught:
        enter(lenient, who)
    assert caught.value.code is code
    assert len(lenient.read(lambda unit: unit.voters())) == 30


def test_nobody_is_entered_twice(lenient: StationFile) -> None:
    enter(lenient, newcomer())
    with pytest.raises(Refusal) as caught:
        enter(lenient, msgspec.structs.replace(newcomer(), card="N000009"))
    assert caught.value.code is Code.ALREADY_ON_LIST


def test_where_the_rules_do_not_allow_it_nobody_is_entered_late(polling: StationFile) -> None:
    with pytest.raises(Refusal) as caught:
        enter(polling, newcomer())
    assert caught.value.code is Code.LATE_REGISTRATION_OFF


def test_a_card_of_the_neighbouring_station_is_told_from_an_invented_one(lenient: StationFile) -> None:
    with pytest.raises(Refusal) as elsewhere:
        lenient.read(lambda unit: issuing.find_scanned(unit, "PS1:C900002"))
    assert elsewhere.value.code is Code.OTHER_STATION
    assert elsewhere.value.facts["station"] == "S02 第二投票站"
    with pytest.raises(Refusal) as invented:
        lenient.read(lambda unit: issuing.find_scanned(unit, "PS1:C900003"))
    assert invented.value.code is Code.CARD_INVENTED
    assert lenient.read(lambda unit: issuing.find(unit, "c900001")).elsewhere == "S02 第二投票站"


def test_a_ballot_handed_back_is_cancelled_and_its_voter_may_still_come_back(lenient: StationFile) -> None:
    acts.vote(lenient, 1)
    lenient.write(lambda unit: corrections.replace_spoilt(unit, OFFICER, token(1), "town-1", "写错"))
    lenient.write(
        lambda unit: corrections.take_returned(
            unit, OFFICER, WITNESS, token(1), ["county-1", "town-1"], "不愿投票"
        )
    )
    assert lenient.read(acts.differing) == set()
    totals = lenient.read(lambda unit: unit.totals())
    assert (totals["on_hand/county-1"], totals["on_hand/town-1"]) == (39, 38)
    assert "marked/county-1" not in totals
    assert "participants/in_person" not in totals
    none = refused(
        lenient,
        lambda unit: corrections.take_returned(unit, OFFICER, WITNESS, token(1), ["county-1"], "不愿投票"),
    )
    assert none.code is Code.NOTHING_TO_RETURN
    acts.vote(lenient, 1)
    acts.close_day(lenient)
    assert lenient.read(lambda unit: unit.total("marked/county-1")) == 1


def test_a_ballot_handed_back_at_a_mobile_box_comes_back_with_the_spoilt_ones(lenient: StationFile) -> None:
    acts.send_mobile(lenient)
    acts.serve_mobile(lenient, 21)
    lenient.write(
        lambda unit: corrections.take_returned(unit, OFFICER, WITNESS, token(21), ["county-1"], "不愿投票")
    )
    lenient.write(
        lambda unit: mobile_boxes.take_back(
            unit,
            OFFICER,
            WITNESS,
            "S01-M1",
            blank={"county-1": 4, "town-1": 4},
            spoilt={"county-1": 1},
            seals_seen=["0002"],
        )
    )
    assert lenient.read(acts.differing) == set()
    acts.close_day(lenient)


def test_a_ballot_of_a_mobile_box_handed_back_at_the_station_afterwards_leaves_its_account_whole(
    lenient: StationFile,
) -> None:
    acts.send_mobile(lenient)
    acts.serve_mobile(lenient, 21)
    lenient.write(
        lambda unit: mobile_boxes.take_back(
            unit,
            OFFICER,
            WITNESS,
            "S01-M1",
            blank={"county-1": 4, "town-1": 4},
            spoilt={},
            seals_seen=["0002"],
            signed={"county-1": 1, "town-1": 1},
        )
    )
    lenient.write(
        lambda unit: corrections.take_returned(unit, OFFICER, WITNESS, token(21), ["county-1"], "不愿投票")
    )
    assert lenient.read(acts.differing) == set()
    assert "marked/county-1" not in lenient.read(lambda unit: unit.totals())
    acts.close_day(lenient)


def test_assisted_marking_is_counted_at_the_close_and_says_of_nobody(lenient: StationFile) -> None:
    for number in (1, 2, 3):
        lenient.write(partial(issuing.issue_ballots, by=OFFICER, token=token(number), assisted=number != 3))
    lenient.write(lambda unit: corrections.undo_issue(unit, OFFICER, WITNESS, token(2), "认错人"))
    acts.close_day(lenient)
    journal = [entry.opened() for entry in lenient.read(lambda unit: unit.entries())]
    _, totals = fold_all(journal)
    assert totals["assisted"] == 1
    assert [b"assisted" in canonical(entry) for entry in journal if entry.stream.startswith("voter:")] == [
        False
    ] * 4


def test_the_marked_register_shows_who_was_struck_off_and_who_came_late(lenient: StationFile) -> None:
    keeper = lenient.read(lambda unit: RegisterKeeper(unit, Order.NUMBER))
    strike(lenient, 3)
    (section,) = lenient.read(lambda unit: keeper.changed(unit, ["voter:" + token(3)]))
    assert [line.number for line in section.lines if line.struck] == [3]
    late = enter(lenient, newcomer())
    assert not keeper.knows([f"voter:{late}"])  # so it is read anew
    sections = lenient.read(lambda unit: marked_register(unit, Order.NUMBER))
    assert sections[-1].lines[-1].name == newcomer().name
