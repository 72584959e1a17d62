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
    Code.BATCH_TOO_LARGE: (
        N_("The batch holds more ballots than one count sheet takes."),
        N_("Divide the ballots into smaller batches."),
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
    Code.BATCHES_MISSING: (
        N_("Not all ballots of the box are laid out in batches."),
        N_("Lay out the rest in batches, with a count sheet for each."),
    ),
    Code.BOX_MORE_THAN_ISSUED: (
        N_("The box held more ballots than were issued for it."),
        N_("Count again. If it stays, keep the ballots apart; supervisor and witness explain it in writing."),
    ),
    Code.WRITE_IN_IS_CANDIDATE: (
        N_("{name} is a candidate on this ballot, not another name."),
        N_("Add these votes to the candidate's own row, as the paper shows them."),
    ),
    Code.BOX_NOT_OF_THIS_SITE: (
        N_("Box {box} is not counted here."),
        N_("Leave it sealed. Ask the election committee where it belongs."),
    ),
    Code.RESULT_NOT_READY: (
        N_("Nothing can be handed over yet. The day stands at: {phase}."),
        N_("Finish the close, and where the count is here, the result; then hand over."),
    ),
    Code.ALREADY_HANDED_OVER: (
        N_("This has been handed over already."),
        N_("A correction is a new bundle that names the one it replaces."),
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
    Code.BOX_TOO_FULL: (
        N_("The box held more ballots than were issued for it."),
        N_("Count the ballots of the box again before sorting them."),
    ),
    Code.VOID_MANY: (
        N_("Many void ballots: {void} of {ballots}."),
        N_("Check your reading of the void ballots. If it is right, go on."),
    ),
    Code.ABSTAIN_MANY: (
        N_("Many ballots without any mark."),
        N_("Check your reading of the “abstain” column. If it is right, go on."),
    ),
    Code.NOT_RETURNED_MANY: (
        N_("Many ballots that were issued were not in the box."),
        N_("Check that the box is empty and that no ballots are left on the table."),
    ),
    Code.NOBODY_FOR_ANYBODY: (
        N_("Nobody voted for anybody on {valid} valid ballots."),
        N_("Check your reading of the “for” column. If it is right, go on."),
    ),
    Code.BOX_WITHOUT_VOTES: (
        N_("The box held no ballots."),
        N_("Check that the right box was opened and that it is empty."),
    ),
    Code.ENTRIES_DIFFER: (
        N_("The two entries of this sheet differ."),
        N_("Wait for the supervisor, who reads the paper again."),
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
        "3. If the paper says the same, have the valid and the void ballots of the batch counted again."
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
    Code.BOX_TOO_FULL: N_(
        "The box held more ballots than were issued for it: it was miscounted, an issue was not recorded, "
        "a ballot belongs in another box, or a ballot was put in without right.\n"
        "1. Have the box counted again before sorting.\n"
        "2. Compare with the issue record and with the other boxes of the station.\n"
        "3. If it stays, keep the ballots apart, record an incident, "
        "and explain it in writing with a witness."
    ),
    Code.VOID_MANY: N_(
        "{void} of {ballots} ballots are void, {percent} per cent or more: improbable, though possible.\n"
        "1. Look at the void ballots with the scrutineers: clear intent counts.\n"
        "2. If they are void, explain it in writing with a witness.\n"
        "3. If not, have the batch sorted and tallied again."
    ),
    Code.ABSTAIN_MANY: N_(
        "Many ballots carry no mark: improbable, though possible.\n"
        "1. Compare the “abstain” column with the paper.\n"
        "2. Look at the ballots with the scrutineers.\n"
        "3. If it is right, explain it in writing with a witness."
    ),
    Code.NOT_RETURNED_MANY: N_(
        "Many ballots were issued and not found: carried away, in another box, or not counted.\n"
        "1. Check that the box is empty and look around the tables.\n"
        "2. Compare with the other boxes of the station.\n"
        "3. If it stays, explain it in writing with a witness."
    ),
    Code.NOBODY_FOR_ANYBODY: N_(
        "{valid} valid ballots hold no vote for anybody: "
        "a column was left out, or the columns were exchanged.\n"
        "1. Compare the “for” column with the paper.\n"
        "2. If it was left out, send the sheet back.\n"
        "3. If it is right, explain it in writing with a witness."
    ),
    Code.BOX_WITHOUT_VOTES: N_(
        "The box held no ballots: it was not used, or it is the wrong box.\n"
        "1. Read the number and the seals of the box again.\n"
        "2. Compare with the ballots issued for it.\n"
        "3. If it was empty, explain it in writing with a witness."
    ),
    Code.ENTRIES_DIFFER: N_(
        "The two counters read the paper differently.\n"
        "1. Read each differing figure on the paper yourself.\n"
        "2. Settle each with the figure on the paper and the reason.\n"
        "3. If much differs, send the sheet back to be entered anew."
    ),
    Code.BATCH_LOOKS_REPEATED: N_(
        "All figures equal those of batch {batch}: one paper may have been entered for both.\n"
        "1. Lay the papers of both batches side by side.\n"
        "2. If one was entered twice, send this sheet back.\n"
        "3. If both are right, explain it in writing with a witness."
    ),
}
