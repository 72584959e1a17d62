"""A finding speaks to the counter in one way and to the supervisor in another."""

import pytest

from pollstation import i18n
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.errors import Code
from pollstation.domain.findings import findings
from pollstation.domain.profiles import NPC_2020
from pollstation.wording import counting, sentence
from pollstation.wording.findings import supervisor_advice

SHEET = CountSheet(box="S01-F", contest="county-1", batch=1, ballots=100, seats=2, candidates=2)
RIGHT = {
    "for/0": 60,
    "against/0": 30,
    "abstain/0": 9,
    "for/1": 40,
    "against/1": 40,
    "abstain/1": 19,
    "valid": 99,
    "void": 1,
}


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ({"for/0": 59}, Code.ROW_SUM_WRONG),
        ({"for/0": 6}, Code.DIGITS_TRANSPOSED),
        ({"void": 2}, Code.BATCH_SUM_WRONG),
        ({"valid": 98}, Code.VALID_MISREAD),
        ({"for/0": 600}, Code.FIGURE_TOO_LARGE),
        ({"against/0": 35, "against/1": 30, "abstain/1": 29}, Code.COLUMN_SHIFTED),
        ({"write_in/丁": 99}, Code.TOO_MANY_VOTES),
    ],
)
def test_every_finding_brings_the_facts_of_both_wordings(entered: dict[str, int], code: Code) -> None:
    found = findings(SHEET, RIGHT | entered, NPC_2020)
    assert found
    for finding in found:
        facts: dict[str, object] = dict(finding.facts)
        texts = [*sentence(finding.code, facts), supervisor_advice(finding.code, facts)]
        assert not any("?" in text for text in texts)
    assert code in {finding.code for finding in found}


def test_warnings_bring_the_facts_of_both_wordings() -> None:
    nobody = {"against/0": 80, "against/1": 80, "valid": 80, "void": 20}
    found = {finding.code: dict(finding.facts) for finding in findings(SHEET, nobody, NPC_2020)}
    assert set(found) == {Code.VOID_MANY, Code.NOBODY_FOR_ANYBODY}
    many: dict[str, object] = dict(found[Code.VOID_MANY])
    assert sentence(Code.VOID_MANY, many) == (
        "Many void ballots: 20 of 100.",
        "Check your reading of the void ballots. If it is right, go on.",
    )
    assert supervisor_advice(Code.VOID_MANY, many).startswith("20 of 100 ballots are void, 3 per cent")


def test_a_candidate_is_counted_from_one() -> None:
    said = sentence(Code.ROW_SUM_WRONG, {"candidate": 0, "sum": 98, "valid": 99})[0]
    assert said == "Candidate 1: for, against and abstain make 98, but 99 ballots are valid."


def test_every_finding_has_a_cause_and_numbered_actions_for_the_supervisor() -> None:
    assert set(counting.SUPERVISOR) == {
        code for code in counting.SENTENCES if code.startswith(("E-3", "W-2"))
    }
    for text in counting.SUPERVISOR.values():
        cause, *actions = text.split("\n")
        assert cause.endswith(".")
        assert [action[:3] for action in actions] == ["1. ", "2. ", "3. "]
