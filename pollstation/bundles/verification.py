"""Checking a bundle as a stranger would: seal, chains, and every total anew from the public journal."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from pollstation.bundles.bundle_journal import JournalCheck, read_journal
from pollstation.bundles.certificates import read_root
from pollstation.bundles.manifest import (
    ACCOUNT,
    JOURNAL,
    RESULT,
    SIGNERS,
    Manifest,
    read_json,
    read_manifest,
)
from pollstation.bundles.result_report import election_report, outcome_of
from pollstation.bundles.sealed_zip import Unsealed, unseal
from pollstation.domain.accounts import Equation, Standing, counting_account, polling_account
from pollstation.domain.ballots import VoterRecord
from pollstation.domain.boxes import Box, BoxState
from pollstation.domain.contests import Plan
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.day import Day, DayPhase, day_stream
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.folds import fold_all
from pollstation.domain.journal import Entry, canonical
from pollstation.domain.profiles import rules_of
from pollstation.domain.site_findings import SiteFinding, site_findings
from pollstation.domain.write_ins import WriteIns, contest_stream
from pollstation.services.determining import ContestResult, judge
from pollstation.services.handing_over import COUNTING, POLLING

FINISHED = {POLLING: DayPhase.CLOSED, COUNTING: DayPhase.DETERMINED}
"""How far the day must have come; a correction follows a hand-over."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that holds, and what was computed from its journal."""

    manifest: Manifest
    unsealed: Unsealed
    journal: JournalCheck
    totals: dict[str, int]
    equations: list[tuple[Equation, Standing]]
    results: list[ContestResult]


class _Computed(NamedTuple):
    """What follows from the journal alone."""

    states: dict[str, Any]
    totals: dict[str, int]
    equations: list[tuple[Equation, Standing]]
    results: list[ContestResult]
    warnings: list[SiteFinding]


def check_bundle(data: bytes, root: bytes, source: str) -> Checked:
    """Check everything that a stranger can check.

    Raises:
        Faults: everything found wrong; what follows from an earlier fault is left out.
        Refusal: the root certificate is none.
    """
    trusted = read_root(root)
    unsealed = unseal(data, trusted, frozenset().union(*SIGNERS.values()), source)
    manifest = read_manifest(unsealed, source)
    journal = read_journal(unsealed, manifest, trusted, source)
    try:
        computed = _compute(manifest, journal.entries)
    except (LookupError, TypeError, ValueError, AttributeError) as problem:
        # an entry whose public part is not what its kind says adds up to nothing
        facts: dict[str, object] = {"problem": type(problem).__name__}
        fault = Fault(code=Code.BUNDLE_JOURNAL_SENSELESS, file=source, field=JOURNAL, facts=facts)
        raise Faults([fault]) from None
    faults = [
        *_check_day(manifest, computed, source),
        *_check_voters(computed.states, source),
        *_check_counters(computed.states, source),
        *_check_totals(unsealed, computed.totals, source),
        *_check_account(computed, source),
    ]
    if manifest.role == COUNTING:
        moment = handed_over_at(journal.entries, manifest.head)
        report = election_report(
            manifest.plan, computed.results, moment, correction=bool(manifest.supersedes)
        )
        faults += _check_result(unsealed, report, source)
    if faults:
        raise Faults(faults)
    return Checked(
        manifest=manifest,
        unsealed=unsealed,
        journal=journal,
        totals=computed.totals,
        equations=computed.equations,
        results=computed.results,
    )


def handed_over_at(entries: tuple[Entry, ...], head: str) -> str:
    """When the entry at the chain head was written, ISO 8601 in UTC, to the second."""
    return next((f"{entry.time[:19]}Z" for entry in reversed(entries) if entry.hash == head), "")


def _compute(manifest: Manifest, entries: tuple[Entry, ...]) -> _Computed:
    plan = manifest.plan
    states, totals = fold_all(entries)
    explained = _explained(plan, states)
    equations = [(each, each.standing(explained)) for each in _account(manifest, states, totals)]
    contests = plan.contests if manifest.role == COUNTING else ()
    known = {contest.id: states.get(contest_stream(contest.id), WriteIns()) for contest in contests}
    results = judge(plan, contests, totals, known)
    return _Computed(states, totals, equations, results, _warnings(manifest, states, totals))


def _warnings(manifest: Manifest, states: Mapping[str, Any], totals: Mapping[str, int]) -> list[SiteFinding]:
    """Warnings over the boxes counted at the site that two people there have not explained."""
    plan = manifest.plan
    if manifest.role != COUNTING:
        return []
    explained = _days(plan, states)[plan.station.id].explained
    found = site_findings(plan.contests, plan.counted_boxes, totals, rules_of(plan.election))
    return [each for each in found if explained.get(each.key) != each.size]


def _account(manifest: Manifest, states: Mapping[str, Any], totals: Mapping[str, int]) -> list[Equation]:
    plan = manifest.plan
    boxes = plan.counted_boxes or plan.station.boxes
    out = frozenset(
        name.partition(":")[2]
        for name, state in states.items()
        if isinstance(state, Box) and state.state is BoxState.OUT
    )
    equations = polling_account(plan.contests, boxes, out, totals)
    if manifest.role == COUNTING:
        equations += counting_account(plan.contests, boxes, totals)
    return equations


