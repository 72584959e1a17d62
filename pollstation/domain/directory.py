"""Which station a voter card of the constituency belongs to, without telling whose it is.

A station's package carries the cards of the constituency's other stations as digests only, so that a voter
at the wrong door can be sent to the right one and no personal data travels for it.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping

import msgspec

from pollstation.domain.register import query_key

_DIGEST = 16
"""Hexadecimal digits kept of each SHA-256: no two cards of a county meet by chance."""


class Directory(msgspec.Struct, frozen=True, kw_only=True):
    """The other stations of the constituency and their cards."""

    salt: str
    """32 random hexadecimal digits."""
    names: dict[str, str] = {}
    """Names of the stations, by id."""
    cards: dict[str, str] = {}
    """By station id: the digests of its cards, sorted, one after another."""

    def station_of(self, card: str) -> str:
        """Id of the station whose register holds the card; empty when none does."""
        wanted = _digest(self.salt, card)
        for station, digests in self.cards.items():
            if _holds(digests, wanted):
                return station
        return ""


def directory(
    names: Mapping[str, str], cards: Mapping[str, Iterable[str]], salt: str | None = None
) -> Directory:
    """The directory of stations.

    Args:
        names: names of the stations, by id.
        cards: numbers of the voter cards of each.
        salt: 32 hexadecimal digits; random where left out.
    """
    salt = salt or secrets.token_hex(16)
    return Directory(
        salt=salt,
        names=dict(names),
        cards={
            station: "".join(sorted(_digest(salt, card) for card in own if card))
            for station, own in cards.items()
        },
    )


def _digest(salt: str, card: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + query_key(card).encode()).hexdigest()[:_DIGEST]


def _holds(digests: str, wanted: str) -> bool:
    low, high = 0, len(digests) // _DIGEST
    while low < high:
        middle = (low + high) // 2
        found = digests[middle * _DIGEST : (middle + 1) * _DIGEST]
        if found == wanted:
            return True
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False
