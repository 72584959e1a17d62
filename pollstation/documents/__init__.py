"""The printed forms: each figure of the day on paper, in Chinese, in English, or in both."""

from collections.abc import Sequence

from pollstation.documents import count_sheet, opening_record, result_sheet, station_account
from pollstation.services import forms

AnyForm = forms.CountSheetForm | forms.StationAccountForm | forms.ResultSheetForm | forms.OpeningRecordForm


def make(form: AnyForm, languages: Sequence[str]) -> bytes:
    """``form`` as a PDF of A4 pages; equal forms give equal bytes.

    Args:
        form: what is to be shown.
        languages: one of :data:`pollstation.i18n.LANGUAGES`, or both: then the first is printed large and
            the second small below it.
    """
    match form:
        case forms.CountSheetForm():
            return count_sheet.render(form, languages)
        case forms.StationAccountForm():
            return station_account.render(form, languages)
        case forms.ResultSheetForm():
            return result_sheet.render(form, languages)
        case forms.OpeningRecordForm():
            return opening_record.render(form, languages)
