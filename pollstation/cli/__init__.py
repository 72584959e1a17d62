"""The command line: the same services without a window.

A command lives in a module of its own, prints one JSON object with ``speaking.answer`` and words with
``speaking.say``, and raises Refusal or Faults. Its name and place stand in :data:`COMMANDS`.
"""

import click

from pollstation import __version__, i18n
from pollstation.cli.speaking import Group
from pollstation.i18n import N_

COMMANDS = {
    "determine": "pollstation.cli.determine:determine",
    "verify": "pollstation.cli.verify:verify",
    "committee": "pollstation.cli.committee:committee",
    "package": "pollstation.cli.package:package",
    "restore": "pollstation.cli.restore:restore",
    "rehearse": "pollstation.cli.rehearse:rehearse",
    "rebuild": "pollstation.cli.rebuild:rebuild",
    "journal": "pollstation.cli.journal:journal",
    "crew": "pollstation.cli.crew:crew",
    "forms": "pollstation.cli.forms:forms",
}


def _speak(_context: click.Context, _option: click.Parameter, language: str | None) -> None:
    i18n.use(language or i18n.system_language())


@click.group(
    cls=Group, modules=COMMANDS, invoke_without_command=True, help=N_("Run a polling station's day.")
)
@click.option(
    "--language",
    type=click.Choice(i18n.LANGUAGES),
    callback=_speak,
    expose_value=False,
    is_eager=True,
    help=N_("Language of words (default: the system's)."),
)
@click.version_option(__version__, prog_name="pollstation", help=N_("Show the version."))
@click.pass_context
def pollstation(ctx: click.Context) -> None:
    """Show the help when no command is given."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
