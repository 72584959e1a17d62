"""委托投票公示名单: who votes for whom, to be posted; names and groups only."""

from collections.abc import Sequence

from pollstation.documents.layout import Block, Text, row, table
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_
from pollstation.services.proxy_forms import ProxyListForm

TITLE = N_("List of proxy votes for posting")

_HEADS = (N_("No."), N_("Voter who gives it"), N_("Group"), N_("Proxy"), N_("Group"))
_SHARES = (0.8, 2, 2, 2, 2)


def lay_out(form: ProxyListForm, languages: Sequence[str]) -> LaidOut:
    """The list."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        rows = [
            (
                Text((str(place),), 11),
                Text((line.principal,), 12, bold=True),
                Text((line.principal_group,), 10.5),
                Text((line.holder,), 12, bold=True),
                Text((line.holder_group,), 10.5),
            )
            for place, line in enumerate(form.lines, start=1)
        ]
        if not rows:
            nobody = Text(paper.say(N_("Nobody votes through a proxy.")), 11)
            return [*paper.opening(height), row([(1, nobody)], height)]
        return [*paper.opening(height), *table(_SHARES, paper.labels(_HEADS), rows, height)]

    return paper.laid_out(make, paper.signatures((N_("Election committee"), N_("Posted on (date)"))))
