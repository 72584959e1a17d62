"""The desk of a rehearsed station: who of the register comes in which way, and how an officer finds them."""

from collections.abc import Sequence

from pollstation.domain.pinyin import spellings
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.rehearsal.place import SUPERVISOR, Place
from pollstation.rehearsal.scenario import StationFigures
from pollstation.services import issuing, proxies

_REASONS = ("外出务工", "住院治疗", "出差在外", "在外求学", "照顾病人")


class Desk:
    """One station's voters as the scenario shares them out, and the acts that they come for."""

    def __init__(self, place: Place, station: StationFigures, strangers: Sequence[Voter]) -> None:
        self.place = place
        self.station = station
        self.strangers = strangers
        """Voters who are not registered here."""
        self.needs_consent = rules_of(place.plan.election).needs_committee_consent
        voters = list(place.ask(lambda unit: unit.voters()))
        place.chance.shuffle(voters)
        self.voters = tuple(voters)
        left = iter(voters)

        def take(number: int) -> list[Voter]:
            return [next(left) for _ in range(number)]

        self.in_person = take(station.in_person)
        self.principals = take(station.proxies)
        self.by_box = {station.mobile_box(name): take(served) for name, served in station.mobile.items()}
        self.spoilt: dict[str, list[str]] = {}
        """Contests in which a voter's first ballot is spoilt, by the voter's token."""
        for contest in station.contests:
            for voter in place.chance.sample(self.voters[: station.participants], station.spoilt):
                self.spoilt.setdefault(voter.token, []).append(contest)

    def apply(self, principal: Voter, holder: Voter) -> None:
        """The supervisor writes down an application; where no consent is needed, that is the authority."""
        place = self.place
        place.clock.wait(place.chance.uniform(5, 15))
        reason = place.chance.choice(_REASONS)
        place.do(proxies.apply, place.who(SUPERVISOR), principal.token, holder.token, reason=reason)

    def authorise(self, principal: Voter, holder: Voter, consent: str) -> None:
        """An application, and the committee's consent where it is needed."""
        self.apply(principal, holder)
        if self.needs_consent:
            place = self.place
            place.clock.wait(place.chance.uniform(5, 15))
            place.do(proxies.grant, place.who(SUPERVISOR), principal.token, consent=consent)

    def find(self, voter: Voter) -> issuing.Card:
        """Find a voter as an officer does: most cards are scanned, some names or numbers typed."""
        place = self.place
        if text := self._typed(voter):
            found = place.ask(issuing.find, text)
            if any(card.voter.token == voter.token for card in found.voters):
                return place.ask(issuing.card, voter.token)
        return place.ask(issuing.find_scanned, f"{issuing.CARD_PREFIX}{voter.card}")

    def _typed(self, voter: Voter) -> str:
        """What the officer types; nothing when the card is scanned."""
        draw = self.place.chance.random()
        if draw < 0.70:
            return ""
        if draw < 0.82:
            return voter.name
        if draw < 0.94:
            full, _ = spellings(voter.name)
            return min(full, default=voter.name)
        return voter.id_number[-6:]

    def spoilt_by(self, voters: Sequence[Voter]) -> dict[str, int]:
        """Ballots that these voters spoil, by contest."""
        return {
            contest: sum(contest in self.spoilt.get(voter.token, ()) for voter in voters)
            for contest in self.station.contests
        }
