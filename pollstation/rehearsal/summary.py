"""What the committee reads at the end: figures added up from verified bundles, judged by law."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pollstation.bundles.verification import check_bundle
from pollstation.domain.accounts import Figures, add_totals, figures, participants
from pollstation.domain.ballots import Channel
from pollstation.domain.rules import Result
from pollstation.rehearsal.scenario import Scenario
from pollstation.services.determining import by_law


def summary(
    scenario: Scenario, out: Path, *, counting_bundles: Sequence[str], root: bytes
) -> dict[str, object]:
    """The figures of the whole day, out of the counting sites' bundles and nothing else.

    Args:
        counting_bundles: paths relative to ``out``.
        root: the committee's root certificate, PEM.

    Raises:
        Faults: a bundle that does not hold.
    """
    checked = [check_bundle((out / path).read_bytes(), root, path) for path in counting_bundles]
    totals = add_totals(each.totals for each in checked)
    plans = [each.manifest.plan for each in checked]
    contests = {contest.id: contest for plan in plans for contest in plan.contests}
    counted = {name: figures(contest, totals) for name, contest in contests.items()}
    judged = by_law(plans[0].election, [*contests.values()], counted, {})
    registered, part = totals.get("registered", 0), participants(totals)
    return {
        "registered": registered,
        "participants": part,
        "turnout": turnout(part, registered),
        "proxies": totals.get(f"participants/{Channel.PROXY}", 0),
        "mobile": totals.get(f"participants/{Channel.MOBILE}", 0),
        "contests": {each.id: _contest(counted[each.id], judged[each.id]) for each in scenario.contests},
        "boxes": sum(name.startswith("box_counted/") for name in totals),
    }


def astray(scenario: Scenario, document: Mapping[str, Any]) -> list[str]:
    """Contests that did not end with the scenario's figures: none, unless by a mistake of ours."""
    wrong = []
    for contest in scenario.contests:
        played = document["contests"][contest.id]
        expected = {
            "participants": sum(e.participants for e in scenario.stations if contest.id in e.contests),
            "collected": scenario.collected(contest.id),
            "void": contest.void,
            "votes": {name: contest.votes.get(name, 0) for name in contest.candidates},
            "write_ins": {name: votes for name, votes in contest.write_ins.items() if votes},
        }
        if any(played[name] != value for name, value in expected.items()):
            wrong.append(contest.id)
    return wrong


def turnout(part: int, registered: int) -> float:
    """Per cent of the registered who took part, rounded half up to one decimal."""
    return (2000 * part + registered) // (2 * registered) / 10 if registered else 0.0


def _contest(counted: Figures, result: Result) -> dict[str, object]:
    return {
        "registered": counted.registered,
        "participants": counted.participants,
        "issued": counted.issued,
        "spoilt": counted.spoilt,
        "collected": counted.collected,
        "valid": counted.valid,
        "void": counted.void,
        "not_returned": counted.not_returned,
        "votes": counted.votes,
        "write_ins": counted.write_ins,
        "outcome": str(result.outcome),
        "elected": list(result.elected),
    }
