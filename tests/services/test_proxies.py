"""Asked for, consented to, used; or refused, taken back, lapsed."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.domain.errors import Code, Refusal
from pollstation.services import issuing, opening, proxies
from pollstation.services.ports import UnitOfWork
from pollstation.services.proxies import ProxyState
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.station import PASSPHRASE, TickingClock, package, people, session, voter


def refused(file: StationFile, duty: Callable[[UnitOfWork], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return caught.value


def ask(file: StationFile, principal: int, holder: int) -> str:
    return file.write(
        lambda unit: proxies.apply(unit, BOSS, token(principal), token(holder), reason="在外务工")
    ).value.number


def grant(file: StationFile, principal: int, consent: str = "选委批〔1〕号") -> None:
    file.write(lambda unit: proxies.grant(unit, BOSS, token(principal), consent=consent))


def letter(file: StationFile, principal: int) -> str:
    """The code on the principal's letter."""
    authority = acts.record_of(file, principal).authority
    assert authority
    return issuing.letter_code(authority)


def come(file: StationFile, holder: int, *principals: int) -> issuing.Issued:
    return file.write(
        lambda unit: issuing.issue_ballots(
            unit, OFFICER, token(holder), contests=[], principals=[token(one) for one in principals]
        )
    ).value


def states(file: StationFile) -> dict[str, ProxyState]:
    return {line.authority.number: line.state for line in file.read(proxies.authorities)}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[StationFile]:
    """A village election: no consent asked, candidates and here staff barred."""
    made = package(proxy_bars_staff=True)
    plan = msgspec.structs.replace(
        made.plan, election=msgspec.structs.replace(made.plan.election, profile="village-2025")
    )
    worker, candidate = voter(5), voter(6)
    staff = (msgspec.structs.replace(people()[0], name=worker.name), *people()[1:])
    contests = (
        msgspec.structs.replace(plan.contests[0], candidates=(candidate.name, "乙二", "丙三")),
        plan.contests[1],
    )
    made = msgspec.structs.replace(made, plan=msgspec.structs.replace(plan, contests=contests), people=staff)
    with StationFile.create(tmp_path / "day", PASSPHRASE, made, TickingClock(), "S01-aaaa") as file:
        acts.prepare(file)
        acts.open_day(file)
        yield file


def test_only_what_the_committee_consented_to_is_voted_on(polling: StationFile) -> None:
    assert ask(polling, 2, 1) == "P-0001-aaaa"
    assert states(polling) == {"P-0001-aaaa": ProxyState.ASKED}
    early = refused(
        polling,
        lambda unit: issuing.issue_ballots(unit, OFFICER, token(1), contests=[], principals=[token(2)]),
    )
    assert (early.code, early.facts["number"]) == (Code.PROXY_UNAPPROVED, "P-0001-aaaa")
    blank = refused(polling, lambda unit: proxies.grant(unit, BOSS, token(2), consent=" "))
    assert blank.code is Code.PROXY_WITHOUT_CONSENT
    grant(polling, 2)
    assert come(polling, 1, 2).count == 2
    assert states(polling) == {"P-0001-aaaa": ProxyState.VOTED}


def test_a_refused_application_is_listed_and_another_may_follow(polling: StationFile) -> None:
    ask(polling, 2, 1)
    polling.write(
        lambda unit: proxies.decline(unit, BOSS, token(2), decision="选委批〔9〕号", reason="本人在家")
    )
    assert states(polling) == {"P-0001-aaaa": ProxyState.DECLINED}
    gone = refused(polling, lambda unit: proxies.grant(unit, BOSS, token(2), consent="1"))
    assert gone.code is Code.PROXY_NOT_APPLIED
    assert ask(polling, 2, 3) == "P-0002-aaaa"
    assert states(polling) == {"P-0002-aaaa": ProxyState.ASKED}


def test_applications_count_among_the_three_of_a_proxy(polling: StationFile) -> None:
    for principal in (2, 3, 4):
        ask(polling, principal, 1)
    grant(polling, 2)
    fourth = refused(polling, lambda unit: proxies.apply(unit, BOSS, token(5), token(1), reason="病"))
    assert (fourth.code, fourth.facts["held"]) == (Code.PROXY_HOLDS_TOO_MANY, 3)
    second = refused(polling, lambda unit: proxies.apply(unit, BOSS, token(3), token(6), reason="病"))
    assert second.code is Code.PROXY_EXISTS


def test_who_waits_for_consent_may_come_themselves_and_the_application_lapses(polling: StationFile) -> None:
    ask(polling, 2, 1)
    acts.vote(polling, 2)
    assert states(polling) == {"P-0001-aaaa": ProxyState.LAPSED}
    late = refused(polling, lambda unit: proxies.grant(unit, BOSS, token(2), consent="1"))
    assert late.code is Code.ALREADY_VOTED


