"""档案移交单: ballots in sealed packets, forms, lists and the bundle, handed over to be kept."""

from collections.abc import Sequence

from pollstation.documents.layout import Block, Text, figure, row, together
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_
from pollstation.services.forms.archive import ArchiveForm, Kept

TITLE = N_("Archive hand-over record")

_ROLES = (N_("Handed over by"), N_("Handed over by"), N_("Received by"), N_("Received by"))
KEPT = {
    Kept.VALID: N_("Valid ballots"),
    Kept.VOID: N_("Void ballots"),
    Kept.SPOILT: N_("Spoilt ballots and ballots handed back"),
    Kept.UNUSED: N_("Unused ballots, cancelled"),
    Kept.DAMAGED: N_("Damaged ballots"),
    Kept.COUNT_SHEETS: N_("Count sheets, signed"),
    Kept.RESULT_SHEETS: N_("Result report sheets, signed"),
    Kept.STATION_ACCOUNT: N_("Account, signed"),
    Kept.OPENING_RECORD: N_("Ballot box sealing record, signed"),
    Kept.REGISTER: N_("Marked register"),
    Kept.PROXY_PAPERS: N_("Proxy letters"),
    Kept.MOBILE_RECORDS: N_("Mobile box records with the signed lists"),
    Kept.INCIDENTS: N_("Records of incidents"),
}


def lay_out(form: ArchiveForm, languages: Sequence[str]) -> LaidOut:
    """The hand-over record, with room to write packet numbers and remarks."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        return [
            *paper.opening(height),
            *_ballots(paper, form, height),
            *_papers(paper, form, height, len(form.ballots)),
            *_bundle(paper, form, height),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _ballots(paper: Paper, form: ArchiveForm, height: float) -> list[Block]:
    """Contest by contest; packets and seal numbers are written in when they are sealed."""
    heads = (
        *(N_("No."), N_("What is handed over"), N_("Number of ballots")),
        *(N_("Packets"), N_("Numbers of the seals")),
    )
    shares = (0.7, 3.6, 1.6, 1.2, 3.9)
    head = row(list(zip(shares, paper.labels(heads), strict=True)), 0)._replace(keep=True)
    blocks = [*paper.section(N_("Ballots in sealed packets")), head]
    last = None
    for number, each in enumerate(form.ballots, start=1):
        if (each.level, each.constituency) != last:
            last = (each.level, each.constituency)
            title = Text((f"{'  '.join(paper.word(each.level))}　{each.constituency}",), 11, True, "left")
            blocks.append(row([(1, title)], 0, head)._replace(keep=True))
        cells = (
            Text((str(number),), 11),
            paper.label(KEPT[each.kept], "left"),
            figure(each.ballots),
            Text(("",)),
            Text(("",)),
        )
        blocks.append(row(list(zip(shares, cells, strict=True)), height, head))
    return blocks


def _papers(paper: Paper, form: ArchiveForm, height: float, before: int) -> list[Block]:
    heads = (N_("No."), N_("What is handed over"), N_("Copies"), N_("Handed over"), N_("Remarks"))
    rows = [
        (
            Text((str(number),), 11),
            paper.label(KEPT[each.kept], "left"),
            figure(each.sheets),
            Text(("",)),
            Text(("",)),
        )
        for number, each in enumerate(form.papers, start=before + 1)
    ]
    return [
        *paper.section(N_("Forms and lists")),
        *paper.table((0.7, 4.2, 1.3, 1.6, 3.2), paper.labels(heads), rows, height),
    ]


def _bundle(paper: Paper, form: ArchiveForm, height: float) -> list[Block]:
    """The signed bundle; its check sum in groups, so that two people can compare it aloud."""
    groups = [form.sha256[at : at + 8] for at in range(0, len(form.sha256), 8)]
    sums = (" ".join(groups[:4]), " ".join(groups[4:])) if groups else paper.say(N_("not handed over yet"))
    return together(
        [
            *paper.section(N_("The signed bundle")),
            row([(1, paper.label(N_("File"))), (5, Text((form.bundle,), 11, True))], height),
            row([(1, paper.label(N_("SHA-256"))), (5, Text(sums, 11, equal=bool(groups)))], height),
        ]
    )
