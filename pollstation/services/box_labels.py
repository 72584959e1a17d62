"""What the labels of ballot boxes show: which box of which station it is, for eyes and for a scanner."""

import msgspec

from pollstation.domain.contests import BallotBox
from pollstation.services.forms.parts import FormHead
from pollstation.services.mobile_boxes import LABEL_PREFIX
from pollstation.services.ports import Reading


class BoxLabel(msgspec.Struct, frozen=True, kw_only=True):
    """One label. ``code`` is what its QR code holds; hand-overs read it back."""

    box: BallotBox
    code: str


class BoxLabelsForm(msgspec.Struct, frozen=True, kw_only=True):
    """票箱标签. ``constituencies`` are those whose ballots go into the station's boxes."""

    head: FormHead
    labels: tuple[BoxLabel, ...]
    constituencies: tuple[str, ...]


def box_labels(unit: Reading, head: FormHead) -> BoxLabelsForm:
    """Labels of all boxes of the station, in the package's order."""
    named = dict.fromkeys(contest.constituency or contest.title for contest in unit.plan.contests)
    return BoxLabelsForm(
        head=head,
        labels=tuple(BoxLabel(box=box, code=LABEL_PREFIX + box.id) for box in unit.plan.station.boxes),
        constituencies=tuple(named),
    )
