"""The small day as its people live it, told once for the mouse and for the keyboard.

Twelve voters. Five come (one spoils a ballot, one votes for two others as well), one is visited: eight
took part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pollstation.desktop.pages.count_facts import sheet_name
from pollstation.desktop.pages.station_names import box_titled, contest_titled
from pollstation.domain.errors import Code
from pollstation.domain.register import Voter
from pollstation.i18n import _, n_
from pollstation.services.issuing import CARD_PREFIX
from pollstation.wording import terms
from tests.desktop.hands import Hands
from tests.desktop.small_place import SmallPlace

SUPERVISOR, OFFICER, COUNTERS = "supervisor-01", "officer-01", ("counter-01", "counter-02")
WITNESS, CREW = "scrutineer-01", ("scrutineer-01", "scrutineer-02")
FIXED, MOBILE, COUNTY, TOWN = "S01-F", "S01-M1", "county-3", "town-1"
SEALS = {FIXED: "0001", MOBILE: "0002"}
SLOTS = {FIXED: "9001", MOBILE: "9002"}
RECEIVED, TAKEN_ALONG = 20, 3

FIRST_SHEET = (5, 2, 0, 5, 2, 0, 2, 3, 2)
"""Fixed box, county paper, as the second counter misreads it: for, against, abstain by candidate."""
SHEETS = {
    (FIXED, COUNTY): ((6, 1, 0, 5, 2, 0, 2, 3, 2), 7, 0),
    (FIXED, TOWN): ((4, 2, 0, 2, 4, 0), 6, 1),
    (MOBILE, COUNTY): ((1, 0, 0, 1, 0, 0, 0, 1, 0), 1, 0),
    (MOBILE, TOWN): ((1, 0, 0, 0, 1, 0), 1, 0),
}
"""What lies on the table: figures by candidate, valid, void."""


@dataclass(frozen=True)
class SmallDay:
    """The people of one day, with hands on one window."""

    hands: Hands
    place: SmallPlace

    # At any time

    def load_package(self) -> None:
        """The first start: package and root by their paths, the station's passphrase from its envelope."""
        self.hands.press(_("Load an election package"))
        self.try_package(self.place.package, self.place.passphrase)

    def try_package(self, package: Path, passphrase: str) -> None:
        """Ask for a package to be loaded."""
        hands = self.hands
        hands.fill(_("Election package"), str(package))
        hands.fill(_("Root certificate of the committee"), str(self.place.root))
        hands.fill(_("Passphrase of the station"), passphrase)
        hands.press(_("Load package"))

    def at_sign_in(self) -> bool:
        """Whether the next person may take the chair."""
        return self.hands.sees(_("Who works here now?"))

    def sign_in(self, person: str) -> None:
        """Somebody takes the chair."""
        hands = self.hands
        hands.mark(_("People of the station"), person)
        hands.fill(_("Your own passphrase"), self.place.envelopes[person])
        hands.press(_("Sign in"))
        assert hands.program.desk.by.id == person

    def sign_out(self) -> None:
        """The chair is free."""
        self.hands.read_everything()
        self.hands.go("today")
        self.hands.read_everything()
        self.hands.press(_("Sign out"))
        assert self.at_sign_in()

    def change_to(self, person: str) -> None:
        """Somebody else takes the chair."""
        self.sign_out()
        self.sign_in(person)

    def witness(self, person: str = WITNESS) -> None:
        """The second person signs in the dialog."""
        hands = self.hands
        hands.mark(_("Who signs"), person)
        hands.fill(_("Passphrase of the second person"), self.place.envelopes[person])
        hands.press(_("Sign"))
        assert not hands.sees(_("A second person signs")), hands.strip

    def find(self, field: str, voter: Voter, text: str) -> None:
        """Type ``text`` into a search and take the voter with Enter."""
        self.hands.fill(field, text)
        self.hands.enter()

    # The morning

    def look_around(self) -> None:
        """The supervisor and a scrutineer are here; every line of the checklist is looked at."""
        hands = self.hands
        self.sign_in(SUPERVISOR)
        hands.go("opening")
        hands.fill(_("Their passphrase"), self.place.envelopes[WITNESS])
        hands.press(_("Sign in"))
        while hands.sees(_("Tick the next line")):
            hands.press(_("Tick the next line"))

    def open(self) -> None:
        """From the first sign-in to the first voter."""
        hands = self.hands
        self.look_around()
        for box in (FIXED, MOBILE):
            hands.fill(_("Numbers of its seals"), SEALS[box])
            hands.press(_("Seal the box"))
            self.witness()
        for _paper in (COUNTY, TOWN):
            hands.fill(_("On the packing slip"), str(RECEIVED))
            hands.fill(_("Counted by two people"), str(RECEIVED))
            hands.press(_("Count these ballots in"))
            self.witness()
        hands.press(_("Sign the zero report"))
        self.witness()
        hands.press(_("Open the voting"))
        self.witness()
        assert hands.sees(_("The voting is open."))

    def authorise(self, principal: Voter, holder: Voter, consent: str) -> None:
        """A written authority is taken in."""
        hands = self.hands
        hands.go("proxies")
        hands.press(_("New authority"))
        self.find(_("1  The voter who cannot come"), principal, principal.card)
        self.find(_("2  The proxy, who votes for them"), holder, holder.card)
        hands.fill(_("3  Consent of the election committee (number)"), consent)
        hands.press(_("Write authority down"))
        assert hands.sees(principal.name)

    # The voting

    def check_in(self, voter: Voter, text: str) -> None:
        """Without a card that can be scanned: some letters, Enter, Enter, and no key more."""
        before = self.hands.strokes
        self.find(_("Find a voter"), voter, text)
        assert self.hands.sees(voter.card)
        self.issue(2)
        assert self.hands.strokes - before <= len(text) + 2

    def scan(self, voter: Voter) -> None:
        """With a card: scan, Enter."""
        before = self.hands.strokes
        self.hands.scan(CARD_PREFIX + voter.card)
        self.issue(2)
        assert self.hands.strokes - before <= 2

    def issue(self, ballots: int) -> None:
        """Hand the ballots out."""
        self.hands.press(n_("Issue {count} ballot", "Issue {count} ballots", ballots))
        assert str(ballots) in self.hands.strip

    def hold_proxies(self, holder: Voter, letters: Sequence[str]) -> None:
        """A voter who votes for others as well: the letters are seen, then all ballots issued at once."""
        self.find(_("Find a voter"), holder, holder.card)
        for number in letters:
            self.hands.tick(number)
        self.issue(2 * (1 + len(letters)))

    def replace_spoilt(self, contest: str) -> None:
        """The last voter comes back with a spoilt ballot."""
        hands = self.hands
        hands.press(_("Replace spoilt"))
        hands.mark(_("Which"), contest_titled(self.place.plan, contest))
        hands.mark(_("Reason"), terms.spoil_reason(next(iter(terms.SPOIL_REASONS))))
        hands.press(hands.main)

    def visit(self, voter: Voter) -> None:
        """The mobile box goes out, one voter votes at home, and it comes back."""
        hands, plan = self.hands, self.place.plan
        papers = [contest_titled(plan, contest) for contest in (COUNTY, TOWN)]
        hands.go("mobile-boxes")
        hands.press(_("Send out"))
        people = {one.id: one.name for one in hands.program.desk.people}
        for scrutineer in CREW:
            hands.tick(people[scrutineer])
        for paper in papers:
            hands.fill(f"{paper} {_('Taken along')}", str(TAKEN_ALONG))
        hands.fill(_("Seal numbers, read on the box by two people"), SEALS[MOBILE])
        hands.press(_("Second person signs"))
        self.witness()
        hands.press(_("Voters served"))
        self.find(_("Find a voter"), voter, voter.id_number[-6:])
        hands.fill(_("Why this voter was served without an approved request"), "on the way")
        hands.press(_("Write down as served"))
        assert voter.name in hands.strip
        hands.press(_("Back"))
        hands.press(_("Take back"))
        for paper in papers:
            hands.fill(f"{paper} {_('Blank')}", str(TAKEN_ALONG - 1))
            hands.fill(f"{paper} {_('Spoilt')}", "0")
            hands.fill(f"{paper} {_('Signed the list')}", "1")
        hands.fill(_("Seal numbers, read on the box by two people"), SEALS[MOBILE])
        hands.press(_("Second person signs"))
        self.witness()

    # The evening

    def close(self, unused: dict[str, int]) -> None:
        """Every task of the closing page, as it offers them, then the close."""
        hands, plan = self.hands, self.place.plan
        hands.go("close")
        for box in (FIXED, MOBILE):
            hands.mark(_("What is still to do"), box_titled(plan, box))
            hands.fill(_("Seal numbers read on the box"), SEALS[box])
            hands.fill(_("Number of the new seal on the slot"), SLOTS[box])
            hands.press(_("Seal the slot"))
            self.witness()
        for contest, count in unused.items():
            hands.mark(_("What is still to do"), contest_titled(plan, contest))
            hands.fill(_("Unused ballots counted and cancelled"), str(count))
            hands.press(_("Write the unused down"))
            self.witness()
        assert hands.sees(_("Everything is settled."))
        hands.press(_("Close the voting"))
        self.witness()

    # The count

    def open_boxes(self) -> None:
        """The count begins: seals read, boxes opened, ballots counted before sorting."""
        hands, plan = self.hands, self.place.plan
        hands.go("count")
        hands.press(_("Begin the count"))
        self.witness()
        for box in (FIXED, MOBILE):
            hands.mark(_("Boxes"), box_titled(plan, box))
            hands.fill(_("Seal numbers read on the box"), f"{SEALS[box]} {SLOTS[box]}")
            hands.press(_("Open the box"))
            self.witness()
            for contest in (COUNTY, TOWN):
                hands.fill(contest_titled(plan, contest), str(sum(SHEETS[box, contest][1:])))
            hands.press(_("Write the ballots down"))
            self.witness()

    def sheet(self, box: str, contest: str) -> str:
        """The name of a sheet."""
        return sheet_name(self.place.plan, box, contest, 1)

    def enter_sheets(self, counter: str, misread: bool = False) -> None:
        """One counter enters every sheet; ``misread``: with one slip on the first."""
        hands = self.hands
        self.change_to(counter)
        hands.go("count")
        for (box, contest), (figures, valid, void) in SHEETS.items():
            hands.mark(_("Count sheets"), self.sheet(box, contest))
            hands.press(_("Enter this sheet"))
            candidate = self.place.plan.contest(contest).candidates[0]
            first = hands.field(f"{candidate} {_('For ○')}")
            assert not first.text(), "the first entry is shown"
            hands.into(first)
            slip = misread and (box, contest) == (FIXED, COUNTY)
            hands.figures(*(FIRST_SHEET if slip else figures), valid, void)
            hands.press(_("Finished"))

    def approve_sheets(self) -> None:
        """The supervisor settles what differs, explains what is improbable, approves the rest."""
        hands = self.hands
        self.change_to(SUPERVISOR)
        hands.go("count")
        for box, contest in SHEETS:
            hands.mark(_("Count sheets"), self.sheet(box, contest))
            hands.press(_("Examine"))
            if (box, contest) == (FIXED, COUNTY):
                self._settle()
            if SHEETS[box, contest][2]:
                hands.fill(_("Explanation"), "looked at again")
                hands.press(_("Explain {code}", code=Code.VOID_MANY))
                self.witness()
            hands.press(_("Approve"))
            self.witness()

    def _settle(self) -> None:
        hands, candidates = self.hands, self.place.plan.contest(COUNTY).candidates
        for figure, right in (("for/0", 6), ("against/0", 1)):
            field = terms.field(figure, candidates)
            hands.press(_("{field}: take {value}", field=field, value=right))
        hands.fill(_("Reason"), "paper read again")
        hands.press(_("Settle"))

    # The night

    def propose(self) -> None:
        """The result, as the law makes it out of the figures."""
        hands = self.hands
        hands.go("result")
        hands.press(_("Propose the result"))
        self.witness()

    def hand_over(self, folder: Path) -> Path:
        """Everything as one signed bundle."""
        hands = self.hands
        hands.go("hand-over")
        hands.fill(_("Folder to write to, best on a USB drive"), str(folder))
        hands.press(_("Hand over"))
        self.witness()
        assert hands.sees(_("The bundle is written"))
        (bundle,) = folder.iterdir()
        return bundle
