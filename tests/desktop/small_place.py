"""A committee's envelope for the smallest station: package, root certificate, passphrases, and its voters."""

from pathlib import Path

from pollstation.domain.contests import Plan
from pollstation.domain.register import Voter
from pollstation.rehearsal.people import voters
from pollstation.rehearsal.scenario_checks import read_scenario
from pollstation.rehearsal.world import World, orders, passphrases

SCENARIO = """
title = "学府街第三选区 换届选举"
profile = "npc-2020"
seed = 12

[[contest]]
id = "county-3"
level = "county"
seats = 2
candidates = ["甲", "乙", "丙"]
votes = { "甲" = 7, "乙" = 6, "丙" = 2 }

[[contest]]
id = "town-1"
level = "township"
seats = 1
candidates = ["丁", "己"]
votes = { "丁" = 5, "己" = 2 }
void = 1

[[station]]
id = "S01"
voters = 12
contests = ["county-3", "town-1"]
in_person = 5
proxies = 2
mobile = { "M1" = 1 }
spoilt = 1
"""


class SmallPlace:
    """What lies on the table in the morning: a USB drive with the package, the root, sealed envelopes."""

    def __init__(self, folder: Path) -> None:
        (folder / "small.toml").write_text(SCENARIO, encoding="utf-8")
        scenario = read_scenario(folder / "small.toml")
        given = orders(scenario, folder)
        world = World(given)
        words = passphrases(scenario)
        self.package, self.root = folder / "S01.zip", folder / "root.pem"
        self.package.write_bytes(world.package("S01"))
        self.root.write_bytes(given.root_certificate)
        self.passphrase, self.envelopes = words["files"]["S01"], words["people"]
        self.plan: Plan = world.prepared.plan("S01")
        register = voters(scenario.stations, scenario.seed, given.day, frozenset("甲乙丙丁己"))
        self.voters: tuple[Voter, ...] = dict(register)["S01"]
