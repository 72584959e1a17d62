"""The count, the result, the hand-over, and findings on a count sheet (R-7, R-8, E, W).

Findings have two wordings: ``SENTENCES`` speaks to the counter, ``SUPERVISOR`` says cause and actions.
"""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.COUNTS_ELSEWHERE: (
        N_("Station {station} does not count: its boxes are opened at the counting site."),
        N_("Send the closed boxes to the counting site and hand over this station's bundle."),
    ),
    Code.POLLING_MISSING: (
        N_("Polling bundles have not arrived yet from: {stations}."),
        N_("Take in the bundle of each of these stations, then begin the count."),
    ),
    Code.POLLING_WRONG_STATION: (
        N_("This bundle is from station {station} in election {election} and is not counted here."),
        N_("Check the USB drive. Ask the election committee where this station is counted."),
    ),
    Code.POLLING_SUPERSEDED: (
        N_("A later bundle of station {station} has been taken in already."),
        N_("Nothing was changed. Leave this one aside: the later bundle holds all that is in it."),
    ),
    Code.BOX_CUSTODY_INCOMPLETE: (
        N_("Box {box} may not be opened: its custody is not complete. It stands at: {state}."),
        N_("Read its seals and record the steps that are missing; two people explain what does not agree."),
    ),
    Code.BOX_NOT_COUNTED: (
        N_("Box {box} has not been opened and counted."),
        N_("Open it before the scrutineers and count its ballots before sorting them."),
    ),
    Code.SHEET_UNKNOWN: (
        N_("There is no count sheet {sheet}."),
        N_("Choose the sheet from the list; check box, contest and batch on the paper."),
    ),
    Code.SHEET_WRONG_PHASE: (
        N_("This cannot be done with the sheet now. It stands at: {phase}."),
        N_("Look at the list of sheets: it shows what each sheet waits for."),
    ),
    Code.BATCH_ENTERED_ALREADY: (
        N_("This batch has been entered twice already. It stands at: {phase}."),
        N_("Look at box and batch number on the paper: it belongs to another batch, or needs no entry."),
    ),
    Code.SAME_COUNTER_TWICE: (
        N_("{person} entered this sheet the first time."),
        N_("Another counter must make the second entry, without seeing the first."),
    ),
    Code.FIELD_UNKNOWN: (
        N_("This figure is not asked for on this sheet: {field}."),
        N_("Check that the paper belongs to this contest and batch."),
    ),
    Code.FIELD_NOT_A_COUNT: (
        N_("{field}: {count} is not a count of ballots."),
        N_("Type in the figure as it stands on the paper."),
    ),
    Code.FIELD_TOO_LARGE: (
        N_("{field}: {count} is too large; no box holds more than {most} ballots."),
        N_("Check your reading of this figure."),
    ),
    Code.BOX_NOT_SENT: (
        N_("Box {box} is still here, but it is counted elsewhere."),
        N_("On the page of the close hand it to those who carry it; then hand over the bundle."),
    ),
    Code.SHEET_INCOMPLETE: (
        N_("The sheet is not complete: {count} fields are empty. The first is {field}."),
        N_("Type in every figure; where the paper shows none, type 0."),
    ),
    Code.NOTHING_TO_RESTATE: (
        N_("This is the number that is written down already: {ballots}."),
        N_("Nothing was changed. Count once more only if you are in doubt."),
    ),
    Code.SHEET_HAS_ERRORS: (
        N_("The sheet has an error and cannot be approved: {finding}."),
        N_("Read the paper again and settle the figure, or send the sheet back to be entered anew."),
    ),
    Code.WARNING_UNEXPLAINED: (
        N_("The sheet has a warning that is not explained: {finding}."),
        N_("Check the ballots. If the figures are right, supervisor and witness explain it in writing."),
    ),
    Code.SHEETS_OPEN: (
        N_("Count sheets not approved yet: {count}. The first is {sheet}."),
        N_("Have each sheet entered twice, compared and approved."),
    ),
    Code.WRITE_IN_IS_CANDIDATE: (
        N_("{name} is a candidate on this ballot, not another name."),
        N_("Add these votes to the candidate's own row, as the paper shows them."),
    ),
    Code.BOX_NOT_OF_THIS_SITE: (
        N_("Box {box} is not counted here."),
        N_("Leave it sealed. Ask the election committee where it belongs."),
    ),
    Code.DOUBTFUL_AGAINST_RULES: (
        N_("The rules of judgement do not allow this decision on this ground: {judgement}."),
        N_("Look at the ballot again together; choose the ground that fits, or decide the other way."),
    ),
    Code.SITE_FINDING_UNEXPLAINED: (
        N_("A warning over the boxes is not explained: {key}."),
        N_(
            "Look at the boxes named. If the figures are right, supervisor and witness explain it in writing."
        ),
    ),
    Code.NOTHING_TO_RECOUNT: (
        N_("There is no approved count sheet here that could be counted again."),
        N_("A sheet that is not approved yet is sent back instead."),
    ),
    Code.RESULT_NOT_ANNOUNCED: (
        N_("A village's result is announced on the spot (article 18), and it has not been released yet."),
        N_("Read the result out and release it to the room (page Result, F8); then hand over."),
    ),
    Code.WRITE_IN_UNKNOWN: (
        N_("No approved count sheet holds votes for the name “{name}”."),
        N_("Choose the name from the list; it is spelt as the counters read it."),
    ),
    Code.RESULT_NOT_READY: (
        N_("Nothing can be handed over yet. The day stands at: {phase}."),
        N_("Finish the close, and where the count is here, the result; then hand over."),
    ),
    Code.ROW_SUM_WRONG: (
        N_("Candidate {candidate}: for, against and abstain make {sum}, but {valid} ballots are valid."),
        N_("Check your reading of this candidate's row."),
    ),
    Code.BATCH_SUM_WRONG: (
        N_("Valid ({valid}) and void ({void}) do not make the {ballots} ballots of the batch."),
        N_("Check your reading of the valid and the void ballots."),
    ),
    Code.TOO_MANY_VOTES: (
        N_("Votes for and other names come to {votes}; the valid ballots hold {most} at most."),
        N_("Check your reading of the “for” column and of the other names."),
    ),
    Code.FIGURE_TOO_LARGE: (
        N_("{figure} is more than the {ballots} ballots of the batch."),
        N_("Check your reading of this figure."),
    ),
    Code.VALID_MISREAD: (
        N_("Valid ballots: {valid} was entered, but every row makes {right}."),
        N_("Check your reading of the valid ballots."),
    ),
    Code.COLUMN_SHIFTED: (
        N_("Candidate {candidate}: the row makes {sum}, not {valid}; a figure may be from the next row."),
        N_("Check your reading of this row: lay a ruler under it."),
    ),
    Code.DIGITS_TRANSPOSED: (
        N_("Candidate {candidate}: the row makes {sum}, not {valid}; two digits may be the wrong way round."),
        N_("Check your reading of this figure, digit by digit."),
    ),
    Code.BOX_TOO_FULL: (
        N_("The box held more ballots than were issued for it."),
        N_("Count the ballots of the box again before sorting them."),
    ),
    Code.BOX_SHORT: (
        N_("The box held fewer ballots than were issued for it."),
        N_("Look whether the box and the table are empty; count the ballots of the box again."),
    ),
    Code.PACKETS_DIFFER: (
        N_("A packet held another number of ballots than its slip says."),
        N_("Count the packet again with a second person and keep its slip."),
    ),
    Code.STOCK_DIFFERS: (
        N_("Ballots received are not those issued, unused, damaged and handed on."),
        N_("Count the unused ballots again; look for packets that nobody wrote down."),
    ),
    Code.ISSUE_DIFFERS: (
        N_("Ballots issued do not add up over the boxes."),
        N_("Rebuild the station's file from its journal; if it stays, call the election committee."),
    ),
    Code.VOTERS_DIFFER: (
        N_("Ballots issued are not as many as voters marked as voting."),
        N_("Look for a voter who was served by two desks."),
    ),
    Code.MOBILE_BOX_DIFFERS: (
        N_("A mobile box did not account for every ballot it took along."),
        N_("Count what came back again; compare the list that voters signed with what was typed in."),
    ),
    Code.BATCHES_DIFFER: (
        N_("The batches do not hold as many ballots as the box."),
        N_(
            "Lay out what is left over in a batch of its own; else count box and batches again, restate them."
        ),
    ),
    Code.TALLY_DIFFERS: (
        N_("Valid and void ballots are not as many as were collected."),
        N_("Look for a batch that was not entered, or entered twice."),
    ),
    Code.SEAL_DIFFERS: (
        N_("The seal numbers read are not those that were put on."),
        N_("Leave the box as it is, read the numbers again and call supervisor and scrutineers."),
    ),
    Code.CUSTODY_BROKEN: (
        N_("A hand-over is missing in the custody of a box."),
        N_("Find out who had the box, and write it down with a second person."),
    ),
    Code.SEAL_DAMAGED: (
        N_("A seal was found damaged when the box was handed over."),
        N_("Leave the box as it is and call supervisor and scrutineers; write down what happened."),
    ),
    Code.CLOCK_AHEAD: (
        N_("The crew's laptop wrote times that had not come yet."),
        N_("Compare its clock with this one, and write down what the right times are."),
    ),
    Code.SIGNATURES_DIFFER: (
        N_("Voters who signed the crew's list are not as many as were written down."),
        N_("Count the signatures again; compare the list line by line with the voters written down."),
    ),
    Code.VOID_MANY: (
        N_("Many void ballots: {void} of {ballots}."),
        N_("Check your reading of the void ballots. If it is right, go on."),
    ),
    Code.BLANK_MANY: (
        N_("Many blank ballots: at least {blank} of {ballots} bear no mark."),
        N_("Check your reading of the “for” and “against” columns. If it is right, go on."),
    ),
    Code.DOUBTFUL_MORE_THAN_VOID: (
        N_("{decided} doubtful ballots were decided void, but the sheet has {void} void ballots."),
        N_("Check your reading of the void ballots. If it is right, go on."),
    ),
    Code.NOT_RETURNED_MANY: (
        N_("Many ballots did not come back: {missing} of {issued} issued."),
        N_("Look whether boxes and tables are empty; count the ballots of the boxes again."),
    ),
    Code.BOX_WITHOUT_BALLOTS: (
        N_("Box {box} was in use and held no ballot."),
        N_("Look into the box again; ask who had it whether it went to voters at all."),
    ),
    Code.BOX_FAR_FROM_REST: (
        N_(
            "{name}: {votes} votes on {valid} ballots of box {box}, but {rest_votes} on {rest_valid} in the "
            "other boxes."
        ),
        N_("Compare the sheets of this box with their paper, the columns above all."),
    ),
    Code.NO_VOTE_IN_ONE_BOX: (
        N_(
            "{name}: no vote on {valid} ballots of box {box}, but {rest_votes} on {rest_valid} in the others."
        ),
        N_("Compare the sheets of this box with their paper: a row may have been left out."),
    ),
    Code.NOBODY_FOR_ANYBODY: (
        N_("Nobody voted for anybody on {valid} valid ballots."),
        N_("Check your reading of the “for” column. If it is right, go on."),
    ),
    Code.BATCH_LOOKS_REPEATED: (
        N_("The figures are the same as those of batch {batch}."),
        N_("Check your reading of the batch number on the paper. If it is right, go on."),
    ),
}

