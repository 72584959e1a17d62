"""Slips while sheets are entered: honest ones, and those that are planted."""

import random
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from pollstation.domain.count_sheets import FIGURES, CountSheet
from pollstation.domain.errors import Code
from pollstation.rehearsal.irregularities import COUNT, Mischief, answer_to
from pollstation.rehearsal.place import COUNTERS, SUPERVISOR, Place
from pollstation.rehearsal.scenario import Kind
from pollstation.services import counting

Fields = Mapping[str, int]

_SENT_BACK = "录入有误，退回重录"


def transposed(paper: Fields) -> dict[str, int] | None:
    """The paper with two digits of one candidate's votes the wrong way round; None without such a figure.

    A single digit counts as written with a nought before it.
    """
    for name, count in paper.items():
        turned = int(f"{count:02d}"[::-1])
        if name.startswith("for/") and count < 100 and turned != count:
            return {**paper, name: turned}
    return None


def shifted(paper: Fields) -> dict[str, int] | None:
    """The paper with the column of votes for typed one row too low; None where that changes nothing."""
    column = [name for name in paper if name.startswith("for/")]
    lower = dict(zip(column[1:], (paper[name] for name in column), strict=False))
    moved = {**paper, column[0]: 0, **lower}
    return moved if len(column) > 1 and moved != paper else None


def misread(paper: Fields) -> dict[str, int] | None:
    """The paper with the valid ballots misread by one; None where there are none."""
    return {**paper, "valid": paper["valid"] - 1} if paper["valid"] else None


def overfull(paper: Fields) -> dict[str, int]:
    """The paper with more votes for the first candidate than there are ballots."""
    return {**paper, "for/0": paper["for/0"] + paper["valid"] + paper["void"] + 1}


def swapped(paper: Fields, chance: random.Random) -> dict[str, int]:
    """The paper with the figures against and abstaining of one candidate exchanged: every sum still holds."""
    row = chance.randrange(sum(name.startswith("for/") for name in paper))
    against, abstain = f"against/{row}", f"abstain/{row}"
    return {**paper, against: paper[abstain], abstain: paper[against]}


_MISREADINGS: dict[Kind, Callable[[Fields], dict[str, int] | None]] = {
    Kind.TRANSPOSED_DIGITS: transposed,
    Kind.SHIFTED_COLUMN: shifted,
    Kind.SUM_MISREAD: misread,
    Kind.MORE_VOTES_THAN_BALLOTS: overfull,
}


ON_SHEETS = frozenset({*_MISREADINGS, Kind.SAME_PERSON_TWICE, Kind.BATCH_ENTERED_TWICE})
"""Kinds that are done while a sheet is entered."""


def fits(kind: Kind, papers: Iterable[Fields]) -> bool:
    """Whether ``kind`` can be done on any of these sheets."""
    misreading = _MISREADINGS.get(kind)
    return any(misreading is None or misreading(paper) for paper in papers)


class SheetSlips:
    """Enters sheets at one counting site, and does what is planted on the first sheet with room for it."""

    def __init__(self, place: Place, mischief: Mischief) -> None:
        self._place = place
        self._mischief = mischief
        # the batch entered twice comes first: it waits for a sheet with a twin, and few have one
        self._waiting = mischief.at(place.id, Kind.BATCH_ENTERED_TWICE)
        self._waiting += mischief.at(place.id, *_MISREADINGS, Kind.SAME_PERSON_TWICE)
        self._entered: dict[str, tuple[CountSheet, dict[str, int]]] = {}
        """By sheet, what was on its paper."""

    def enter(self, counter: str, sheet_id: str, fields: Fields) -> Code | None:
        """One counter's whole reading, row by row as each is left.

        Returns:
            The first thing that the program found in it; None when it found no error.
        """
        place, session = self._place, self._place.who(counter)
        rows = [[f"{figure}/{n}" for figure in FIGURES] for n in range(_candidates(fields))]
        rows += [[name] for name in fields if name.startswith("write_in/")]
        for row in (*rows, ["valid", "void"]):
            place.clock.wait(place.chance.uniform(3, 8))
            seen = place.do(counting.enter, session, sheet_id, {name: fields[name] for name in row})
        place.do(counting.complete, session, sheet_id)
        return next((finding.code for finding in seen.findings if finding.is_error), None)

    def play(self, sheet: CountSheet, paper: dict[str, int]) -> bool:
        """Do what is planted and fits this sheet, one after the other; whether it was entered thereby."""
        entered = False
        for planted in list(self._waiting):
            slip = self._slip(planted.kind, sheet, paper)
            if slip is None:
                continue
            if entered:
                self._send_back(sheet.id)
            self._mischief.record(planted, slip(), COUNT)
            self._waiting.remove(planted)
            entered = True
        self._entered[sheet.id] = (sheet, paper)
        return entered

    def _slip(self, kind: Kind, sheet: CountSheet, paper: Fields) -> Callable[[], Code | None] | None:
        """How ``kind`` is done on this sheet, entered twice by the end of it; None where it does not fit."""
        if kind is Kind.SAME_PERSON_TWICE:
            return partial(self._same_person, sheet, paper)
        if kind is Kind.BATCH_ENTERED_TWICE:
            twin = self._twin(sheet, paper)
            return partial(self._batch_again, sheet, paper, twin) if twin else None
        wrong = _MISREADINGS[kind](paper)
        return partial(self._misread, sheet, paper, wrong) if wrong else None

    def _misread(self, sheet: CountSheet, paper: Fields, wrong: Fields) -> Code | None:
        answer = self.enter(COUNTERS[0], sheet.id, wrong)
        self.enter(COUNTERS[1], sheet.id, paper)
        return answer

    def _same_person(self, sheet: CountSheet, paper: Fields) -> Code | None:
        self.enter(COUNTERS[0], sheet.id, paper)
        answer = answer_to(partial(self.enter, COUNTERS[0], sheet.id, paper))
        self.enter(COUNTERS[1], sheet.id, paper)
        return answer

    def _send_back(self, sheet_id: str) -> None:
        self._place.do(counting.send_back, self._place.who(SUPERVISOR), sheet_id, _SENT_BACK)

    def _twin(self, sheet: CountSheet, paper: Fields) -> dict[str, int] | None:
        """The paper of a sheet entered before, of as many ballots from the same box, with other figures."""
        for other, figures in self._entered.values():
            same = (other.box, other.contest, other.ballots) == (sheet.box, sheet.contest, sheet.ballots)
            if same and figures != paper:
                return figures
        return None

    def _batch_again(self, sheet: CountSheet, paper: Fields, twin: Fields) -> Code | None:
        """Both counters are handed the paper of a batch entered before; the supervisor sends it back."""
        place = self._place
        for counter in COUNTERS:
            self.enter(counter, sheet.id, twin)
        found = [finding.code for finding in place.ask(counting.final_findings, sheet.id)]
        refused = answer_to(partial(place.do, counting.approve, *place.two, sheet.id))
        self._send_back(sheet.id)
        for counter in COUNTERS:
            self.enter(counter, sheet.id, paper)
        return Code.BATCH_LOOKS_REPEATED if Code.BATCH_LOOKS_REPEATED in found else refused

    def enter_again(self) -> None:
        """Without a second batch like another, the batch entered twice is an approved one entered again."""
        for planted in self._waiting:
            sheet, paper = next(iter(self._entered.values()))
            answer = answer_to(partial(self.enter, COUNTERS[0], sheet.id, paper))
            self._mischief.record(planted, answer, COUNT)


def _candidates(fields: Fields) -> int:
    return sum(name.startswith("for/") for name in fields)
