"""``pollstation determine FILE``: who is elected, by law, for the cases of a JSON file."""

import json
from pathlib import Path

import click

from pollstation.cli.speaking import answer, say
from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.domain.rules import Outcome, judge
from pollstation.i18n import N_, _
from pollstation.wording import in_a_row
from pollstation.wording.reasons import as_document

#: Stands for a value whose name the JSON object gives more than once: no field accepts it.
GIVEN_TWICE = object()


@click.command(help=N_("Judge the cases in FILE (JSON) by law, and print the results as JSON."))
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def determine(ctx: click.Context, file: Path) -> None:
    """Judge the cases in ``file``; exit status 1 when one of them is no case."""
    results = [judge(case) for case in _cases(file)]
    answer({"results": [as_document(result) for result in results]})
    wrong = [
        _("number {number}", number=number) if result.id is None else result.id
        for number, result in enumerate(results, start=1)
        if result.outcome is Outcome.INVALID_INPUT
    ]
    if wrong:
        say(_("These are no cases, see their reasons: {cases}.", cases=in_a_row(wrong)))
        ctx.exit(1)


def _cases(file: Path) -> list[object]:
    try:
        document = json.loads(file.read_bytes().decode("utf-8-sig"), object_pairs_hook=_each_name_once)
    except OSError as error:
        raise Refusal(Code.INPUT_UNREADABLE, file=file) from error
    except json.JSONDecodeError as error:
        raise Faults([Fault(code=Code.INPUT_NOT_JSON, file=str(file), row=error.lineno)]) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, a number without end, brackets without end
        raise Faults([Fault(code=Code.INPUT_NOT_JSON, file=str(file))]) from error
    cases = document.get("cases") if isinstance(document, dict) else None
    if not isinstance(cases, list):
        raise Refusal(Code.INPUT_NO_CASES, file=file)
    return cases


def _each_name_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of ``pairs``; JSON would silently keep the last of two equal names, an election may not."""
    found: dict[str, object] = {}
    for name, value in pairs:
        found[name] = GIVEN_TWICE if name in found else value
    return found