SUPERVISOR: dict[Code, str] = {
    Code.ROW_SUM_WRONG: N_(
        "Candidate {candidate}'s row makes {sum} and not {valid}: "
        "a figure was misread, or the tally is wrong.\n"
        "1. Compare the row with the paper.\n"
        "2. If it was misread, settle the figure or send the sheet back.\n"
        "3. If the paper says the same, have this candidate counted again from the ballots of the batch."
    ),
    Code.BATCH_SUM_WRONG: N_(
        "Valid ({valid}) and void ({void}) do not make {ballots}: "
        "a figure was misread, or the sorting is wrong.\n"
        "1. Compare both figures with the paper.\n"
        "2. If they were misread, settle them or send the sheet back.\n"
        "3. If the paper says the same, two people count the batch again "
        "and restate how many ballots it holds."
    ),
    Code.TOO_MANY_VOTES: N_(
        "There are {votes} votes, but the valid ballots hold {most} at most ({seats} for each): "
        "a ballot with too many names was taken as valid, or the tally is wrong.\n"
        "1. Compare the “for” column and the other names with the paper.\n"
        "2. Look for ballots with more than {seats} names among the valid ones; they are void.\n"
        "3. Have the batch tallied again."
    ),
    Code.FIGURE_TOO_LARGE: N_(
        "{figure} is more than the {ballots} ballots of the batch: a digit too many, or the wrong line.\n"
        "1. Compare the figure with the paper.\n"
        "2. Settle it or send the sheet back.\n"
        "3. If the paper says the same, have the batch tallied again."
    ),
    Code.VALID_MISREAD: N_(
        "Every candidate's row makes {right}, but the valid ballots were entered as {valid}: "
        "only this figure can be wrong.\n"
        "1. Compare the valid ballots with the paper.\n"
        "2. If it was misread, settle it as the paper has it.\n"
        "3. If the paper says {valid}, have the valid ballots counted again."
    ),
    Code.COLUMN_SHIFTED: N_(
        "Candidate {candidate}'s row makes {sum} and not {valid}; "
        "with a figure of the next row it would agree: "
        "a figure was read from the wrong line.\n"
        "1. Compare this row and its neighbours with the paper.\n"
        "2. Settle the figures or send the sheet back.\n"
        "3. If the paper says the same, have these candidates counted again."
    ),
    Code.DIGITS_TRANSPOSED: N_(
        "Candidate {candidate}'s row makes {sum} and not {valid}; "
        "with {likely} instead of {typed} it would agree: two digits were typed the wrong way round.\n"
        "1. Compare this figure with the paper.\n"
        "2. Settle it as the paper has it, or send the sheet back.\n"
        "3. If the paper says the same, have this candidate counted again from the ballots of the batch."
    ),
    Code.VOID_MANY: N_(
        "{void} of {ballots} ballots are void, {percent} per cent or more: improbable, though possible.\n"
        "1. Look at the void ballots with the scrutineers: clear intent counts.\n"
        "2. If they are void, explain it in writing with a witness.\n"
        "3. If not, have the batch sorted and tallied again."
    ),
    Code.BLANK_MANY: N_(
        "At least {blank} of {ballots} ballots bear no mark, {percent} per cent or more: "
        "voters gave blank ballots in, or marks were not tallied.\n"
        "1. Compare the “for” and “against” columns with the paper.\n"
        "2. If the ballots are blank, explain it in writing with a witness.\n"
        "3. If not, have the batch tallied again."
    ),
    Code.DOUBTFUL_MORE_THAN_VOID: N_(
        "The register has {decided} doubtful ballots decided void, the sheet only {void} void ballots: "
        "one was laid with the valid ballots, or written down twice.\n"
        "1. Lay the register beside the void ballots of the batch.\n"
        "2. If a ballot lies wrongly, correct the paper and send the sheet back.\n"
        "3. If the register is wrong, decide that number again, or explain it in writing with a witness."
    ),
    Code.NOT_RETURNED_MANY: N_(
        "{missing} of {issued} ballots issued were in no box, {percent} per cent or more: "
        "voters carried them away, or ballots are mislaid.\n"
        "1. Look through boxes, tables and wastepaper with the scrutineers.\n"
        "2. Have the ballots of the boxes with the largest difference counted again.\n"
        "3. If they stay missing, explain it in writing with a witness."
    ),
    Code.BOX_WITHOUT_BALLOTS: N_(
        "Box {box} was opened and held no ballot: nobody used it, or its ballots lie elsewhere.\n"
        "1. Look into the box and at the table around it with the scrutineers.\n"
        "2. Ask those who had the box; compare its list of voters.\n"
        "3. If nobody used it, explain it in writing with a witness."
    ),
    Code.BOX_FAR_FROM_REST: N_(
        "{name} has {votes} votes on {valid} ballots in box {box}, but {rest_votes} on {rest_valid} in the "
        "others: a figure may stand in the wrong row, or the box is from a place of its own.\n"
        "1. Compare the sheets of the box with their paper.\n"
        "2. In doubt have the box counted again.\n"
        "3. If it is right, explain it in writing with a witness."
    ),
    Code.NO_VOTE_IN_ONE_BOX: N_(
        "{name} has no vote on {valid} ballots in box {box}, but {rest_votes} on {rest_valid} in the others: "
        "a row was left out, or tallied for somebody else.\n"
        "1. Compare the sheets of the box with their paper.\n"
        "2. In doubt have the box counted again.\n"
        "3. If it is right, explain it in writing with a witness."
    ),
    Code.NOBODY_FOR_ANYBODY: N_(
        "{valid} valid ballots hold no vote for anybody: "
        "a column was left out, or the columns were exchanged.\n"
        "1. Compare the “for” column with the paper.\n"
        "2. If it was left out, send the sheet back.\n"
        "3. If it is right, explain it in writing with a witness."
    ),
    Code.BATCH_LOOKS_REPEATED: N_(
        "All figures equal those of batch {batch}: one paper may have been entered for both.\n"
        "1. Lay the papers of both batches side by side.\n"
        "2. If one was entered twice, send this sheet back.\n"
        "3. If both are right, explain it in writing with a witness."
    ),
}
