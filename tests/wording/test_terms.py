"""Everything that stands on a list has its word."""

from enum import StrEnum
from pathlib import Path

import pytest

from pollstation import i18n
from pollstation.domain.boxes import BoxException
from pollstation.domain.profiles import PROFILES
from pollstation.services import closing, opening
from pollstation.store import StationFile
from pollstation.wording import terms
from tests import station
from tests.wording import whole_day


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


@pytest.mark.parametrize("kind", terms.WORDS)
def test_every_member_has_a_word_and_no_two_share_one(kind: type[StrEnum]) -> None:
    assert len({terms.word(one) for one in kind}) == len(kind)


def test_every_line_of_the_checklist_and_every_step_of_the_opening_has_words(tmp_path: Path) -> None:
    path = tmp_path / "day.station"
    with StationFile.create(path, station.PASSPHRASE, whole_day.package(), station.TickingClock()) as file:
        assert list(terms.OPENING_STEPS) == list(file.read(opening.steps))
    assert set(terms.CHECKLIST) == {item for known in PROFILES.values() for item in known.checklist}


def test_every_term_of_a_whole_days_account_has_its_word(tmp_path: Path) -> None:
    path = tmp_path / "day.station"
    with StationFile.create(path, station.PASSPHRASE, whole_day.package(), station.TickingClock()) as file:
        for part in (whole_day.prepare, whole_day.vote, whole_day.take_along, whole_day.close):
            file.write(part)
        file.write(whole_day.count)
        account = file.read(closing.account)
    named = {name for line in account for name in line.equation.right}
    assert named == set(terms.TERMS)
    assert all(" = " in terms.equation(line.equation) for line in account)


def test_an_equation_is_said_as_a_formula_with_contest_and_box() -> None:
    assert terms.equation_key("stock/county-1") == (
        "received = issued + unused + damaged + transferred out + on boxes (county-1)"
    )
    assert terms.equation_key(f"{BoxException.CUSTODY_BROKEN}/S01-F") == (
        "a hand-over is missing (box S01-F)"
    )


def test_what_the_equation_is_of_may_be_left_out() -> None:
    assert terms.equation_key("tallied") == "collected = valid + void"
    assert terms.equation_key("seal-differs") == "seal numbers differ"


def test_a_field_of_the_count_sheet_names_its_candidate() -> None:
    assert terms.field("for/2", ("甲一", "乙二", "丙三")) == "For, candidate 3 丙三"
    assert terms.field("abstain/0") == "Abstain, candidate 1"
    assert terms.field("write_in/丁/四") == "Other name: 丁/四"
    assert terms.field("void") == "Void ballots"


def test_free_words_are_said_as_they_stand() -> None:
    assert terms.spoil_reason("torn") == "Torn or soiled"
    assert terms.spoil_reason("ink ran") == "ink ran"
    assert terms.incident_kind("a goat came in") == "a goat came in"
