"""What a bug leaves behind: a log that holds where it happened and no value, so no personal data."""

import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

from pollstation import __version__, paths
from pollstation.domain.errors import Code


def record_bug(error: BaseException) -> tuple[Code, dict[str, object]]:
    """Append ``error`` to the log: types and places only, never messages or values.

    Returns:
        The code and facts for :func:`pollstation.wording.sentence`.
    """
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [f"{moment} pollstation {__version__}", *_places(error), ""]
    try:
        log = paths.logs() / "bugs.log"
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return Code.BUG_WITHOUT_LOG, {}
    return Code.BUG, {"log": log}


def _places(error: BaseException) -> Iterator[str]:
    """The types and stack places of ``error`` and of what led to it; no path of the user's."""
    seen: set[int] = set()
    led_to: BaseException | None = error
    while led_to is not None and id(led_to) not in seen:
        seen.add(id(led_to))
        yield f"{type(led_to).__module__}.{type(led_to).__qualname__}"
        for frame, line in traceback.walk_tb(led_to.__traceback__):
            yield f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        led_to = led_to.__cause__ or led_to.__context__
