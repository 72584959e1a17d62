"""How a Chinese name may be typed in Latin letters: in full (``ouyangxiu``) or by initials (``oyx``).

Many characters have several readings, and as surnames some have one that dictionaries put last: every likely
reading becomes a key, so that an officer finds the voter whichever they type.
"""

import os
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import islice, product

READINGS_PER_CHARACTER = 3
MOST_SPELLINGS = 16
"""Of one name; the likeliest come first."""

SURNAMES = {
    **{"万俟": "mo qi", "单于": "chan yu", "亓官": "qi guan", "令狐": "ling hu", "尉迟": "yu chi"},
    **{"澹台": "tan tai", "长孙": "zhang sun", "鲜于": "xian yu", "宰父": "zai fu", "第五": "di wu"},
    **{"不": "fou", "乐": "yue", "仇": "qiu", "任": "ren", "佴": "nai", "便": "pian", "兹": "zi"},
    **{"冼": "xian", "冯": "feng", "区": "ou", "单": "shan", "卜": "bu", "占": "zhan", "厘": "xi"},
    **{"句": "gou", "召": "shao", "员": "yun", "哈": "ha", "宁": "ning", "宓": "fu", "尹": "yin"},
    **{"幺": "yao", "应": "ying", "干": "gan", "戚": "qi", "折": "she", "撒": "sa", "敦": "dun"},
    **{"晁": "chao", "曲": "qu", "曾": "zeng", "朴": "piao", "查": "zha", "柏": "bai", "洗": "xian"},
    **{"澹": "tan", "燕": "yan", "牟": "mu", "盖": "ge", "相": "xiang", "盛": "sheng", "眭": "sui"},
    **{"祭": "zhai", "秘": "bi", "种": "chong", "符": "fu", "纪": "ji", "缪": "miao", "繁": "po"},
    **{"翟": "zhai", "能": "nai", "臧": "zang", "艾": "ai", "芮": "rui", "苫": "shan", "藏": "zang"},
    **{"葛": "ge", "蕃": "pi", "行": "xing", "褚": "chu", "覃": "qin", "解": "xie", "訾": "zi"},
    **{"贠": "yun", "贾": "jia", "车": "che", "过": "guo", "逄": "pang", "郇": "xun", "那": "na"},
    **{"都": "du", "隗": "wei", "隽": "juan", "重": "chong", "钭": "tou", "阚": "kan", "阿": "a"},
    **{"难": "ning", "雍": "yong", "靳": "jin", "颉": "jie", "黑": "he", "黄": "huang", "龟": "qiu"},
}
"""Surnames whose reading as a surname is not the dictionary's first, or is easily doubted."""


def spellings(name: str) -> tuple[set[str], set[str]]:
    """Full spellings and initials of ``name``; what is not Chinese stays as it is.

    ``ü`` is written ``v``, as on keyboards, and also ``u``, as on some identity papers.
    """
    readings = _readings(name)
    full = {"".join(syllables) for syllables in _combinations(readings)}
    initials = ["".join(dict.fromkeys(syllable[0] for syllable in syllables)) for syllables in readings]
    return full, {"".join(letters) for letters in _combinations(initials)}


def _combinations(choices: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return list(islice(product(*choices), MOST_SPELLINGS))


def _readings(name: str) -> list[tuple[str, ...]]:
    surname = next((head for head in (name[:2], name[:1]) if head in SURNAMES), "")
    as_surname = SURNAMES[surname].split() if surname else []
    readings: list[tuple[str, ...]] = []
    for place, character in enumerate(name):
        usual = readings_of(character)
        if place < len(as_surname):
            usual = tuple(dict.fromkeys((as_surname[place], *usual)))
        if usual:
            readings.append(usual)
    return readings


@cache
def readings_of(character: str) -> tuple[str, ...]:
    """The likeliest readings of one character without tones; the character itself when it has none."""
    readings = _dictionary().get(ord(character), "")
    if not readings:
        return (character,)
    plain = [_without_tone(reading) for reading in readings.split(",")]
    likely = list(dict.fromkeys(plain))[:READINGS_PER_CHARACTER]
    return tuple(dict.fromkeys([*likely, *(each.replace("v", "u") for each in likely)]))


def _without_tone(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if "a" <= letter <= "z")


@cache
def _dictionary() -> dict[int, str]:
    # imported when a register is, not at every start; names need no dictionary of phrases (13 MB, not 57)
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    words: dict[int, str] = import_module("pypinyin.pinyin_dict").pinyin_dict
    return words
