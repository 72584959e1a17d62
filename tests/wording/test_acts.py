"""Every act of a real day reads as a sentence."""

import msgspec
import pytest

from pollstation import i18n
from pollstation.domain.journal import Entry, Kind
from pollstation.wording import acts
from tests import station
from tests.wording import whole_day

NAMES = {person.id: person.name for person in station.people()}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    return whole_day.live(tmp_path_factory.mktemp("day"))


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


def said(journal: list[Entry], kind: Kind, place: int = 0) -> str:
    return acts.in_words([entry for entry in journal if entry.kind == kind][place], NAMES)


def test_every_kind_has_words_and_happened_on_the_day(journal: list[Entry]) -> None:
    assert set(acts.SENTENCES) == set(Kind)
    assert {entry.kind for entry in journal} == set(Kind)


def test_every_entry_brings_the_facts_that_its_sentence_asks_for(journal: list[Entry]) -> None:
    for entry in journal:
        text = acts.in_words(entry, NAMES)
        assert "None" not in text, text
        assert "{" not in text, text
        assert text.endswith("."), text


def test_an_issue_is_said_with_contests_channel_and_box(journal: list[Entry]) -> None:
    assert said(journal, Kind.BALLOTS_ISSUED) == "Ballots issued: county-1, town-1, in person, box S01-F."


def test_contests_and_boxes_are_said_by_name_where_names_are_given(journal: list[Entry]) -> None:
    entry = next(entry for entry in journal if entry.kind == Kind.BALLOT_REPLACED)
    assert acts.in_words(entry.opened(), {"county-1": "County"}) == "Spoilt ballot replaced: County."


def test_the_reason_is_said_only_where_the_private_part_is_at_hand(journal: list[Entry]) -> None:
    entry = next(entry for entry in journal if entry.kind == Kind.ISSUE_UNDONE)
    assert acts.in_words(entry, NAMES).endswith("Reason: wrong card.")
    assert "wrong card" not in acts.in_words(entry.opened(), NAMES)


def test_no_voter_is_named_by_token(journal: list[Entry]) -> None:
    tokens = {entry.stream.partition(":")[2] for entry in journal if entry.stream.startswith("voter:")}
    assert not any(token in acts.in_words(entry, NAMES) for entry in journal for token in tokens)


def test_a_reason_from_the_list_and_a_box_that_was_explained_are_said(journal: list[Entry]) -> None:
    assert said(journal, Kind.BALLOT_REPLACED).endswith("Reason: Torn or soiled.")
    assert said(journal, Kind.DIFFERENCE_EXPLAINED) == (
        "Difference explained: seal numbers differ (box S01-M1). Explanation: the number was read wrongly."
    )


def test_people_boxes_and_seals_of_a_journey_are_said(journal: list[Entry]) -> None:
    assert said(journal, Kind.BOX_DISPATCHED) == (
        "Mobile box S01-M1 sent out with 工作人员scrutineer-01, 工作人员scrutineer-02; "
        "ballots county-1 10, town-1 10; seals read B-1. Area: 养老院."
    )
    assert said(journal, Kind.BOX_RETURNED).startswith(
        "Mobile box S01-M1 came back; blank county-1 9, town-1 9; spoilt none; seals read B-9."
    )


def test_figures_of_a_sheet_are_said_by_their_names(journal: list[Entry]) -> None:
    assert said(journal, Kind.FIELDS_ENTERED) == (
        "Count sheet S01-F (county-1, batch 1), entry 1: "
        "For, candidate 1: 0, Valid ballots: 1, Void ballots: 0."
    )
    assert said(journal, Kind.FIELDS_ENTERED, 1).endswith("entry 1: For, candidate 1: emptied.")


def test_a_batch_and_a_box_counted_again_are_said_with_both_numbers_and_the_reason(
    journal: list[Entry],
) -> None:
    assert said(journal, Kind.BATCH_RESTATED) == (
        "Count sheet S01-F (county-1, batch 1): the batch holds 3 ballots, not 4. Reason: two stuck together."
    )
    assert said(journal, Kind.BOX_RECOUNTED) == (
        "Ballots of box S01-F counted again: county-1 5; before: county-1 4. "
        "Reason: one more lay under the lid."
    )


def test_an_entry_of_a_kind_unknown_here_shows_its_kind(journal: list[Entry]) -> None:
    assert acts.in_words(msgspec.structs.replace(journal[0], kind="from-the-future"), {}) == "from-the-future"
