"""How the command line answers: machines on stdout, people on stderr, the exit status for both.

0: done. 1: refused, or faults were found. 2: the command was used wrongly (click's own).
"""

import copy
import json
import sys
from importlib import import_module
from typing import Any, TypeVar

import click

from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.i18n import _
from pollstation.wording import sentence
from pollstation.wording.bugs import record_bug

AnyCommand = TypeVar("AnyCommand", bound=click.Command)


def answer(document: dict[str, object]) -> None:
    """Print ``document`` on stdout as one JSON object in UTF-8, its fields in the order given."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", "backslashreplace"))  # a lone surrogate stays valid JSON: \udXXX


def say(text: str) -> None:
    """Print ``text`` for people on stderr."""
    click.echo(text, err=True)


def say_code(code: Code, facts: dict[str, object], place: str = "") -> None:
    """Print what is wrong, where, and what to do, with its code, on stderr."""
    wrong, remedy = sentence(code, facts)
    say(" ".join(part for part in (code, place, wrong) if part))
    say(f"    {remedy}")


def say_fault(fault: Fault) -> None:
    """Print one fault with its place on stderr."""
    parts = [fault.file]
    if fault.row:
        parts.append(_("row {row}", row=fault.row))
    parts.append(fault.field)
    place = ", ".join(part for part in parts if part)
    facts: dict[str, object] = {"file": fault.file, "row": fault.row, "field": fault.field}
    say_code(fault.code, facts | fault.facts, f"{place}:" if place else "")


class Group(click.Group):
    """A group whose commands load when they are asked for and whose troubles are put into words.

    Args:
        modules: for each command its place, ``"package.module:command"``, in the order to show.
        settings: as for :class:`click.Group`; help texts are msgids.
    """

    def __init__(self, *, modules: dict[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return [*self.modules, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; its help speaks the language that was chosen before it."""
        if cmd_name not in self.modules:
            return super().get_command(ctx, cmd_name)
        module, name = self.modules[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return _in_words(command)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the spoken language."""
        super(Group, _in_words(self)).format_help(ctx, formatter)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run as a program; whatever stops it is said in words, never as a traceback."""
        try:
            return super().main(*args, **settings)
        except Refusal as refusal:
            say_code(refusal.code, refusal.facts)
        except Faults as faults:
            for fault in faults.faults:
                say_fault(fault)
        except Exception as error:
            say_code(*record_bug(error))
        sys.exit(1)


def _in_words(command: AnyCommand) -> AnyCommand:
    """A copy of ``command`` whose help texts are in the spoken language."""
    spoken = copy.copy(command)
    spoken.help = _(command.help) if command.help else None
    spoken.params = [copy.copy(parameter) for parameter in command.params]
    for parameter in spoken.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = _(parameter.help)
    return spoken
