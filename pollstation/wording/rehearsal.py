"""Rehearsals and their scenarios."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.SCENARIO_NOT_TOML: (
        N_("This is not TOML in UTF-8: {problem}."),
        N_("Correct the line named, or save the file as UTF-8, and try again."),
    ),
    Code.SCENARIO_FIELD_MISSING: (
        N_("This field is missing."),
        N_("Add it; the scenarios that come with pollstation show every field."),
    ),
    Code.SCENARIO_FIELD_UNKNOWN: (
        N_("A scenario has no such field here."),
        N_("Check the spelling, or take it out."),
    ),
    Code.SCENARIO_FIELD_WRONG: (
        N_("“{value}” cannot stand here."),
        N_("Counts are whole numbers from 0 up without quotation marks; names are text in quotation marks."),
    ),
    Code.SCENARIO_NAME_UNKNOWN: (
        N_("“{value}” is not known; known are {known}."),
        N_("Use one of these names, or add what is missing."),
    ),
    Code.SCENARIO_NAME_TWICE: (
        N_("“{value}” is there already, as “{first}”."),
        N_("Give each its own name; small and capital letters are not enough to tell them apart."),
    ),
    Code.SCENARIO_ID_UNUSABLE: (
        N_("“{value}” cannot be the name of a file."),
        N_("Use at most 20 letters a to z, digits, dots, dashes and underscores; begin with a letter."),
    ),
    Code.SCENARIO_UNPRINTABLE: (
        N_("“{value}” has characters that cannot be printed: {characters}."),
        N_("Write it with other characters."),
    ),
    Code.SCENARIO_PARTICIPANTS_MANY: (
        N_("{participants} voters take part, but only {voters} are registered here."),
        N_("Lower in_person, proxies or mobile, or raise voters."),
    ),
    Code.SCENARIO_PROXIES_MANY: (
        N_("{proxies} proxies need more holders: those who come themselves can hold at most {most}."),
        N_("Lower proxies or raise in_person; a voter holds at most {each} proxies."),
    ),
    Code.SCENARIO_BALLOTS_FEW: (
        N_("{count} ballots are more than the {ballots} that are issued here."),
        N_("Lower this figure."),
    ),
    Code.SCENARIO_SITE_COUNTS_NOT: (
        N_("Station {value} does not count: its own boxes are counted at {other}."),
        N_("Name a counting site, or a station that counts its own boxes."),
    ),
    Code.SCENARIO_CONTEST_NOWHERE: (
        N_("No station votes on contest {contest}."),
        N_("Add it to the contests of a station, or take it out."),
    ),
    Code.SCENARIO_SEATS_MANY: (
        N_("{seats} seats are more than the law gives one constituency ({most})."),
        N_("Lower seats."),
    ),
    Code.SCENARIO_VOID_MANY: (
        N_("{void} void ballots are more than the {collected} that will lie in the boxes."),
        N_("Lower void, or let more voters take part."),
    ),
    Code.SCENARIO_VOTES_FOR_ONE: (
        N_("{name} has {votes} votes, but there are only {valid} valid ballots."),
        N_("Lower the votes; valid are the ballots in the boxes without the void ones."),
    ),
    Code.SCENARIO_VOTES_FOR_ALL: (
        N_("{votes} votes in all do not fit on {valid} valid ballots for {seats} seats (at most {most})."),
        N_("Lower the votes; a ballot with more names than seats would be void."),
    ),
    Code.SCENARIO_WRITE_IN_IS_CANDIDATE: (
        N_("{name} stands on the ballot and cannot be a write-in."),
        N_("Add these votes to the candidate's."),
    ),
    Code.SCENARIO_POST_NOT_HERE: (
        N_("A post is elected to; the profile {profile} or the level of the contest has no posts."),
        N_("Take the post away, or give the contest the level village and the scenario its profile."),
    ),
    Code.SCENARIO_POST_TWICE: (
        N_("This post is already that of contest {first}."),
        N_("Give each post one contest; a scenario rehearses one village."),
    ),
    Code.SCENARIO_POSTS_APART: (
        N_("The contests {first} and {contest} of one village are not voted on at the same stations."),
        N_("Name both at every station of the village: its posts are judged together."),
    ),
    Code.SCENARIO_NO_ROOM_FOR: (
        N_("At {place} there is nothing that “{kind}” could be done with."),
        N_("Plant it elsewhere, or add the voters, proxies, mobile box or ballots that it needs."),
    ),
    Code.REHEARSAL_EXISTS: (
        N_("The folder {folder} holds a rehearsal already, and it was left as it is."),
        N_("Choose another folder, or remove that rehearsal first."),
    ),
    Code.REHEARSAL_WENT_ASTRAY: (
        N_("The rehearsal did not end as the scenario says: {what}."),
        N_("Send the scenario to support; what was played is kept in the folder."),
    ),
}
