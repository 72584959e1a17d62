"""The voter register: who may vote here, and in which contests."""

import re
import unicodedata
from datetime import date

import msgspec

from pollstation.domain.journal import Entry, Facts, Kind
from pollstation.domain.pinyin import spellings

_IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9x]")
_IGNORED = dict.fromkeys(map(ord, "·•・‧'’-"))


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


def age_on(birth: date, day: date) -> int:
    """Full years of age on ``day``."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def voter_facts(voter: Voter) -> Facts:
    """What the private part of the entry says that puts ``voter`` on the list."""
    facts: Facts = msgspec.to_builtins(voter)
    return facts


def late_voter(entry: Entry) -> Voter | None:
    """The voter whom ``entry`` puts on the list; None where it does not, or came without its private part."""
    if entry.kind != Kind.VOTER_ADDED or entry.private is None:
        return None
    return msgspec.convert(entry.private.facts["voter"], Voter)


def search_keys(voter: Voter) -> frozenset[str]:
    """What an officer may type to find ``voter``: beginnings of these.

    The name and its endings, its spellings and initials in pinyin, the card number, and the last four and six
    characters of the identity number, never all of it.
    """
    name = _plain(voter.name)
    full, initials = spellings(name)
    id_number = _plain(voter.id_number)
    endings = {name[at:] for at, character in enumerate(name) if at == 0 or not character.isascii()}
    return frozenset(
        (endings | full | initials | {query_key(voter.card), id_number[-4:], id_number[-6:]}) - {""}
    )


def query_key(text: str) -> str:
    """What was typed or scanned, in the form of the keys. Of a whole identity number the last six count."""
    key = _plain(text)
    return key[-6:] if _IDENTITY_NUMBER.fullmatch(key) else key


def _plain(text: str) -> str:
    """Without spaces, dots and full-width forms; capitals small; ü as keyboards write it."""
    return (
        "".join(unicodedata.normalize("NFKC", text).translate(_IGNORED).split()).casefold().replace("ü", "v")
    )
