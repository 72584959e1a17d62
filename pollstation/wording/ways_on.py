"""When the desk issues nothing: what may lawfully be done instead, and by whom."""

from collections.abc import Mapping

from pollstation.domain.errors import Code
from pollstation.domain.staff import Role
from pollstation.i18n import N_, _
from pollstation.wording import filled, terms

_SIGNED = N_("{who} and a second person: {what}")
_ALONE = N_("{who}: {what}")

WAYS: Mapping[Code, tuple[tuple[Role, bool, str], ...]] = {
    Code.ALREADY_VOTED: (
        (Role.OFFICER, False, N_("issue no further ballot; a spoilt ballot is replaced (S).")),
        (Role.OFFICER, True, N_("take ballots back, issued to the wrong voter (Z) or refused (R).")),
        (Role.SUPERVISOR, False, N_("record an incident when the voter denies having voted.")),
    ),
    Code.VOTED_BY_PROXY: (
        (Role.OFFICER, False, N_("issue no ballot; show the voter the written authority.")),
        (Role.OFFICER, True, N_("take the ballots back from the proxy while they are unmarked (Z).")),
        (Role.SUPERVISOR, False, N_("record an incident when the authority is disputed.")),
    ),
    Code.SERVED_BY_MOBILE: (
        (Role.OFFICER, False, N_("issue no ballot; look at the signature on the box's list.")),
        (Role.SUPERVISOR, False, N_("record an incident when the voter disputes the signature.")),
    ),
    Code.PROXY_PENDING: (
        (Role.OFFICER, False, N_("issue no ballot now; the proxy may come with the letter.")),
        (Role.SUPERVISOR, False, N_("take the authority back (Proxies), then the voter votes in person.")),
    ),
    Code.PROXY_UNAPPROVED: (
        (Role.OFFICER, False, N_("issue no ballot on this letter; the voter may come in person.")),
        (Role.SUPERVISOR, False, N_("ask the election committee and write its answer down (Proxies).")),
    ),
    Code.OTHER_STATION: (
        (Role.OFFICER, False, N_("issue no ballot; send the voter to that station.")),
        (Role.SUPERVISOR, False, N_("telephone that station when the voter says they were sent here.")),
    ),
    Code.STRUCK_OFF: (
        (Role.OFFICER, False, N_("issue no ballot.")),
        (Role.SUPERVISOR, True, N_("put the voter back on a new decision of the committee (F5).")),
        (Role.COMMITTEE, False, N_("answers a voter who disputes the decision.")),
    ),
    Code.CARD_INVENTED: (
        (Role.OFFICER, False, N_("look for the voter by name or identity number.")),
        (Role.SUPERVISOR, False, N_("keep a card that is not genuine and record an incident.")),
    ),
    Code.IN_CONFLICT: (
        (Role.OFFICER, False, N_("issue nothing more.")),
        (Role.SUPERVISOR, True, N_("decide which record stands, with the reason (Closing).")),
    ),
}
"""By code: who, whether with a second person, and what."""


def ways_on(code: Code, facts: Mapping[str, object]) -> list[str]:
    """One line for each way; none where the code's own advice is all there is."""
    return [
        _(_SIGNED if signed else _ALONE, who=terms.word(role), what=filled(what, facts))
        for role, signed, what in WAYS.get(code, ())
    ]
