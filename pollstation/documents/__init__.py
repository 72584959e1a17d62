"""The printed forms: each figure of the day on paper, in Chinese, in English, or in both."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pollstation.services import box_labels as labels
from pollstation.services import proxy_forms
from pollstation.services.forms.announcement import NoticeOfElectionForm, PublicNoticeForm
from pollstation.services.forms.archive import ArchiveForm
from pollstation.services.forms.count_sheet import CountSheetForm
from pollstation.services.forms.marked_register import MarkedRegisterForm
from pollstation.services.forms.mobile_box import MobileRecordForm, RunSheetForm
from pollstation.services.forms.opening_record import OpeningRecordForm
from pollstation.services.forms.result_sheet import ResultSheetForm
from pollstation.services.forms.station_account import StationAccountForm
from pollstation.services.forms.statistics import StatisticsForm
from pollstation.services.forms.summary import SummaryForm
from pollstation.services.forms.turnout_slip import TurnoutSlipForm

if TYPE_CHECKING:
    from pollstation.documents.paper import LaidOut

AnyForm = (
    CountSheetForm
    | StationAccountForm
    | ResultSheetForm
    | OpeningRecordForm
    | MarkedRegisterForm
    | RunSheetForm
    | MobileRecordForm
    | proxy_forms.ProxyLetterForm
    | proxy_forms.ProxyListForm
    | SummaryForm
    | NoticeOfElectionForm
    | PublicNoticeForm
    | ArchiveForm
    | StatisticsForm
    | TurnoutSlipForm
    | labels.BoxLabelsForm
)


def make(
    languages: Sequence[str], *filled: AnyForm, progress: Callable[[int, int], None] = lambda _at, _of: None
) -> bytes:
    """One or more forms as one PDF of A4 pages, numbered through; equal forms give equal bytes.

    Args:
        languages: one of :data:`pollstation.i18n.LANGUAGES`, or both: then the first is printed large and
            the second small below it.
        filled: what is to be shown.
        progress: is told how many steps of how many are done; what it raises ends the work.
    """
    # reportlab loads with the first form that is drawn: the window must not wait for it
    from pollstation.documents.paper import printed

    laid_out, steps = [], 2 * len(filled)
    for at, form in enumerate(filled):
        progress(at, steps)
        laid_out.append(_laid_out(form, languages))
    return printed(laid_out, lambda at: progress(len(filled) + at, steps))


def _laid_out(form: AnyForm, languages: Sequence[str]) -> "LaidOut":
    from pollstation.documents import (
        archive_record,
        box_labels,
        count_sheet,
        marked_register,
        mobile_record,
        notice_of_election,
        opening_record,
        proxy_letter,
        proxy_list,
        public_notice,
        result_sheet,
        station_account,
        statistics_table,
        summary,
        turnout_slip,
    )

    match form:
        case CountSheetForm():
            return count_sheet.lay_out(form, languages)
        case StationAccountForm():
            return station_account.lay_out(form, languages)
        case ResultSheetForm():
            return result_sheet.lay_out(form, languages)
        case OpeningRecordForm():
            return opening_record.lay_out(form, languages)
        case MarkedRegisterForm():
            return marked_register.lay_out(form, languages)
        case RunSheetForm():
            return mobile_record.run_sheet(form, languages)
        case MobileRecordForm():
            return mobile_record.lay_out(form, languages)
        case proxy_forms.ProxyLetterForm():
            return proxy_letter.lay_out(form, languages)
        case proxy_forms.ProxyListForm():
            return proxy_list.lay_out(form, languages)
        case labels.BoxLabelsForm():
            return box_labels.lay_out(form, languages)
        case NoticeOfElectionForm():
            return notice_of_election.lay_out(form, languages)
        case PublicNoticeForm():
            return public_notice.lay_out(form, languages)
        case ArchiveForm():
            return archive_record.lay_out(form, languages)
        case StatisticsForm():
            return statistics_table.lay_out(form, languages)
        case SummaryForm():
            return summary.lay_out(form, languages)
        case TurnoutSlipForm():
            return turnout_slip.lay_out(form, languages)
