"""Back from an outage: what was marked on paper is keyed in, by two people, and nothing of it is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from pollstation import i18n
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Entry
from pollstation.services import closing, corrections, outage, proxies, register_changes
from pollstation.services.outage import PaperCheck, PaperLine
from pollstation.store import StationFile
from pollstation.wording import acts as wording_acts
from pollstation.wording import sentence
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.station import TickingClock, session

PAGE = "paper register page 3"


@pytest.fixture
def clock(polling: StationFile) -> TickingClock:
    """Two hours after the opening: the laptop is up again."""
    clock = polling._clock
    assert isinstance(clock, TickingClock)
    clock.time += timedelta(hours=2)
    return clock


def line(number: int, hour: int = 1, minute: int = 15, *, by_proxy: bool = False) -> PaperLine:
    time = datetime(2026, 12, 6, hour, minute, tzinfo=UTC)
    return PaperLine(token=token(number), time=time, by_proxy=by_proxy)


def key_in(file: StationFile, *lines: PaperLine) -> tuple[PaperCheck, ...]:
    return file.write(lambda unit: outage.key_in(unit, OFFICER, WITNESS, lines, PAGE)).value


def refused(file: StationFile, *lines: PaperLine, evidence: str = PAGE) -> Refusal:
    with pytest.raises(Refusal) as caught:
        file.write(lambda unit: outage.key_in(unit, OFFICER, WITNESS, lines, evidence))
    return caught.value


def last(file: StationFile) -> Entry:
    return file.read(lambda unit: unit.entries())[-1]


@pytest.mark.usefixtures("clock")
def test_a_voter_from_paper_counts_as_any_other_and_is_marked_as_such(polling: StationFile) -> None:
    key_in(polling, line(3), line(10, 0, 59))
    assert polling.read(lambda unit: unit.totals("marked/")) == {"marked/county-1": 2, "marked/town-1": 1}
    assert polling.read(lambda unit: unit.totals("turnout/")) == {
        "turnout/2026-12-06T00": 1,
        "turnout/2026-12-06T01": 1,
    }
    assert polling.read(lambda unit: unit.total("keyed_in")) == 2
    entry = last(polling)
    assert entry.public["from_paper"] is True
    assert entry.witness == "scrutineer-01"
    assert PAGE not in str(entry.opened())
    i18n.use("en")
    words = wording_acts.in_words(entry, {})
    assert "Keyed in from the paper register, marked there at" in words
    assert words.endswith("Evidence: paper register page 3.")


@pytest.mark.usefixtures("clock")
def test_the_desk_knows_that_somebody_voted_on_paper(polling: StationFile) -> None:
    key_in(polling, line(3))
    with pytest.raises(Refusal) as caught:
        acts.vote(polling, 3)
    assert caught.value.code is Code.ALREADY_VOTED
    assert str(caught.value.facts["time"]).startswith("2026-12-06T01:15")


@pytest.mark.usefixtures("clock")
def test_who_was_served_before_the_outage_and_again_on_paper_is_a_conflict_not_lost(
    polling: StationFile,
) -> None:
    acts.vote(polling, 3)
    (checked,) = key_in(polling, line(3))
    assert checked.conflict
    assert acts.record_of(polling, 3).in_conflict
    assert Code.CONFLICT_OPEN in [each.code for each in polling.read(closing.obstacles)]
    polling.write(lambda unit: corrections.decide_conflict(unit, BOSS, WITNESS, token(3), "served twice"))
    assert not acts.record_of(polling, 3).in_conflict
    assert polling.read(lambda unit: unit.total("issued/county-1/in_person")) == 2


@pytest.mark.usefixtures("clock")
def test_who_was_struck_off_and_voted_on_paper_is_a_conflict(polling: StationFile) -> None:
    polling.write(
        lambda unit: register_changes.strike_off(
            unit, BOSS, WITNESS, token(3), decision="选决〔3〕号", reason="已在外地登记"
        )
    )
    (checked,) = key_in(polling, line(3))
    assert checked.conflict
    assert acts.record_of(polling, 3).in_conflict


@pytest.mark.usefixtures("clock")
def test_the_same_line_typed_twice_is_a_slip_of_the_typist(polling: StationFile) -> None:
    key_in(polling, line(3))
    twice = refused(polling, line(4), line(3))
    assert twice.code is Code.PAPER_LINE_TWICE
    assert acts.record_of(polling, 4).issues == ()


@pytest.mark.usefixtures("clock")
def test_ballots_handed_to_a_proxy_on_paper_are_the_principals(polling: StationFile) -> None:
    assert refused(polling, line(5, by_proxy=True)).code is Code.PROXY_ABSENT
    polling.write(
        lambda unit: proxies.authorise(
            unit, session("committee-01"), token(5), token(6), consent="7", reason="away"
        )
    )
    key_in(polling, line(5, by_proxy=True))
    (issue, *_more) = acts.record_of(polling, 5).issues
    assert (issue.channel, issue.holder) == ("proxy", token(6))


def test_times_that_cannot_be_are_refused_with_both_times(polling: StationFile, clock: TickingClock) -> None:
    ahead = refused(polling, line(3, 9))
    assert ahead.code is Code.PAPER_TIME_AHEAD
    clock.time += timedelta(hours=20)
    early = PaperLine(token=token(3), time=datetime(2026, 12, 5, 23, 0, tzinfo=UTC))
    too_early = refused(polling, early)
    assert too_early.code is Code.PAPER_TIME_TOO_EARLY
    assert "?" not in "".join(sentence(too_early.code, too_early.facts))
    # the minute of the opening itself is no lie of the paper, which knows no seconds
    key_in(polling, line(3, 0, 0))


@pytest.mark.usefixtures("clock")
def test_two_people_evidence_and_lines_are_needed(polling: StationFile) -> None:
    assert refused(polling).code is Code.PAPER_LINES_MISSING
    assert refused(polling, line(3), evidence=" ").code is Code.TEXT_MISSING
    with pytest.raises(Refusal) as caught:
        polling.write(lambda unit: outage.key_in(unit, OFFICER, OFFICER, [line(3)], PAGE))
    assert caught.value.code is Code.NOT_ALLOWED


@pytest.mark.usefixtures("clock")
def test_a_day_with_lines_from_paper_closes_with_every_equation_holding(polling: StationFile) -> None:
    acts.vote(polling, 1, 2)
    key_in(polling, line(3), line(4), line(10))
    assert not polling.read(acts.differing)
    acts.close_day(polling)
    assert not polling.check()
