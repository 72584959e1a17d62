"""The papers of a result with 2 and 12 candidates, 1 and 40 stations: whole, in order, within the page."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from pollstation.documents import AnyForm, make
from pollstation.domain.contests import Level, Office, Post
from pollstation.domain.rules import Outcome
from tests.documents import papers
from tests.documents.test_printed_forms import BOTH, CHINESE, ENGLISH, NAMES, Read, poppler, read

__all__ = ["read"]

OUTCOMES = (
    Outcome.ELECTED,
    Outcome.REVOTE,
    Outcome.FRESH_ELECTION,
    Outcome.VACANT,
    Outcome.INVALID_TURNOUT,
    Outcome.INVALID_EXCESS,
)
FORMS: dict[str, tuple[AnyForm, ...]] = {
    **{f"summary {c} {s}": (papers.summary(c, s),) for c in (2, 12) for s in (1, 40)},
    **{f"notice {o}": (papers.public_notice(12, o),) for o in OUTCOMES},
    "notice of 2": (papers.public_notice(2),),
    "letters": tuple(papers.notice(name) for name in NAMES[:3]),
    "village": (papers.notice(level=Level.VILLAGE),),
    "statistics 1": (papers.statistics(1, confirmed=False),),
    "statistics 40": (papers.statistics(40),),
    "archive": (papers.archive(),),
    "archive before": (papers.archive(sealed=False),),
}


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
@pytest.mark.parametrize("name", FORMS)
def test_no_words_overlap_or_leave_the_page(tmp_path: Path, name: str, languages: tuple[str, ...]) -> None:
    boxes = poppler(tmp_path, make(languages, *FORMS[name]), "pdftotext", "-bbox")
    for page in ElementTree.fromstring(re.sub(' xmlns="[^"]+"', "", boxes)).iter("page"):
        width, height = float(page.attrib["width"]), float(page.attrib["height"])
        words = [
            [float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax")]
            for word in page.iter("word")
        ]
        assert words
        for left, top, right, bottom in words:
            assert 40 < left < right < width - 40
            assert 20 < top < bottom < height - 20
        for one, other in itertools.combinations(words, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 1 or down < 6, (one, other)


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
@pytest.mark.parametrize(("candidates", "stations", "most"), [(2, 1, 2), (12, 1, 2), (2, 40, 6), (12, 40, 7)])
def test_the_summary_shows_every_figure_of_every_station(
    read: Read, languages: tuple[str, ...], candidates: int, stations: int, most: int
) -> None:
    form = papers.summary(candidates, stations)
    pages = read(make(languages, form))
    text = "".join(pages)
    assert len(pages) <= most
    for name in NAMES[:candidates]:
        assert name in text
    for number, line in enumerate(form.stations, start=1):
        one = line.figures
        assert f"{number}.{line.station.name}" in text
        voters = (one.registered, one.participants, one.in_person, one.proxies, one.mobile)
        ballots = (one.issued, one.spoilt, one.collected, one.not_returned, one.valid, one.void)
        assert "".join(map(str, (*voters, *ballots))) in text
        assert "".join(map(str, (*one.votes.values(), 6 + number - 1))) in text
    total = form.total
    assert "".join(map(str, (*total.votes.values(), total.write_ins["钱学文"]))) in text
    heads = "投票站" if "zh_CN" in languages else "Pollingstation"
    assert all(heads in page for page in pages)


@pytest.mark.parametrize("languages", [CHINESE, BOTH])
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.ELECTED, ("选举结果公告", "应选名额已全部选出。")),
        (Outcome.REVOTE, ("选举结果暨再次投票公告", "阿依古丽·买买提艾力、王秀兰得票数相等", "补足名额2名")),
        (
            Outcome.FRESH_ELECTION,
            ("选举结果暨另行选举公告", "不足的名额2名另行选举", "投票日期和地点"),
        ),
        (Outcome.VACANT, ("选举结果公告", "不足的名额2名，予以暂缺。")),
        (Outcome.INVALID_TURNOUT, ("选举无效暨重新选举公告", "未超过登记选民的半数，本次选举无效")),
        (Outcome.INVALID_EXCESS, ("选举无效暨重新选举公告", "收回的选票多于参加投票的人数，本次选举无效")),
    ],
)
def test_a_public_notice_says_what_the_outcome_means(
    read: Read, languages: tuple[str, ...], outcome: Outcome, words: tuple[str, ...]
) -> None:
    text = "".join(read(make(languages, papers.public_notice(12, outcome))))
    for each in words:
        assert each in text
    assert ("本次选举有效" in text) is (outcome not in (Outcome.INVALID_TURNOUT, Outcome.INVALID_EXCESS))
    assert [name for name in NAMES if name not in text] == []


@pytest.mark.parametrize(
    ("office", "words"), [(Level.VILLAGE, "村民委员会成员"), (Post.CHAIR, "村民委员会主任")]
)
def test_a_villager_is_told_of_the_post_and_the_villages_law(read: Read, office: Office, words: str) -> None:
    (page,) = read(make(CHINESE, papers.notice(level=office)))
    assert f"当选为{words}。" in page
    assert "村民委员会组织法》第十八条" in page
    assert "代表资格" not in page


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
def test_the_statistics_have_every_station_and_the_whole(read: Read, languages: tuple[str, ...]) -> None:
    form = papers.statistics(40)
    pages = read(make(languages, form))
    text = "".join(pages)
    assert len(pages) <= 5
    for line in form.turnout:
        assert line.station in text
        assert f"{line.registered}{line.participants}" in text
    assert (
        f"{sum(line.registered for line in form.turnout)}{sum(one.participants for one in form.turnout)}"
        in text
    )


def test_a_village_reads_its_own_law_on_the_notice(read: Read) -> None:
    form = papers.public_notice(3)
    head = msgspec.structs.replace(form.head, level=Level.VILLAGE)
    text = "".join(read(make(CHINESE, msgspec.structs.replace(form, head=head))))
    assert "村民委员会组织法第十八条确认，当场公布" in text
    assert "第四十六条" not in text
