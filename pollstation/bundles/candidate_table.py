"""What the committee's clerks list about the candidates: ``candidates.csv`` (or ``.xlsx``), if they do.

One line for each candidate: the contest's id, the name as on the ballot, and what is to be counted of those
elected. An empty cell is a thing not stated.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from pollstation.bundles.tables import SEXES, Column, Row, date_in, is_there, read_table
from pollstation.domain.candidates import AboutCandidate, Education
from pollstation.domain.contests import Contest
from pollstation.domain.errors import Code, Fault

T = TypeVar("T")
STEM = "candidates"
COLUMNS = (
    Column("contest", ("选区", "选举", "选票")),
    Column("name", ("姓名", "候选人")),
    Column("sex", ("性别",), required=False),
    Column("birth", ("出生日期", "出生年月日", "生日"), required=False),
    Column("education", ("文化程度", "学历"), required=False),
    Column("party", ("中共党员", "是否中共党员", "政治面貌"), required=False),
    Column("re_elected", ("连任", "是否连任"), required=False),
)
EDUCATIONS = {
    **{education.value: education for education in Education},
    **dict.fromkeys(("小学", "小学及以下", "小学以下", "文盲"), Education.PRIMARY),
    **dict.fromkeys(("初中",), Education.JUNIOR),
    **dict.fromkeys(("高中", "中专", "中技", "职高", "技校"), Education.SENIOR),
    **dict.fromkeys(("大专", "专科"), Education.COLLEGE),
    **dict.fromkeys(("本科", "大学", "大学本科"), Education.BACHELOR),
    **dict.fromkeys(("研究生", "硕士", "博士"), Education.POSTGRADUATE),
}
YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "是", "√"), True),
    **dict.fromkeys(("no", "n", "false", "0", "否", "×"), False),
}
PARTY = {
    **YES_NO,
    **dict.fromkeys(("中共党员", "党员", "中共预备党员"), True),
    **dict.fromkeys(
        ("群众", "非党员", "非中共党员", "无党派", "无党派人士", "共青团员", "团员", "民主党派"), False
    ),
}


def read_candidates(folder: Path, contests: Sequence[Contest]) -> tuple[tuple[Contest, ...], list[Fault]]:
    """The contests with what is stated about their candidates, and everything wrong with the list."""
    if not is_there(folder, STEM):
        return tuple(contests), []
    table = read_table(folder, STEM, COLUMNS)
    lines = _Lines(table.file, {contest.id: contest for contest in contests})
    for row in table.rows:
        lines.read(row)
    told = [msgspec.structs.replace(contest, about=lines.about.get(contest.id, {})) for contest in contests]
    return tuple(told), table.faults + lines.faults


class _Lines:
    """Reads one line after another and remembers what must not come twice."""

    def __init__(self, file: str, contests: Mapping[str, Contest]) -> None:
        self.faults: list[Fault] = []
        self.about: dict[str, dict[str, AboutCandidate]] = {}
        self._file = file
        self._contests = contests
        self._seen: dict[tuple[str, str], int] = {}

    def read(self, row: Row) -> None:
        """Take in the candidate of this line; what does not fit is in ``faults``."""
        contest, name = self._contests.get(row.text("contest")), row.text("name")
        if contest is None:
            facts = {"value": row.text("contest"), "known": ", ".join(self._contests)}
            self._fault(Code.FOLDER_CONTEST_UNKNOWN, row, "contest", **facts)
            return
        if name not in contest.candidates:
            known = ", ".join(contest.candidates)
            self._fault(Code.CANDIDATE_UNKNOWN, row, "name", value=name, contest=contest.id, known=known)
            return
        first = self._seen.setdefault((contest.id, name), row.number)
        if first != row.number:
            self._fault(Code.DUPLICATE_VALUE, row, "name", first=f"{self._file}:{first}")
        self.about.setdefault(contest.id, {})[name] = AboutCandidate(
            sex=self._one_of(row, "sex", SEXES, Code.SEX_UNKNOWN) or "",
            birth=self._birth(row),
            education=self._one_of(row, "education", EDUCATIONS, Code.EDUCATION_UNKNOWN),
            party_member=self._one_of(row, "party", PARTY, Code.YES_NO_UNKNOWN),
            re_elected=self._one_of(row, "re_elected", YES_NO, Code.YES_NO_UNKNOWN),
        )

    def _fault(self, code: Code, row: Row, field: str, **facts: object) -> None:
        self.faults.append(Fault(code=code, file=self._file, row=row.number, field=field, facts=facts))

    def _one_of(self, row: Row, field: str, known: Mapping[str, T], code: Code) -> T | None:
        """What a cell's word means; None, with a fault unless it is empty, where it means nothing."""
        text = row.text(field).casefold()
        if text and text not in known:
            self._fault(code, row, field, value=row.text(field), known=", ".join(filter(None, known)))
        return known.get(text)

    def _birth(self, row: Row) -> date | None:
        text = row.text("birth")
        birth = date_in(text)
        if text and birth is None:
            self._fault(Code.DATE_UNREADABLE, row, "birth", value=text)
        return birth
