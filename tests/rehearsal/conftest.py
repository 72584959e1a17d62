"""A small scenario: two stations, a mobile box, proxies, spoilt ballots, one ballot never returned."""

from pathlib import Path

import pytest

from pollstation import i18n

SMALL = """
title = "两站演练"
profile = "npc-2020"
seed = 5

[[contest]]
id = "county-1"
level = "county"
seats = 2
candidates = ["甲", "乙", "丙"]
votes = { "甲" = 190, "乙" = 150, "丙" = 60 }
write_ins = { "戊" = 3 }
void = 4

[[contest]]
id = "town-1"
level = "township"
seats = 1
candidates = ["丁", "己"]
votes = { "丁" = 10, "己" = 2 }
void = 0

[[station]]
id = "S01"
voters = 240
contests = ["county-1"]
in_person = 200
proxies = 8
mobile = { "M1" = 7 }
spoilt = 2
not_returned = 1
counting_site = "C1"

[[station]]
id = "S02"
voters = 20
contests = ["county-1", "town-1"]
in_person = 11
proxies = 3
counting_site = "C1"
"""


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small scenario's file."""
    file = tmp_path_factory.mktemp("scenario") / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file
