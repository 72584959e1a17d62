"""However spellings are joined, no vote is lost and every one counts for exactly one name."""

from hypothesis import given
from hypothesis import strategies as st

from pollstation.domain.journal import Entry, Kind
from pollstation.domain.write_ins import WriteIns, step_write_ins

NAMES = st.sampled_from(["庚六", "庚陆", "庚柳", "庚流"])


def joined(pairs: list[tuple[str, str]]) -> WriteIns:
    names = WriteIns()
    for number, (variant, name) in enumerate(pairs, start=1):
        entry = Entry(
            device="S01-a1b2",
            number=number,
            time=f"2026-12-06T00:00:00.000Z/{number:05d}",
            kind=Kind.WRITE_INS_JOINED,
            stream="contest:county-1",
            actor="supervisor-01",
            witness="",
            public={"variant": variant, "name": name},
            private_digest="",
            previous="",
            hash="",
        )
        names = step_write_ins(names, entry)
    return names


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8), st.dictionaries(NAMES, st.integers(1, 99)))
def test_no_vote_is_lost_and_a_name_that_counts_is_never_joined_itself(
    pairs: list[tuple[str, str]], votes: dict[str, int]
) -> None:
    names = joined(pairs)
    tally = names.tally(votes)
    assert sum(tally.values()) == sum(votes.values())
    assert not set(names.joined) & set(names.joined.values())
    assert all(names.name_of(name) == name for name in tally)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8), NAMES)
def test_a_spelling_joined_to_itself_stands_for_itself_again(pairs: list[tuple[str, str]], name: str) -> None:
    assert joined([*pairs, (name, name)]).name_of(name) == name


def test_joining_a_name_takes_its_other_spellings_along() -> None:
    names = joined([("庚陆", "庚六"), ("庚六", "庚柳")])
    assert names.tally({"庚陆": 1, "庚六": 2, "庚柳": 4}) == {"庚柳": 7}
