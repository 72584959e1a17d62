"""Long names and sentences are broken into lines as Chinese typesetting wants them, and never cut."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pollstation.documents import fonts

fonts.load()

TEXTS = st.text(alphabet="选区学府街道第三王𬭸，。、：（）《》“”·ab Wz09-%", max_size=60)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.floats(30, 200))
def test_no_character_is_lost_and_no_line_is_wider_than_its_room(text: str, room: float) -> None:
    lines = fonts.lines(text, fonts.REGULAR, 11, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, fonts.REGULAR, 11) <= room for line in lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "柳树巷居民委员会（第一、第二小组）联合选区，机械厂。" * 4
    for room in range(60, 200, 7):
        for line in fonts.lines(text, fonts.REGULAR, 11, room):
            assert line[0] not in "，。、）"
            assert line[-1] not in "（"


def test_latin_words_stay_whole_where_there_is_room() -> None:
    assert fonts.lines("Deputies to the county", fonts.REGULAR, 10, 60) == ("Deputies to", "the county")
