from collections.abc import Callable
from functools import partial

import pytest

from pollstation.domain.ballots import Channel
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.services import closing, corrections, issuing, mobile_boxes, opening, proxies, stock
from pollstation.services.guards import this_day
from pollstation.services.ports import UnitOfWork
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.station import session


def refused(file: StationFile, duty: Callable[[UnitOfWork], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return caught.value


def test_a_small_day_from_opening_to_result(polling: StationFile) -> None:
    acts.vote(polling, *range(1, 15))
    acts.send_mobile(polling)
    acts.serve_mobile(polling, 20, 21, 22)
    acts.return_mobile(polling, {"county-1": 2, "town-1": 3})
    acts.close_day(polling)
    acts.open_boxes(polling)
    acts.count_everything(polling)
    county, town = acts.propose(polling)
    assert county.figures.registered == 30
    assert (county.figures.in_person, county.figures.mobile, county.figures.issued) == (14, 3, 17)
    assert county.figures.collected == county.figures.valid == 17
    assert county.result is not None and county.result.outcome == "ELECTED"
    assert set(county.result.elected) == {"甲一", "乙二"}
    assert town.result is not None and town.result.outcome == "ELECTED"
    assert polling.read(this_day).phase is DayPhase.DETERMINED
    assert not polling.check()


def test_nobody_votes_twice_and_the_refusal_says_when_and_where(polling: StationFile) -> None:
    acts.vote(polling, 3)
    again = refused(polling, lambda unit: issuing.issue_ballots(unit, OFFICER, token(3)))
    assert again.code is Code.ALREADY_VOTED
    assert str(again.facts["time"]).startswith("2026-12-06T00:00")
    assert again.facts["desk"] == polling.device
    assert polling.read(lambda unit: unit.total("marked/county-1")) == 1


def test_a_voter_of_one_contest_gets_one_ballot(polling: StationFile) -> None:
    issued = polling.write(lambda unit: issuing.issue_ballots(unit, OFFICER, token(10))).value
    assert issued.own == ("county-1",)
    other = refused(
        polling, lambda unit: issuing.issue_ballots(unit, OFFICER, token(20), contests=["town-1"])
    )
    assert other.code is Code.NOT_ENTITLED


def test_a_proxy_takes_own_and_other_ballots_at_one_desk(polling: StationFile) -> None:
    for principal in (2, 3, 4):
        authority = polling.write(
            partial(
                proxies.authorise,
                by=BOSS,
                principal=token(principal),
                holder=token(1),
                consent="2026-17",
                reason="在外务工",
            )
        ).value
        assert authority.holder == token(1)
    fourth = refused(
        polling,
        lambda unit: proxies.authorise(unit, BOSS, token(5), token(1), consent="2026-18", reason="病"),
    )
    assert (fourth.code, fourth.facts["held"]) == (Code.PROXY_HOLDS_TOO_MANY, 3)
    card = polling.read(lambda unit: issuing.card(unit, token(1)))
    assert [each.voter.token for each in card.principals] == [token(2), token(3), token(4)]
    issued = polling.write(
        lambda unit: issuing.issue_ballots(unit, OFFICER, token(1), principals=[token(2), token(3)])
    ).value
    assert issued.count == 6
    assert acts.record_of(polling, 2).issues[0].channel is Channel.PROXY
    comes = refused(polling, lambda unit: issuing.issue_ballots(unit, OFFICER, token(2)))
    assert comes.code is Code.VOTED_BY_PROXY
    waits = refused(polling, lambda unit: issuing.issue_ballots(unit, OFFICER, token(4)))
    assert waits.code is Code.PROXY_PENDING
    late = refused(polling, lambda unit: proxies.revoke(unit, BOSS, token(2), "回来了"))
    assert late.code is Code.VOTED_BY_PROXY
    polling.write(lambda unit: proxies.revoke(unit, BOSS, token(4), "回来了"))
    acts.vote(polling, 4)
    again = polling.write(
        lambda unit: proxies.authorise(unit, BOSS, token(6), token(1), consent="2026-19", reason="病")
    ).value
    assert again.number == "P-0004-aaaa"


@pytest.mark.parametrize(
    ("principal", "holder", "consent", "code"),
    [
        (1, 1, "ok", Code.PROXY_OF_ONESELF),
        (1, 2, " ", Code.PROXY_WITHOUT_CONSENT),
        (7, 2, "ok", Code.ALREADY_VOTED),
    ],
)
def test_an_authority_is_refused_with_its_reason(
    polling: StationFile, principal: int, holder: int, consent: str, code: Code
) -> None:
    acts.vote(polling, 7)
    answer = refused(
        polling,
        lambda unit: proxies.authorise(
            unit, BOSS, token(principal), token(holder), consent=consent, reason="病"
        ),
    )
    assert answer.code is code
    assert not acts.record_of(polling, principal).authority


def test_a_spoilt_ballot_is_replaced_and_the_account_still_holds(polling: StationFile) -> None:
    acts.vote(polling, 1)
    polling.write(lambda unit: corrections.replace_spoilt(unit, OFFICER, token(1), "town-1", "涂写错误"))
    assert polling.read(acts.differing) == set()
    assert polling.read(lambda unit: unit.total("spoilt/town-1")) == 1
    assert polling.read(lambda unit: unit.total("on_hand/town-1")) == 38
    none = refused(
        polling, lambda unit: corrections.replace_spoilt(unit, OFFICER, token(2), "town-1", "涂写错误")
    )
    assert none.code is Code.NOTHING_TO_REPLACE


def test_ballots_taken_back_return_to_the_stock(polling: StationFile) -> None:
    acts.vote(polling, 1)
    polling.write(lambda unit: corrections.undo_issue(unit, OFFICER, WITNESS, token(1), "认错人"))
    assert polling.read(lambda unit: unit.total("on_hand/county-1")) == 40
    acts.vote(polling, 1)
    assert polling.read(acts.differing) == set()


def test_the_stock_never_goes_below_nothing(prepared: StationFile) -> None:
    acts.open_day(prepared, ballots=2)
    acts.vote(prepared, 1, 2)
    short = refused(prepared, lambda unit: issuing.issue_ballots(unit, OFFICER, token(3)))
    assert (short.code, short.facts["left"]) == (Code.STOCK_TOO_SMALL, 0)
    assert not acts.record_of(prepared, 3).issues


def test_a_mobile_box_that_brings_back_too_little_blocks_the_close_until_two_explain(
    polling: StationFile,
) -> None:
    acts.send_mobile(polling)
    acts.serve_mobile(polling, 20)
    assert (
        refused(polling, lambda unit: closing.close_polling(unit, BOSS, WITNESS)).code is Code.BOX_STILL_OUT
    )
    acts.return_mobile(polling, {"county-1": 3, "town-1": 5})
    acts.cancel_unused(polling)
    acts.close_boxes(polling)
    assert polling.read(acts.differing) == {"box/county-1/S01-M1"}
    blocked = refused(polling, lambda unit: closing.close_polling(unit, BOSS, WITNESS))
    assert (blocked.code, blocked.facts["difference"]) == (Code.ACCOUNT_DIFFERS, 1)
    alone = refused(
        polling, lambda unit: closing.explain(unit, BOSS, BOSS, "box/county-1/S01-M1", "丢失一张")
    )
    assert alone.code is Code.SAME_PERSON
    polling.write(lambda unit: closing.explain(unit, BOSS, WITNESS, "box/county-1/S01-M1", "途中丢失一张"))
    polling.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


def test_a_seal_that_differs_blocks_the_close_until_two_explain(polling: StationFile) -> None:
    acts.send_mobile(polling)
    acts.return_mobile(polling, {"county-1": 5, "town-1": 5}, seals=["0003"])
    acts.cancel_unused(polling)
    acts.close_boxes(polling)
    assert refused(polling, lambda unit: closing.close_polling(unit, BOSS, WITNESS)).facts["key"] == (
        "seal-differs/S01-M1"
    )
    polling.write(lambda unit: closing.explain_box(unit, BOSS, WITNESS, "S01-M1", "抄错号码"))
    polling.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


@pytest.mark.parametrize(
    ("crew", "code"),
    [
        (["scrutineer-01"], Code.CREW_TOO_SMALL),
        (["scrutineer-01", "officer-01"], Code.CREW_TOO_SMALL),
        (["scrutineer-01", "nobody-01"], Code.CREW_UNKNOWN),
    ],
)
def test_a_crew_must_be_two_scrutineers(polling: StationFile, crew: list[str], code: Code) -> None:
    answer = refused(
        polling,
        lambda unit: mobile_boxes.dispatch(
            unit, OFFICER, WITNESS, "S01-M1", crew=crew, ballots={"county-1": 1}, seals_seen=["0002"]
        ),
    )
    assert answer.code is code


def test_more_ballots_cannot_come_back_than_went(polling: StationFile) -> None:
    acts.send_mobile(polling, 5)
    answer = refused(
        polling,
        lambda unit: mobile_boxes.take_back(
            unit, OFFICER, WITNESS, "S01-M1", blank={"county-1": 6}, spoilt={}, seals_seen=["0002"]
        ),
    )
    assert answer.code is Code.BOX_RETURNS_MORE


def test_the_box_on_the_way_cannot_serve_more_voters_than_it_has_ballots(polling: StationFile) -> None:
    acts.send_mobile(polling, 1)
    acts.serve_mobile(polling, 21)
    answer = refused(polling, lambda unit: mobile_boxes.serve(unit, OFFICER, "S01-M1", token(22)))
    assert answer.code is Code.BOX_EMPTY_OF_BALLOTS


def test_the_polling_does_not_open_before_everything_is_ready(prepared: StationFile) -> None:
    answer = refused(prepared, lambda unit: opening.open_polling(unit, BOSS, WITNESS))
    assert answer.code is Code.CHECKLIST_OPEN
    early = refused(prepared, lambda unit: issuing.issue_ballots(unit, OFFICER, token(1)))
    assert early.code is Code.WRONG_PHASE


def test_a_seal_number_is_used_once(prepared: StationFile) -> None:
    prepared.write(lambda unit: opening.seal_box(unit, BOSS, WITNESS, "S01-F", ["0001"]))
    answer = refused(prepared, lambda unit: opening.seal_box(unit, BOSS, WITNESS, "S01-M1", ["0001"]))
    assert (answer.code, answer.facts["seal"]) == (Code.SEAL_USED, "0001")


def test_roles_keep_to_their_duties(polling: StationFile) -> None:
    counter = session("counter-01")
    answer = refused(polling, lambda unit: issuing.issue_ballots(unit, counter, token(1)))
    assert answer.code is Code.NOT_ALLOWED


def test_a_short_packet_shows_in_the_account(prepared: StationFile) -> None:
    difference = prepared.write(
        lambda unit: stock.receive(unit, OFFICER, WITNESS, "county-1", stated=100, counted=99)
    ).value
    assert difference == -1
    assert "received/county-1" in prepared.read(acts.differing)


def test_a_pause_stops_the_desk_and_a_reason_is_needed(polling: StationFile) -> None:
    assert refused(polling, lambda unit: opening.pause(unit, BOSS, "  ")).code is Code.TEXT_MISSING
    polling.write(lambda unit: opening.pause(unit, BOSS, "停电"))
    paused = refused(polling, lambda unit: issuing.issue_ballots(unit, OFFICER, token(1)))
    assert paused.code is Code.PAUSED
    polling.write(lambda unit: opening.resume(unit, BOSS))
    acts.vote(polling, 1)


def test_polling_reopens_with_two_people_and_voters_come_again(polling: StationFile) -> None:
    acts.vote(polling, 1)
    acts.close_day(polling)
    polling.write(lambda unit: closing.reopen(unit, BOSS, WITNESS, seals=["0001"], reason="钟表快了"))
    acts.vote(polling, 2)
    acts.cancel_unused(polling)
    polling.write(
        lambda unit: closing.close_box(unit, BOSS, WITNESS, "S01-F", seals_seen=["0001"], slot_seal="9100")
    )
    polling.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))
    assert polling.read(lambda unit: unit.total("marked/county-1")) == 2
