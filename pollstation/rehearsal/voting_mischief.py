"""Irregularities of the voting day that are an act of their own, before the opening and at the desk."""

from functools import partial

from pollstation.domain.errors import Code
from pollstation.rehearsal.desk import Desk
from pollstation.rehearsal.irregularities import VOTING, Mischief, answer_to
from pollstation.rehearsal.place import OFFICER, SUPERVISOR
from pollstation.rehearsal.scenario import Kind
from pollstation.services import issuing, proxies

_INVENTED_CARD = "99990007"


def before_the_opening(desk: Desk, mischief: Mischief) -> None:
    """Authorities that the supervisor should not have written; the good ones are written afterwards."""
    for planted in mischief.at(desk.station.id, Kind.FOURTH_PROXY):
        mischief.record(planted, _fourth_proxy(desk), VOTING)
    if desk.needs_consent:
        for planted in mischief.at(desk.station.id, Kind.UNAPPROVED_PROXY):
            mischief.record(planted, _unapproved_proxy(desk), VOTING)


def _unapproved_proxy(desk: Desk) -> Code | None:
    """Somebody asks and the supervisor does not wait for the committee, which then refuses."""
    giver, holder = desk.voters[:2]
    desk.apply(giver, holder)
    supervisor = desk.place.who(SUPERVISOR)
    answer = answer_to(partial(desk.place.do, proxies.grant, supervisor, giver.token, consent=""))
    desk.place.do(
        proxies.decline, supervisor, giver.token, decision="选委会〔临〕号", reason="本人能够到站投票"
    )
    return answer


def _fourth_proxy(desk: Desk) -> Code | None:
    """Four voters hand the same person their letters; the letters are given back afterwards."""
    holder, *givers = desk.voters[:5]
    written, answer = [], None
    for number, giver in enumerate(givers, start=1):
        answer = answer_to(partial(desk.authorise, giver, holder, f"选委会批复〔临{number}〕号"))
        if answer:
            break
        written.append(giver)
    for giver in written:
        desk.place.do(proxies.revoke, desk.place.who(SUPERVISOR), giver.token, "委托人撤回委托")
    return answer


def at_the_desk(desk: Desk, mischief: Mischief) -> None:
    """Voters who come when they should not, after everybody else has come."""
    place = desk.place
    officer = place.who(OFFICER)

    def come(token: str, *principals: str) -> None:
        place.clock.wait(20)
        place.do(issuing.issue_ballots, officer, token, principals=principals)

    def show_card(card: str) -> None:
        place.clock.wait(20)
        found = place.ask(issuing.find_scanned, f"{issuing.CARD_PREFIX}{card}")
        come(found.voter.token)

    acts = {
        Kind.SECOND_ATTEMPT: lambda: come(desk.in_person[0].token),
        Kind.VOTED_BY_PROXY_COMES: lambda: come(desk.principals[0].token),
        Kind.PROXY_AFTER_VOTING: lambda: desk.authorise(
            desk.in_person[0],
            next(v for v in desk.voters if v is not desk.in_person[0]),
            "选委会批复〔补〕号",
        ),
        Kind.WRONG_STATION: lambda: show_card(desk.strangers[0].card),
        Kind.INVENTED_CARD: lambda: show_card(_INVENTED_CARD),
    }
    if not desk.needs_consent:
        # without consent to ask for, nobody approved the proxy when no authority was written at all
        acts[Kind.UNAPPROVED_PROXY] = lambda: come(desk.voters[0].token, desk.voters[1].token)
    for kind, act in acts.items():
        for planted in mischief.at(desk.station.id, kind):
            mischief.record(planted, answer_to(act), VOTING)