def _days(plan: Plan, states: Mapping[str, Any]) -> dict[str, Day]:
    stations = sorted({plan.station.id, *(station.id for station in plan.counted)})
    return {station: states.get(day_stream(station), Day()) for station in stations}


def _explained(plan: Plan, states: Mapping[str, Any]) -> dict[str, int]:
    """Differences explained by two people, at the site and at its stations."""
    explained: dict[str, int] = {}
    for day in _days(plan, states).values():
        for key, difference in day.explained.items():
            explained[key] = explained.get(key, 0) + difference
    return explained


def _check_day(manifest: Manifest, computed: _Computed, source: str) -> list[Fault]:
    """The day is over as far as this bundle goes, and the journal proposes the outcomes that follow."""
    day = _days(manifest.plan, computed.states)[manifest.plan.station.id]
    faults = []
    if day.phase not in (FINISHED[manifest.role], DayPhase.HANDED_OVER):
        facts: dict[str, object] = {"phase": day.phase.value}
        faults.append(Fault(code=Code.BUNDLE_UNFINISHED, file=source, field=JOURNAL, facts=facts))
    follow = {each.contest.id: outcome_of(each) for each in computed.results}
    for contest in sorted(follow.keys() | day.outcomes.keys()):
        proposed, due = day.outcomes.get(contest, ""), follow.get(contest, "")
        if proposed != due:
            facts = {"stated": proposed, "computed": due}
            where = f"{JOURNAL} {contest}"
            faults.append(Fault(code=Code.BUNDLE_RESULT_DIFFERS, file=source, field=where, facts=facts))
    return faults


def _check_voters(states: Mapping[str, Any], source: str) -> list[Fault]:
    return [
        Fault(code=Code.BUNDLE_ISSUED_TWICE, file=source, field=name, facts={"stream": name})
        for name, state in states.items()
        if isinstance(state, VoterRecord) and state.in_conflict
    ]


def _check_counters(states: Mapping[str, Any], source: str) -> list[Fault]:
    """Every sheet was read by two people."""
    return [
        Fault(code=Code.BUNDLE_ONE_COUNTER, file=source, field=name, facts={"sheet": name})
        for name, state in states.items()
        if isinstance(state, CountSheet)
        and len({reading.by for reading in state.readings}) < len(state.readings)
    ]


def _check_totals(unsealed: Unsealed, totals: Mapping[str, int], source: str) -> list[Fault]:
    stated = read_json(unsealed.files, ACCOUNT, dict[str, int], source)
    return [
        Fault(
            code=Code.BUNDLE_TOTAL_DIFFERS,
            file=source,
            field=f"{ACCOUNT} {name}",
            facts={"stated": stated.get(name, 0), "computed": totals.get(name, 0)},
        )
        for name in sorted(stated.keys() | totals.keys())
        if stated.get(name, 0) != totals.get(name, 0)
    ]


def _check_account(computed: _Computed, source: str) -> list[Fault]:
    """Every equation holds or is explained; so is every exception about a box and every warning."""
    faults = [
        Fault(
            code=Code.BUNDLE_ACCOUNT_DIFFERS,
            file=source,
            field=each.key,
            facts={"key": each.key, "difference": each.difference},
        )
        for each, standing in computed.equations
        if each.difference and standing in (Standing.DIFFERS, Standing.OPEN)
    ]
    faults += [
        Fault(
            code=Code.BUNDLE_ACCOUNT_DIFFERS,
            file=source,
            field=name,
            facts={"key": f"{exception.value}/{name}", "difference": 1},
        )
        for name, state in computed.states.items()
        if isinstance(state, Box)
        for exception in state.unexplained
    ]
    faults += [
        Fault(
            code=Code.BUNDLE_ACCOUNT_DIFFERS,
            file=source,
            field=each.key,
            facts={"key": each.key, "difference": each.size},
        )
        for each in computed.warnings
    ]
    return faults


def _check_result(unsealed: Unsealed, report: Mapping[str, object], source: str) -> list[Fault]:
    """result.json says what the totals say, figure by figure."""
    stated = read_json(unsealed.files, RESULT, dict[str, Any], source)
    computed = msgspec.json.decode(canonical(report))
    faults: list[Fault] = []

    def differs(path: str, one: object, other: object) -> None:
        facts = {"stated": one, "computed": other}
        faults.append(
            Fault(code=Code.BUNDLE_RESULT_DIFFERS, file=source, field=f"{RESULT} {path}", facts=facts)
        )

    _compare(stated, computed, "", differs)
    return faults


def _compare(stated: Any, computed: Any, path: str, differs: Callable[[str, object, object], None]) -> None:
    if isinstance(stated, dict) and isinstance(computed, dict):
        for name in sorted(stated.keys() | computed.keys()):
            _compare(stated.get(name), computed.get(name), f"{path}.{name}".lstrip("."), differs)
    elif isinstance(stated, list) and isinstance(computed, list) and len(stated) == len(computed):
        for at, (one, other) in enumerate(zip(stated, computed, strict=True)):
            _compare(one, other, f"{path}[{at}]", differs)
    elif stated != computed or type(stated) is not type(computed):
        differs(path, stated, computed)
