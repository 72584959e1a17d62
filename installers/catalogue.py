"""Keeps the catalogue of messages in step with the program's words.

``catalogue.py update`` extracts every message of the program and writes the template, the Chinese catalogue
and its compiled form; ``catalogue.py check`` writes nothing. Both fail, naming every fault, when a file is
stale or a message has no complete Chinese. The same words always give the same bytes: no dates, no lines.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
LOCALE = TOP / "resources" / "locale"
TEMPLATE = LOCALE / "pollstation.pot"
CHINESE = LOCALE / "zh_CN" / "LC_MESSAGES" / "pollstation.po"
COMPILED = CHINESE.with_suffix(".mo")
MARKERS = {"_": None, "N_": None, "n_": (1, 2)}


class DatelessCatalog(Catalog):
    """A catalogue whose header holds only what does not change by itself."""

    def __iter__(self) -> Iterator[Message]:
        """The header, then every message."""
        header = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        if self.locale:
            header += f"Language: {self.locale_identifier}\nPlural-Forms: {self.plural_forms}\n"
        yield Message("", header)
        messages = super().__iter__()
        next(messages)
        yield from messages


def placeholders(text: str) -> set[str] | None:
    """The names in braces that ``text`` expects; None when its braces do not pair."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def translations() -> Catalog:
    """The Chinese that was written so far; an empty catalogue when there is none yet."""
    if not CHINESE.exists():
        return Catalog("zh_CN")
    with CHINESE.open("rb") as stored:
        return read_po(stored, locale="zh_CN", abort_invalid=True)


def extracted(chinese: Catalog) -> tuple[Catalog, Catalog]:
    """Every message of the program, without a translation and with the one from ``chinese``."""
    template, complete = DatelessCatalog(), DatelessCatalog("zh_CN")
    for _file, _line, words, _comments, _context in extract_from_dir(TOP / "pollstation", keywords=MARKERS):
        template.add(words)
    for message in template:
        found = chinese.get(message.id) if message.id else None
        if message.id and found and found.pluralizable == message.pluralizable:
            complete.add(message.id, found.string, flags=found.flags, user_comments=found.user_comments)
        elif message.id:
            complete.add(message.id)
    return template, complete


def rendered(template: Catalog, chinese: Catalog) -> dict[Path, bytes]:
    """The three files as they should be."""
    files = {}
    for path, catalogue in ((TEMPLATE, template), (CHINESE, chinese)):
        catalogue.header_comment = "# Messages of pollstation, written by `make catalogue`."
        text = BytesIO()
        write_po(text, catalogue, width=0, no_location=True, sort_output=True)
        files[path] = text.getvalue()
    compiled = BytesIO()
    write_mo(compiled, chinese)
    return files | {COMPILED: compiled.getvalue()}


def faults(message: Message) -> Iterator[str]:
    """What keeps ``message`` from being complete Chinese."""
    english = [message.id] if isinstance(message.id, str) else message.id
    chinese = [message.string] if isinstance(message.string, str) else message.string
    if not chinese or not all(chinese):
        yield f"no Chinese: {english[0]!r}"
    elif message.fuzzy:
        yield f"not yet confirmed (fuzzy): {english[0]!r}"
    else:
        wanted = placeholders("".join(english))  # "one ballot" may do without the {count} of its plural
        for text in chinese:
            if wanted is None or placeholders(text) != wanted:
                yield f"placeholders differ or do not pair: {english[0]!r} and {text!r}"


def main(action: str) -> int:
    """Update or check; the exit status."""
    stored = translations()
    template, chinese = extracted(stored)
    files = rendered(template, chinese)
    if action == "update":
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    found = [fault for message in chinese if message.id for fault in faults(message)]
    for path, content in files.items():
        if not path.exists() or path.read_bytes() != content:
            found.append(f"stale: {path.relative_to(TOP)}; run `make catalogue`")
    print("\n".join(found or [f"{len(chinese)} messages, each with its Chinese"]))
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("usage: catalogue.py update|check")
    sys.exit(main(sys.argv[1]))
