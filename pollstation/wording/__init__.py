"""Codes, kinds and states put into words."""

from string import Formatter

from pollstation.domain.errors import Code
from pollstation.i18n import _
from pollstation.wording import access, program, rehearsal

#: One module for each area; a new area is one more name here.
AREAS = (access, program, rehearsal)

SENTENCES: dict[Code, tuple[str, str]] = {
    code: pair for area in AREAS for code, pair in area.SENTENCES.items()
}


def sentence(code: Code, facts: dict[str, object]) -> tuple[str, str]:
    """What is wrong and what to do about it, in the spoken language.

    Lists among the facts are put in a row. A fact that is missing shows as a question mark: an imperfect
    sentence is worth more to an officer than none.
    """
    wrong, remedy = SENTENCES[code]
    words = {name: in_a_row(fact) for name, fact in facts.items()}
    return _filled(wrong, words), _filled(remedy, words)


def in_a_row(fact: object) -> object:
    """Names and other lists as one text, separated as the spoken language does; anything else as it is."""
    if isinstance(fact, list | tuple | set | frozenset):
        return _(", ").join(str(one) for one in fact)
    return fact


def placeholders(message: str) -> set[str]:
    """The names in braces that ``message`` asks for."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(message) if name}


def _filled(message: str, facts: dict[str, object]) -> str:
    return _(message, **(dict.fromkeys(placeholders(message), "?") | facts))
