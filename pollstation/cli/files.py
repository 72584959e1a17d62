"""What commands read and write: files, passphrases, faults for machines."""

import os
from pathlib import Path

import click

from pollstation.cli.speaking import say_fault
from pollstation.domain.errors import Code, Fault, Refusal
from pollstation.wording import sentence


def read_file(file: Path) -> bytes:
    """The bytes of ``file``; FILE_MISSING or INPUT_UNREADABLE when there are none to have."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(Code.FILE_MISSING, file=str(file)) from None
    except OSError:
        raise Refusal(Code.INPUT_UNREADABLE, file=str(file)) from None


def passphrase(question: str, file: Path | None, variable: str, *, confirm: bool = False) -> str:
    """A passphrase from the first line of ``file``, else from the environment, else asked for.

    Args:
        confirm: it is new, and typed twice.
    """
    if file:
        return read_file(file).decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    if variable in os.environ:
        return os.environ[variable]
    return str(click.prompt(question, hide_input=True, confirmation_prompt=confirm, err=True))


def say_faults(faults: list[Fault]) -> list[dict[str, object]]:
    """Say each fault in words on stderr; the same for a JSON document."""
    documents = []
    for fault in faults:
        say_fault(fault)
        place: dict[str, object] = {"file": fault.file, "row": fault.row, "field": fault.field}
        wrong, remedy = sentence(fault.code, place | fault.facts)
        documents.append({"code": fault.code.value, **place, "wrong": wrong, "remedy": remedy})
    return documents
