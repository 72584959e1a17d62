"""Every form that a bundle carries: a bundle is open, so no free words about people stand on them."""

from collections.abc import Sequence

import msgspec

from pollstation.documents import announcing, filling, make
from pollstation.documents.result_filling import filled_result
from pollstation.documents.sheet_filling import count_sheets
from pollstation.services import counting
from pollstation.services.bundle_content import BundleContent
from pollstation.services.forms.count_sheet import CountSheetForm
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.services.summing import shares


def bundle_forms(unit: Reading, content: BundleContent, languages: Sequence[str]) -> dict[str, bytes]:
    """Every PDF of a bundle by file name: forms of the polling, of the count, or of both.

    Args:
        languages: of the forms; two make bilingual forms.
    """
    account = filling.station_account(unit)
    told = tuple(msgspec.structs.replace(each, text="", concerned="", measures="") for each in account.events)
    account = msgspec.structs.replace(account, events=told)  # a bundle is open: no free words about people
    printed = {"station-account.pdf": make(languages, account)}
    if content.plan.station.polls:
        printed["opening-record.pdf"] = make(languages, filling.opening_record(unit))
    confirmed = this_day(unit).confirmed
    counted = shares(unit) if content.results else []
    for result in content.results:
        contest = result.contest.id
        printed[f"result-{contest}.pdf"] = make(languages, filled_result(unit, result))
        printed[f"summary-{contest}.pdf"] = make(languages, announcing.summary(unit, contest, counted))
        if contest in confirmed:
            notice = announcing.public_notice(unit, contest)
            printed[f"public-notice-{contest}.pdf"] = make(languages, notice)
    if content.results:
        printed["statistics.pdf"] = make(languages, announcing.statistics(unit, counted))
    approved = [sheet for sheet in counting.sheets(unit) if sheet.approved]
    filled = [_public(sheet) for sheet in count_sheets(unit, approved)]
    if filled:
        printed["count-sheets.pdf"] = make(languages, *filled)
    return printed


def _public(sheet: CountSheetForm) -> CountSheetForm:
    """The sheet without free words about single ballots and about who asked for a recount."""
    replace = msgspec.structs.replace
    return replace(
        sheet,
        doubtful=tuple(replace(each, mark="") for each in sheet.doubtful),
        recounts=tuple(replace(each, order=replace(each.order, text="")) for each in sheet.recounts),
    )
