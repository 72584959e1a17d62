"""Every code and every reason has its words, and the facts that its words ask for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pollstation
from pollstation import i18n, wording
from pollstation.domain.errors import Code
from pollstation.domain.rules import Reason, ReasonKind
from pollstation.wording import AREAS, SENTENCES, placeholders, reasons

SOURCES = Path(pollstation.__file__).parent
#: What every fault brings along.
PLACES = {"file", "row", "field"}


def asked(code: Code) -> set[str]:
    wrong, remedy = SENTENCES.get(code, ("", ""))
    return placeholders(wrong) | placeholders(remedy)


def raised() -> Iterator[tuple[str, Code, set[str]]]:
    """Each place that names a code and its facts: ``Refusal(Code.X, …)`` and ``Fault(code=Code.X, …)``."""
    for file in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            if node.func.id == "Refusal" and node.args and None not in named:
                where, facts = node.args[0], {str(name) for name in named}
            elif node.func.id == "Fault" and "code" in named:
                given = named.get("facts", ast.Dict(keys=[], values=[]))
                if not isinstance(given, ast.Dict):
                    continue
                where = named["code"]
                facts = PLACES | {str(key.value) for key in given.keys if isinstance(key, ast.Constant)}
            else:
                continue
            if isinstance(where, ast.Attribute):
                yield f"{file.name}:{node.lineno}", Code[where.attr], facts


def test_every_code_says_what_is_wrong_and_what_to_do() -> None:
    assert set(SENTENCES) == set(Code)
    for wrong, remedy in SENTENCES.values():
        assert wrong.strip()
        assert remedy.strip()


def test_no_code_belongs_to_two_areas() -> None:
    assert sum(len(area.SENTENCES) for area in AREAS) == len(SENTENCES)


def test_every_refusal_brings_the_facts_its_sentence_asks_for() -> None:
    found = [*raised()]
    assert any(code is Code.INPUT_NO_CASES for _place, code, _facts in found)
    assert [(place, code, asked(code) - facts) for place, code, facts in found if asked(code) - facts] == []


def test_every_reason_has_its_sentence() -> None:
    assert set(reasons.SENTENCES) == set(ReasonKind)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_is_a_full_sentence_in_both_languages(kind: ReasonKind, language: str) -> None:
    facts: dict[str, int | str | list[str]] = {
        name: ["甲", "乙"] if name in ("names", "known") else 7
        for name in placeholders(reasons.SENTENCES[kind])
    }
    with i18n.speaking(language):
        said = reasons.in_words(Reason("18", kind, facts))
    assert not {"{", "}", "?"} & {*said}
    assert said.endswith("。" if language == "zh_CN" else ".")
    assert all(str(fact) in said for fact in facts.values() if isinstance(fact, int))


def test_lists_are_put_in_a_row_and_missing_facts_show() -> None:
    i18n.use("en")
    assert wording.sentence(Code.INPUT_UNREADABLE, {"file": ["a", "b"]})[0] == "The file a, b cannot be read."
    assert wording.sentence(Code.INPUT_UNREADABLE, {})[0] == "The file ? cannot be read."


@pytest.mark.parametrize("text", ["{braces}", "{0}", "}{"])
def test_braces_in_a_fact_stay_what_they_are(text: str) -> None:
    i18n.use("en")
    assert text in wording.sentence(Code.INPUT_UNREADABLE, {"file": text})[0]
