"""Rule profiles: which law an election is held under, and what a province settles within it.

Sources: Electoral Law of the NPC and local people's congresses (2020 text); Organic Law of Villagers'
Committees (as amended on 28 October 2025), article 18; provincial rules where the laws leave it open.
"""

from enum import StrEnum, unique
from typing import Annotated

import msgspec

from pollstation.domain.contests import Election, Post
from pollstation.domain.day import CHECKLIST
from pollstation.domain.doubtful import Judgement

POSTED = "proxies-posted"
"""The line of the checklist that belongs to :attr:`Profile.proxies_posted`."""


@unique
class StillShort(StrEnum):
    """What becomes of seats that a fresh election leaves empty."""

    VACANT = "vacant"
    ANOTHER_ROUND = "another round"


class Articles(msgspec.Struct, frozen=True, kw_only=True):
    """Where the profile's law says it: the article numbers that reasons refer to."""

    seats: str
    write_in: str
    excess: str
    election: str
    confirmation: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One set of rules. Percentages are whole per cent; everything else is counted in persons or ballots.

    Args:
        seats_most: most seats one ballot may fill; None where the law names no figure for a ballot.
        range_bound: the fresh election's list is bound to the range of Electoral Law art. 31.
        crew_minimum: fewest scrutineers that carry a mobile box.
        serves_unrequested: a mobile box may serve a voter without an approved request, with a written reason.
        proxy_bars_candidates: a candidate may not be a proxy.
        proxy_bars_staff: nobody who works at the station may be a proxy.
        proxies_posted: the names of proxies and of those they vote for are posted.
        late_registration: a voter who was left out may be entered on the list at the station, on a decision.
        needs_committee_consent: a proxy vote needs the election committee's consent.
        void_warning_percent: void or blank ballots from this share on are improbable.
        not_returned_warning_percent: ballots not returned are improbable from this share on ...
        not_returned_warning_minimum: ... if they are at least this many.
        batch_size: ballots on one count sheet.
        checklist: what is looked at before the opening, in this order.
        valid_judgements: on these a doubtful ballot is valid; clear intent counts, an unclear part is void
            alone.
        void_judgements: on these it is void; one in both leaves it to those who decide.
        posts: what may be elected to, the highest first; empty where a contest has no post.
        down_adding: votes for a higher post of somebody not elected to it are added to their votes for a
            lower one (one province; ``rules.posts``).
        result_on_the_spot: the result is announced to those present before anything is handed over.
        revote_needs_turnout: more than half of the voters must take part in a re-vote, too; the laws do not
            say that they need not.
    """

    name: str
    articles: Articles
    seats_most: int | None
    range_bound: bool
    needs_committee_consent: bool
    proxy_bars_candidates: bool
    still_short: StillShort = StillShort.VACANT
    crew_minimum: Annotated[int, msgspec.Meta(ge=2, le=9)] = 2
    serves_unrequested: bool = True
    proxies_per_holder: int = 3
    proxy_bars_staff: bool = False
    proxies_posted: bool = False
    late_registration: bool = False
    void_warning_percent: int = 3
    not_returned_warning_percent: int = 2
    not_returned_warning_minimum: int = 15
    batch_size: Annotated[int, msgspec.Meta(ge=10, le=1000)] = 100
    checklist: tuple[str, ...] = CHECKLIST
    valid_judgements: frozenset[Judgement] = frozenset(
        {Judgement.CLEAR_INTENT, Judgement.PART_UNCLEAR, Judgement.OTHER}
    )
    void_judgements: frozenset[Judgement] = frozenset(
        {Judgement.ILLEGIBLE, Judgement.TOO_MANY_NAMES, Judgement.OTHER}
    )
    posts: tuple[Post, ...] = ()
    down_adding: bool = False
    result_on_the_spot: bool = False
    revote_needs_turnout: bool = True

    def allows(self, judgement: Judgement, *, valid: bool) -> bool:
        """Whether a doubtful ballot may be decided so on this judgement."""
        return judgement in (self.valid_judgements if valid else self.void_judgements)


NPC_2020 = Profile(
    name="npc-2020",
    articles=Articles(seats="25", write_in="41", excess="44", election="45", confirmation="46"),
    seats_most=3,
    range_bound=True,
    needs_committee_consent=True,
    proxy_bars_candidates=False,
)

VILLAGE_2025 = Profile(
    name="village-2025",
    articles=Articles(seats="18", write_in="18", excess="18", election="18", confirmation="18"),
    seats_most=None,
    range_bound=False,
    needs_committee_consent=False,
    proxy_bars_candidates=True,
    proxies_posted=True,
    checklist=(*CHECKLIST, POSTED),
    void_judgements=NPC_2020.void_judgements | {Judgement.TWO_POSTS},
    posts=tuple(Post),
    result_on_the_spot=True,
)

PROFILES = {known.name: known for known in (NPC_2020, VILLAGE_2025)}


def profile(name: str) -> Profile:
    """The profile called ``name``, as packages and scenarios write it.

    Raises:
        LookupError: no profile has this name.
    """
    return PROFILES[name]


LOCAL_RULES = frozenset(
    {
        "batch_size",
        "crew_minimum",
        "down_adding",
        "late_registration",
        "proxies_posted",
        "proxy_bars_staff",
        "revote_needs_turnout",
        "serves_unrequested",
        "still_short",
    }
)
"""Settings of a profile that a province or a committee may decide otherwise for an election."""


def unfit_rules(election: Election) -> list[str]:
    """Names of local rules that nobody may settle, or that are settled to what cannot be."""
    unfit = []
    for name, value in sorted(election.local_rules.items()):
        try:
            rules_of(msgspec.structs.replace(election, local_rules={name: value}))
        except ValueError:
            unfit.append(name)
    return sorted({*unfit, *(election.local_rules.keys() - LOCAL_RULES)})


def rules_of(election: Election) -> Profile:
    """The election's profile with what its committee settled locally; what is posted is looked for.

    Raises:
        ValueError: a local rule is settled to what cannot be; see :func:`unfit_rules`.
    """
    builtins = msgspec.to_builtins(profile(election.profile))
    try:
        settled = msgspec.convert({**builtins, **election.local_rules}, Profile)
    except msgspec.ValidationError as unfit:
        raise ValueError(str(unfit)) from unfit
    others = tuple(item for item in settled.checklist if item != POSTED)
    return msgspec.structs.replace(settled, checklist=(*others, POSTED) if settled.proxies_posted else others)
