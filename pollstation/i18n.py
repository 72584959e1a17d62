"""Words in the user's language: gettext for screen, paper and command line alike.

English sentences are the msgids. The language can be switched at run time; a thread (or a form that is
printed in another language) may speak its own through :func:`speaking`.
"""

import gettext
import locale
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from pollstation import paths

LANGUAGES = ("zh_CN", "en")
DOMAIN = "pollstation"

_default = ["en"]
_spoken: ContextVar[str | None] = ContextVar("pollstation_language", default=None)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, paths.resources() / "locale", [language])


def system_language() -> str:
    """The language of the system: ``zh_CN`` for any Chinese locale, else ``en``."""
    name = locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def use(language: str) -> None:
    """Make ``language`` (one of :data:`LANGUAGES`) the default of the whole program."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
    _default[0] = language


def language() -> str:
    """The language spoken here and now."""
    return _spoken.get() or _default[0]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` in this context only, e.g. while one form is drawn."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(message: str, /, **facts: object) -> str:
    """``message`` in the spoken language, its ``{placeholders}`` filled from ``facts``."""
    text = _catalogue(language()).gettext(message) if message else ""
    return text.format(**facts) if facts else text


def n_(singular: str, plural: str, count: int, /, **facts: object) -> str:
    """The form for ``count``, which also fills ``{count}``."""
    text = _catalogue(language()).ngettext(singular, plural, count)
    return text.format(count=count, **facts)


def N_(message: str, /) -> str:
    """Mark ``message`` for the catalogue; it is translated where it is shown."""
    return message
