"""Codes, kinds and states put into words."""

from collections.abc import Mapping, Sequence
from functools import reduce
from string import Formatter

from pollstation.domain.errors import Code
from pollstation.i18n import _
from pollstation.wording import (
    access,
    bundles,
    closing,
    counting,
    files,
    guarding,
    mobile,
    packages,
    program,
    rehearsal,
    results,
    rounds,
    voting,
)
from pollstation.wording.facts import spoken

#: One module for each area; a new area is one more name here.
AREAS = (
    access,
    files,
    voting,
    mobile,
    closing,
    counting,
    program,
    bundles,
    packages,
    results,
    rounds,
    rehearsal,
    guarding,
)

SENTENCES: dict[Code, tuple[str, str]] = {
    code: pair for area in AREAS for code, pair in area.SENTENCES.items()
}


def sentence(code: Code, facts: dict[str, object]) -> tuple[str, str]:
    """What is wrong and what to do about it, in the spoken language.

    Facts are put into words by their names, lists in a row. A fact that is missing shows as a question mark:
    an imperfect sentence is worth more to an officer than none.
    """
    wrong, remedy = SENTENCES[code]
    return filled(wrong, facts), filled(remedy, facts)


def in_a_row(fact: object) -> object:
    """Names and other lists as one text, separated as the spoken language does; anything else as it is."""
    if isinstance(fact, list | tuple | set | frozenset):
        return _(", ").join(str(one) for one in fact)
    return fact


def one_after_another(sentences: Sequence[str]) -> str:
    """Sentences as one text; Chinese sets no space between them."""
    return reduce(lambda text, more: _("{sentence} {more}", sentence=text, more=more), sentences)


def placeholders(message: str) -> set[str]:
    """The names in braces that ``message`` asks for."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(message) if name}


def filled(message: str, facts: Mapping[str, object]) -> str:
    """``message`` in the spoken language, its placeholders filled with ``facts`` in words."""
    words = {name: in_a_row(fact) for name, fact in spoken(facts).items()}
    return _(message, **(dict.fromkeys(placeholders(message), "?") | words))
