"""An officer finds a voter by whatever they would type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollstation.domain.register import Voter, query_key, search_keys


def voter(name: str, *, card: str = "", id_number: str = "") -> Voter:
    return Voter(
        token="",
        number=1,
        name=name,
        sex="",
        birth=None,
        group="",
        address="",
        card=card,
        id_number=id_number,
        contests=(),
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王明", ["王", "王明", "明", "wangming", "wangm", "wm", "W M"]),
        ("单小明", ["shanxiaoming", "danxiaoming", "sxm", "dxm"]),
        ("查良", ["zhaliang", "chaliang", "zl", "cl"]),
        ("仇英", ["qiuying", "qy", "chou ying"]),
        ("解珍", ["xiezhen", "jiezhen"]),
        ("曾巩", ["zenggong", "cenggong"]),
        ("欧阳修", ["ouyangxiu", "oyx", "修", "阳修"]),
        ("万俟卨", ["moqi", "mq"]),
        ("尉迟恭", ["yuchigong", "ycg"]),
        ("吕布", ["lvbu", "lubu", "lü bu", "lb"]),
        ("㛃㐂", ["㛃", "jie", "j"]),
        ("李𬭚", ["𬭚", "lichun", "lc"]),
        ("阿依古丽·买买提", ["买买提", "阿依古丽买买提", "阿依古丽•买", "ayigulimaimaiti"]),
        ("John Smith", ["john", "JOHN S", "johnsmith"]),
    ],
)
def test_a_voter_is_found_by(name: str, typed: list[str]) -> None:
    keys = search_keys(voter(name))
    for text in typed:
        assert any(key.startswith(query_key(text)) for key in keys), text


def test_numbers_find_a_voter_and_the_whole_identity_number_is_no_key() -> None:
    keys = search_keys(voter("王明", card="K-0031", id_number="11010519491231002X"))
    for text in ("k-0031", "K0031", "002X", "002x", "31002X", "Ｋ００３１", "11010519491231002X"):
        assert any(key.startswith(query_key(text)) for key in keys), text
    assert all("1949" not in key for key in keys)


@given(name=st.text(alphabet="行长乐单朴解查曾盖重欸嘸和着的了王李", min_size=1, max_size=12))
def test_keys_stay_few_whatever_the_name(name: str) -> None:
    assert 1 <= len(search_keys(voter(name))) <= 12 + 2 * 16
