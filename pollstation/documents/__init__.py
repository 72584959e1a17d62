"""The printed forms: each figure of the day on paper, in Chinese, in English, or in both."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pollstation.services import box_labels as labels
from pollstation.services import forms, proxy_forms

if TYPE_CHECKING:
    from pollstation.documents.paper import LaidOut

AnyForm = (
    forms.CountSheetForm
    | forms.StationAccountForm
    | forms.ResultSheetForm
    | forms.OpeningRecordForm
    | forms.MarkedRegisterForm
    | forms.RunSheetForm
    | forms.MobileRecordForm
    | proxy_forms.ProxyLetterForm
    | proxy_forms.ProxyListForm
    | forms.TurnoutSlipForm
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
        box_labels,
        count_sheet,
        marked_register,
        mobile_record,
        opening_record,
        proxy_letter,
        proxy_list,
        result_sheet,
        station_account,
        turnout_slip,
    )

    match form:
        case forms.CountSheetForm():
            return count_sheet.lay_out(form, languages)
        case forms.StationAccountForm():
            return station_account.lay_out(form, languages)
        case forms.ResultSheetForm():
            return result_sheet.lay_out(form, languages)
        case forms.OpeningRecordForm():
            return opening_record.lay_out(form, languages)
        case forms.MarkedRegisterForm():
            return marked_register.lay_out(form, languages)
        case forms.RunSheetForm():
            return mobile_record.run_sheet(form, languages)
        case forms.MobileRecordForm():
            return mobile_record.lay_out(form, languages)
        case proxy_forms.ProxyLetterForm():
            return proxy_letter.lay_out(form, languages)
        case proxy_forms.ProxyListForm():
            return proxy_list.lay_out(form, languages)
        case labels.BoxLabelsForm():
            return box_labels.lay_out(form, languages)
        case forms.TurnoutSlipForm():
            return turnout_slip.lay_out(form, languages)