def test_an_application_is_taken_back_before_it_is_decided(polling: StationFile) -> None:
    ask(polling, 2, 1)
    polling.write(lambda unit: proxies.revoke(unit, BOSS, token(2), "本人回来了"))
    assert states(polling) == {}
    nothing = refused(polling, lambda unit: proxies.revoke(unit, BOSS, token(2), "本人回来了"))
    assert nothing.code is Code.PROXY_ABSENT


def test_the_letter_is_found_by_its_code_once_consented_to(polling: StationFile) -> None:
    ask(polling, 2, 1)
    code = issuing.letter_code(acts.record_of(polling, 2).application or pytest.fail("no application"))
    with pytest.raises(Refusal) as waiting:
        polling.read(lambda unit: issuing.find_letter(unit, code))
    assert waiting.value.code is Code.PROXY_UNAPPROVED
    grant(polling, 2)
    card, principal = polling.read(lambda unit: issuing.find_letter(unit, code))
    assert (card.voter.token, principal) == (token(1), token(2))
    with pytest.raises(Refusal) as unknown:
        polling.read(lambda unit: issuing.find_letter(unit, "PS2:P-0009-000000"))
    assert unknown.value.code is Code.PROXY_LETTER_UNKNOWN
    polling.write(lambda unit: proxies.revoke(unit, BOSS, token(2), "本人回来了"))
    with pytest.raises(Refusal) as revoked:
        polling.read(lambda unit: issuing.find_letter(unit, code))
    assert revoked.value.code is Code.PROXY_LETTER_UNKNOWN


def test_in_a_village_the_application_is_the_authority(village: StationFile) -> None:
    ask(village, 2, 1)
    assert states(village) == {"P-0001-aaaa": ProxyState.GIVEN}
    assert come(village, 1, 2).count == 2


@pytest.mark.parametrize(("holder", "code"), [(5, Code.PROXY_IS_STAFF), (6, Code.PROXY_IS_CANDIDATE)])
def test_whom_the_rules_bar_is_no_proxy(village: StationFile, holder: int, code: Code) -> None:
    barred = refused(village, lambda unit: proxies.apply(unit, BOSS, token(2), token(holder), reason="病"))
    assert barred.code is code


def test_the_proxy_votes_in_a_contest_of_the_principal(polling: StationFile) -> None:
    """Voter 10 votes in the county contest only: that is the constituency they share."""
    ask(polling, 10, 1)
    grant(polling, 10)
    assert come(polling, 1, 10).for_others == {token(10): ("county-1",)}


def test_an_application_before_the_opening_does_not_disturb_the_zero_report(prepared: StationFile) -> None:
    ask(prepared, 2, 1)
    ask(prepared, 3, 1)
    prepared.write(lambda unit: proxies.decline(unit, BOSS, token(3), decision="9", reason="材料不全"))
    acts.open_day(prepared)
    again = refused(prepared, lambda unit: opening.report_zero(unit, BOSS, WITNESS))
    assert again.code is Code.WRONG_PHASE


def test_officers_write_no_authorities_down(polling: StationFile) -> None:
    for duty in (
        lambda unit: proxies.apply(unit, OFFICER, token(2), token(1), reason="病"),
        lambda unit: proxies.grant(unit, session("officer-02"), token(2), consent="1"),
    ):
        assert refused(polling, duty).code is Code.NOT_ALLOWED


def test_where_proxies_are_posted_the_opening_looks_for_the_list(tmp_path: Path) -> None:
    for number, posted in enumerate((False, True)):
        made = package(proxies_posted=posted)
        with StationFile.create(tmp_path / f"{number}", PASSPHRASE, made, TickingClock()) as file:
            assert ("proxies-posted" in file.read(opening.checklist)) is posted


def test_desks_out_of_reach_never_give_one_number_twice_and_a_merge_keeps_every_letter(
    polling: StationFile, tmp_path: Path
) -> None:
    with StationFile.create(tmp_path / "b", PASSPHRASE, package(), TickingClock(), "S01-bbbb") as other:
        acts.prepare(other)
        acts.open_day(other)
        for desk, principal, holder in ((polling, 2, 1), (other, 3, 1), (polling, 4, 5), (other, 4, 6)):
            ask(desk, principal, holder)
            grant(desk, principal)
        codes = {token(2): letter(polling, 2), token(3): letter(other, 3)}
        polling.merge(other.read(lambda unit: unit.entries()))
    assert set(states(polling)) >= {"P-0001-aaaa", "P-0001-bbbb"}
    for giver, code in codes.items():
        found = polling.read(partial(issuing.find_letter, code=code))
        assert (found[0].voter.token, found[1]) == (token(1), giver)
    assert acts.record_of(polling, 4).in_conflict  # each desk wrote that this voter has a proxy
    before = set(states(polling))
    assert ask(polling, 7, 8) not in before
