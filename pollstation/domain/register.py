"""The voter register: who may vote here, and in which contests."""

from datetime import date

import msgspec


class Voter(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the register (选民名册)."""

    token: str
    """Random name of the voter's stream in the journal; tells a stranger nothing."""
    number: int
    """Place in the register, from 1."""
    name: str
    sex: str
    """``male``, ``female`` or empty."""
    birth: date | None
    group: str
    """Voters' group (选民小组)."""
    address: str
    card: str
    """Number of the voter card (选民证)."""
    id_number: str
    """Resident identity number: text, 18 characters, or empty."""
    contests: tuple[str, ...]
    """Contests in which the voter is entitled to a ballot."""


def search_keys(voter: Voter) -> frozenset[str]:
    """What an officer may type to find ``voter``: beginnings of these."""
    return frozenset({voter.name, voter.card, voter.id_number[-4:], voter.id_number[-6:]} - {""})


def query_key(text: str) -> str:
    """What was typed or scanned, in the form of the keys."""
    return "".join(text.split()).casefold()
