"""What boxes betray when they are laid side by side: warnings over a whole counting site.

All arithmetic is in whole numbers, from totals by name, so that a stranger with an open bundle finds the
same. A box is compared once all sheets of its contest are approved. A cause suppresses its symptoms: a
candidate without any vote in a box is not said to be far from the rest there too, and a box from which
ballots are missing (E-402) is not said to be empty.

The measure of "far" is robust: the middle (median) of all boxes' shares and the middle of their distances
from it, so that the strange box itself cannot hide by shifting the measure.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low

from pollstation.domain.accounts import Totals
from pollstation.domain.contests import BallotBox, BoxKind, Contest
from pollstation.domain.errors import Code
from pollstation.domain.findings import Finding
from pollstation.domain.profiles import Profile

LEAST_BOXES = 3
"""With fewer boxes nothing is the rest."""
LEAST_BALLOTS = 20
"""A box with fewer valid ballots says nothing about shares."""
LEAST_DISTANCE = 100
"""Per mille: shares closer together than ten per cent points are never far apart."""
DISTANCES = 6
"""So many times the middle distance is far: about four standard deviations where boxes vary by chance."""
LEAST_EXPECTED = 10
"""Votes that a box ought to hold, by the others' share, before their absence is improbable."""


class SiteFinding(Finding, frozen=True, kw_only=True):
    """A warning over boxes; once two people explained it, it stands explained while ``size`` stays."""

    contest: str
    box: str
    size: int

    @property
    def key(self) -> str:
        """Its name in the journal when it is explained: code, contest, box and candidate (from 1)."""
        place = self.facts.get("candidate")
        parts = (self.code, self.contest, self.box, str(place + 1) if isinstance(place, int) else "")
        return "/".join(part for part in parts if part)


def site_findings(
    contests: Sequence[Contest], counted: Sequence[BallotBox], totals: Totals, rules: Profile
) -> list[SiteFinding]:
    """Every warning over the boxes ``counted`` at a site, box by box within a contest."""
    found = list(_without_ballots([each.id for each in contests], counted, totals))
    boxes = [box.id for box in counted]
    for contest in contests:
        found += _not_returned(contest.id, boxes, totals, rules)
        sheets = totals.get(f"sheets/{contest.id}", 0)
        if sheets and totals.get(f"sheets_approved/{contest.id}", 0) == sheets:
            found += _compared(contest, boxes, totals)
    return found


def _without_ballots(
    contests: Sequence[str], boxes: Sequence[BallotBox], totals: Totals
) -> Iterator[SiteFinding]:
    """Boxes that stood at the station or went out, into which nothing was issued and in which nothing lay."""
    for box in (
        each.id for each in boxes if each.kind is BoxKind.FIXED or _went_out(each.id, contests, totals)
    ):
        figures = [f"{figure}/{box}/{of}" for of in contests for figure in ("counted", "box_issued")]
        if totals.get(f"box_counted/{box}") and not any(totals.get(name) for name in figures):
            facts: dict[str, int | str] = {"box": box}
            yield SiteFinding(
                code=Code.BOX_WITHOUT_BALLOTS, fields=(), facts=facts, contest="", box=box, size=0
            )


def _went_out(box: str, contests: Sequence[str], totals: Totals) -> bool:
    return any(totals.get(f"taken/{box}/{of}") for of in contests)


def _not_returned(
    contest: str, boxes: Sequence[str], totals: Totals, rules: Profile
) -> Iterator[SiteFinding]:
    """Ballots issued and found in no box, once every box that was issued into is counted."""
    used = [box for box in boxes if totals.get(f"box_issued/{box}/{contest}")]
    if not all(totals.get(f"box_counted/{box}") for box in used):
        return
    issued = sum(totals[f"box_issued/{box}/{contest}"] for box in used)
    missing = issued - sum(totals.get(f"counted/{box}/{contest}", 0) for box in used)
    share, least = rules.not_returned_warning_percent, rules.not_returned_warning_minimum
    if missing >= least and missing * 100 >= share * issued:
        facts: dict[str, int | str] = {"missing": missing, "issued": issued, "percent": share}
        yield SiteFinding(
            code=Code.NOT_RETURNED_MANY, fields=(), facts=facts, contest=contest, box="", size=missing
        )


def _compared(contest: Contest, boxes: Sequence[str], totals: Totals) -> Iterator[SiteFinding]:
    of = contest.id
    valid = {box: totals.get(f"box_valid/{box}/{of}", 0) for box in boxes}
    valid = {box: ballots for box, ballots in valid.items() if ballots >= LEAST_BALLOTS}
    if len(valid) < LEAST_BOXES:
        return
    for candidate in range(len(contest.candidates)):
        votes = {box: totals.get(f"box_for/{box}/{of}/{candidate}", 0) for box in valid}
        empty = _only_empty(votes, valid)
        far = [box for box in _far(votes, valid) if box != empty]
        codes = [(box, Code.BOX_FAR_FROM_REST) for box in far]
        if empty:
            codes.append((empty, Code.NO_VOTE_IN_ONE_BOX))
        for box, code in codes:
            rest = sum(valid.values()) - valid[box]
            facts: dict[str, int | str] = {
                "candidate": candidate,
                "name": contest.candidates[candidate],
                "box": box,
                "votes": votes[box],
                "valid": valid[box],
                "rest_votes": sum(votes.values()) - votes[box],
                "rest_valid": rest,
            }
            yield SiteFinding(code=code, fields=(), facts=facts, contest=of, box=box, size=votes[box])


def _only_empty(votes: Mapping[str, int], valid: Mapping[str, int]) -> str:
    """The one box without a vote where, by the share in the others, :data:`LEAST_EXPECTED` were due."""
    empty = [box for box, count in votes.items() if not count]
    if len(empty) != 1:
        return ""
    own = valid[empty[0]]
    rest = sum(valid.values()) - own
    return empty[0] if sum(votes.values()) * own >= LEAST_EXPECTED * rest else ""


def _far(votes: Mapping[str, int], valid: Mapping[str, int]) -> list[str]:
    """Boxes whose share of votes (per mille) is far from the middle, beyond what chance does to so few."""
    shares = {box: votes[box] * 1000 // valid[box] for box in votes}
    middle = median_low(shares.values())
    distances = {box: abs(share - middle) for box, share in shares.items()}
    far = max(LEAST_DISTANCE, DISTANCES * median_low(distances.values()))
    inside = min(max(middle, 50), 950)
    chance = 16 * inside * (1000 - inside)  # four standard deviations, squared, of one ballot
    return [box for box, d in distances.items() if d > far and d * d * valid[box] > chance]
