"""Packets of ballots by the numbers printed on them, such as ``A0001-A0100``."""

import re
from collections.abc import Sequence

import msgspec

from pollstation.domain.errors import Code, Refusal

_NUMBERS = re.compile(
    r"(?P<series>[^\W\d_]*)0*(?P<first>\d+)\s*[-–—~～至到]\s*(?P<again>[^\W\d_]*)0*(?P<last>\d+)"
)
_BETWEEN = re.compile(r"[,，、;；\n]+")
_MOST_DIGITS = 12


class Packet(msgspec.Struct, frozen=True, kw_only=True):
    """One packet: the letters before its numbers, its first and its last number."""

    series: str
    first: int
    last: int

    @property
    def size(self) -> int:
        """Ballots in it, by its numbers."""
        return self.last - self.first + 1

    def overlaps(self, other: "Packet") -> bool:
        """Whether a number belongs to both."""
        return self.series == other.series and self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        return f"{self.series}{self.first}-{self.series}{self.last}"


def read_packets(text: str) -> tuple[Packet, ...]:
    """The packets written in ``text``: ranges with a comma between; none where nothing is written.

    Raises:
        Refusal: PACKET_UNREADABLE, naming the range that is none.
    """
    return tuple(_read(part.strip()) for part in _BETWEEN.split(text) if part.strip())


def _read(text: str) -> Packet:
    found = _NUMBERS.fullmatch(text)
    if (
        not found
        or found["again"].upper() not in ("", found["series"].upper())
        or len(found["last"]) > _MOST_DIGITS
    ):
        raise Refusal(Code.PACKET_UNREADABLE, packet=text)
    packet = Packet(series=found["series"].upper(), first=int(found["first"]), last=int(found["last"]))
    if packet.size < 1:
        raise Refusal(Code.PACKET_UNREADABLE, packet=text)
    return packet


def require_apart(known: Sequence[Packet], new: Sequence[Packet]) -> None:
    """Refuse with PACKETS_OVERLAP where a number of ``new`` was counted in before, or stands there twice."""
    seen = list(known)
    for packet in new:
        for other in seen:
            if packet.overlaps(other):
                raise Refusal(Code.PACKETS_OVERLAP, packet=str(packet), other=str(other))
        seen.append(packet)
