"""The day, voters and ballots, proxies, stock and boxes (R-2 to R-5)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.WRONG_PHASE: (
        N_("This cannot be done now. The day stands at: {phase}. It must stand at: {needed}."),
        N_("Look at Today: it shows which step comes next."),
    ),
    Code.CHECKLIST_OPEN: (
        N_("The opening is not ready: {item}. Points still open: {left}."),
        N_("Do what is still open and tick it, then go on."),
    ),
    Code.BOX_NOT_SEALED: (
        N_("Box {box} is not sealed."),
        N_("Show it empty to everybody present, seal it, and type in the seal numbers."),
    ),
    Code.NO_BALLOTS: (
        N_("No ballots were given for contest {contest}."),
        N_("Count the ballots with a second person and type in how many there are."),
    ),
    Code.NOT_ZERO: (
        N_("A counter does not stand at zero before the first voter: {what} stands at {count}."),
        N_("Do not open. Tell the supervisor, and ask the election committee for a new station file."),
    ),
    Code.ALREADY_DONE: (
        N_("This has been done already."),
        N_("Nothing needs to be done. The journal shows when it was done and by whom."),
    ),
    Code.PAUSED: (
        N_("The voting is interrupted."),
        N_("Issue no ballots. When the reason is gone, the supervisor resumes the voting."),
    ),
    Code.TEXT_MISSING: (
        N_("Something has to be filled in: {what}."),
        N_("Fill it in, in a few words, and confirm again."),
    ),
    Code.TOO_FEW_SCRUTINEERS: (
        N_("Too few scrutineers have signed in: {present}. Needed: {needed}."),
        N_("Ask a scrutineer to sign in with their own passphrase."),
    ),
    Code.NOT_ON_LIST: (
        N_("This person is not on this station's voter list."),
        N_("Compare the voter card with the list and issue no ballot. Send the voter to the enquiry desk."),
    ),
    Code.ALREADY_VOTED: (
        N_("Already voted at {time}, desk {desk}."),
        N_("Issue no ballot. If the voter says this is wrong, call the supervisor and record an incident."),
    ),
    Code.VOTED_BY_PROXY: (
        N_("A proxy already voted for this voter at {time}, desk {desk}."),
        N_("Issue no ballot. Show the voter the written authority; call the supervisor if it is disputed."),
    ),
    Code.SERVED_BY_MOBILE: (
        N_("Already voted at mobile box {box}, written down at {time}, desk {desk}."),
        N_("Issue no ballot. Look at the box's signed list; call the supervisor if the voter disputes it."),
    ),
    Code.NOT_ENTITLED: (
        N_("No ballot is due to this voter here (contest: {contest})."),
        N_("Issue only the ballots that the person card shows."),
    ),
    Code.PROXY_PENDING: (
        N_("This voter gave written authority {number} to {holder}, who has not voted yet."),
        N_("If the voter wishes to vote in person, the supervisor first takes the authority back."),
    ),
    Code.NOTHING_TO_REPLACE: (
        N_("No ballot of contest {contest} was issued to this voter, so none can be replaced."),
        N_("Check the voter and the contest."),
    ),
    Code.NOTHING_TO_UNDO: (
        N_("No ballot was issued to this voter, so nothing can be taken back."),
        N_("Check that this is the right voter."),
    ),
    Code.CARD_INVENTED: (
        N_("No voter card with number {card} is on this station's voter list."),
        N_("Find the voter by name. If the card is not genuine, keep it and call the supervisor."),
    ),
    Code.IN_CONFLICT: (
        N_("Two desks did what excludes each other for this voter, and it is not decided yet."),
        N_("Issue nothing more. The supervisor decides together with a witness."),
    ),
    Code.NO_CONFLICT: (
        N_("No two desks contradict each other about this voter: there is nothing to decide."),
        N_("Check that this is the right voter."),
    ),
    Code.OTHER_STATION: (
        N_("Card {card} belongs to the voter list of station {station}."),
        N_("Issue no ballot. Send the voter to that station; it can be telephoned to make sure."),
    ),
    Code.STRUCK_OFF: (
        N_("Struck off the voter list at {time}, desk {desk}, by decision {decision}."),
        N_("Issue no ballot. A voter who disputes it turns to the election committee."),
    ),
    Code.NOT_STRUCK: (
        N_("{name} was not struck off the voter list."),
        N_("Nothing needs to be done. Check that this is the right voter."),
    ),
    Code.LATE_REGISTRATION_OFF: (
        N_("The rules of this election do not allow voters to be entered on the list at the station."),
        N_("Send the voter to the election committee."),
    ),
    Code.ALREADY_ON_LIST: (
        N_("This card or identity number is already on the list: {name}, number {number}."),
        N_("Find that voter by name and go on from there. Nobody is entered twice."),
    ),
    Code.VOTER_TOO_YOUNG: (
        N_("{name} is not {age} years old on the day of the election."),
        N_("Compare the birth date in the identity number with the identity card."),
    ),
    Code.VOTER_ID_NUMBER_WRONG: (
        N_("The identity number is not right: 18 characters, the last of which follows from the others."),
        N_("Read it again from the identity card."),
    ),
    Code.LATE_WITHOUT_CONTEST: (
        N_("No contest is chosen in which {name} may vote."),
        N_("Choose every contest in which the decision allows the voter to vote."),
    ),
    Code.CARD_BELONGS_TO: (
        N_("Card {card} is already given to a voter of station {station}."),
        N_("Make out another card, or send the voter to that station."),
    ),
    Code.NOTHING_TO_RETURN: (
        N_("No ballot of contest {contest} was issued to this voter, so none can be handed back."),
        N_("Check the voter and the contest."),
    ),
    Code.PROXY_UNAPPROVED: (
        N_("The election committee has not consented to application {number} for a proxy vote."),
        N_("Issue no ballot on this letter. Ask the committee; the supervisor writes its consent down."),
    ),
    Code.PROXY_IS_STAFF: (
        N_("{holder} works at this station and may not be a proxy."),
        N_("The voter must authorise somebody who does not work at the election."),
    ),
    Code.PROXY_NOT_APPLIED: (
        N_("No application of {principal} waits for a decision."),
        N_("Look at the list: it may have been decided or taken back meanwhile."),
    ),
    Code.PROXY_LETTER_UNKNOWN: (
        N_("No written authority {number} stands here: never written down, or taken back."),
        N_("Issue no ballot on this letter. Look at the list of authorities and call the supervisor."),
    ),
    Code.PROXY_HOLDS_TOO_MANY: (
        N_("{holder} already votes for {held} others; at most {most} are allowed."),
        N_("The voter must authorise somebody else."),
    ),
    Code.PROXY_OF_ONESELF: (
        N_("{principal} cannot be their own proxy."),
        N_("Choose another voter as the proxy."),
    ),
    Code.PROXY_EXISTS: (
        N_("This voter has already authorised {holder}, authority {number}."),
        N_("To authorise somebody else, first take that authority back."),
    ),
    Code.PROXY_WITHOUT_CONSENT: (
        N_("The election committee's consent to the proxy vote for {principal} is missing."),
        N_("Ask the election committee, then type in the number or the words of its consent."),
    ),
    Code.PROXY_OTHER_CONSTITUENCY: (
        N_("{holder} votes in another constituency."),
        N_("The proxy must be a voter of the same constituency: the voter must authorise somebody else."),
    ),
    Code.PROXY_ABSENT: (
        N_("There is no written authority for this."),
        N_("Issue no ballot for the other voter. Check the letter and the list of authorities."),
    ),
    Code.PROXY_IS_CANDIDATE: (
        N_("{holder} is a candidate and may not be a proxy."),
        N_("The voter must authorise somebody who is not a candidate."),
    ),
    Code.PROXY_HOLDER_UNKNOWN: (
        N_("The proxy is not on this station's voter list."),
        N_("Check the name. The proxy must be a voter of the same constituency."),
    ),
    Code.COUNT_NEGATIVE: (
        N_("{what}: {count} is too small to be a count."),
        N_("Type in how many there are."),
    ),
    Code.STOCK_TOO_SMALL: (
        N_("Not enough blank ballots of contest {contest}: {count} needed, {left} in stock."),
        N_("Count in more ballots first. If ballots lie on the table, the stock was typed in wrongly."),
    ),
    Code.PACKET_UNREADABLE: (
        N_("The numbers of a packet cannot be read: {packet}."),
        N_("Type in the first and the last number, such as 1-100 or A0001-A0100; commas between packets."),
    ),
    Code.PACKETS_OVERLAP: (
        N_("Packet {packet} has numbers that were counted in already with {other}."),
        N_("Read the numbers on both packets again. If they are right, call the election committee."),
    ),
    Code.PACKETS_NOT_AS_STATED: (
        N_("By their numbers the packets {packets} hold {count} ballots, but the slip says {stated}."),
        N_("Read both again. If the slip itself is wrong, leave the numbers out and record an incident."),
    ),
    Code.DESK_HOLDS_TOO_FEW: (
        N_("{desk} was handed {left} ballots of contest {contest}; {count} cannot come from there."),
        N_("Read the name of the desk and the number of ballots again."),
    ),
    Code.NOTHING_TO_CORRECT: (
        N_("This figure stands at {count} already: {figure}."),
        N_("Type in what it should say in all, not by how much it is wrong."),
    ),
    Code.SEAL_USED: (
        N_("Seal {seal} is already in use (box: {box})."),
        N_("Read the number again. If it is right, take another seal and tell the supervisor."),
    ),
    Code.SEAL_MISSING: (
        N_("No seal number was given."),
        N_("Type in the number of every seal on the box."),
    ),
    Code.BOX_UNKNOWN: (
        N_("This station has no box {box}."),
        N_("Read the number on the box again."),
    ),
    Code.BOX_WRONG_STATE: (
        N_("Box {box} stands at: {state}. Not possible now: {act}."),
        N_("Look at the box's way so far and do the step that comes next."),
    ),
    Code.CREW_TOO_SMALL: (
        N_("Too few scrutineers go with the mobile box: {crew}. Needed: {needed}."),
        N_("Add scrutineers to the crew before the box leaves."),
    ),
    Code.CREW_UNKNOWN: (
        N_("{person} does not work at this station."),
        N_("Choose the crew from the station's staff."),
    ),
    Code.CREW_IS_CANDIDATE: (
        N_("{person} is a candidate and may not go with a mobile box."),
        N_("Choose somebody else for the crew."),
    ),
    Code.BOX_EMPTY_OF_BALLOTS: (
        N_("Mobile box {box} has no blank ballots for this."),
        N_("Compare the ballots taken along with the signed list of voters, and correct what is wrong."),
    ),
    Code.BOX_RETURNS_MORE: (
        N_(
            "Box {box}, contest {contest}: more blank and spoilt ballots come back ({back}) "
            "than the box still had of the {taken} taken along."
        ),
        N_("Count the blank and the spoilt ballots again, by contest, with a second person."),
    ),
    Code.BOX_NOT_MOBILE: (
        N_("Box {box} is not a mobile box."),
        N_("Choose a mobile box."),
    ),
    Code.CONTEST_UNKNOWN: (
        N_("Contest {contest} is not voted on at this station."),
        N_("Choose one of the station's contests."),
    ),
}
