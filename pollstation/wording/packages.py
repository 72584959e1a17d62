"""The committee's folder and the election packages made of it."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.FOLDER_FILE_MISSING: (
        N_("The file is missing in the folder."),
        N_("Put it there; a register or staff list may also be a spreadsheet (.xlsx)."),
    ),
    Code.FOLDER_FILE_TWICE: (
        N_("The same list is there twice, as {file} and as {other}."),
        N_("Take the older one away."),
    ),
    Code.FOLDER_FILE_UNREADABLE: (
        N_("The file cannot be read."),
        N_("Save it again as XLSX, as CSV (UTF-8), or for election.toml as plain text."),
    ),
    Code.COLUMN_MISSING: (
        N_("The column is missing; it may be headed {headings}."),
        N_("Add the column with one of these headings in the first row."),
    ),
    Code.COLUMN_TWICE: (
        N_("The column stands there twice."),
        N_("Take one of the two away."),
    ),
    Code.FIELD_MISSING: (
        N_("Nothing stands in {field}."),
        N_("Fill it in."),
    ),
    Code.FIELD_INVALID: (
        N_("What stands in {field} does not fit: {value}."),
        N_("Correct it as the manual describes this field."),
    ),
    Code.TABLE_EMPTY: (
        N_("The list has no lines below its headings."),
        N_("Fill in the list."),
    ),
    Code.FOLDER_STATION_UNKNOWN: (
        N_("There is no polling station {value} here; known are {known}."),
        N_("Correct the station, or add it to election.toml."),
    ),
    Code.FOLDER_CONTEST_UNKNOWN: (
        N_("Contest {value} is not voted on here; known are {known}."),
        N_("Correct the contest, or add it to election.toml."),
    ),
    Code.ROLE_UNKNOWN: (
        N_("There is no role {value}; known are {known}."),
        N_("Correct the role."),
    ),
    Code.PROFILE_UNKNOWN: (
        N_("There is no rule profile {value}; known are {known}."),
        N_("Correct the profile."),
    ),
    Code.DATE_UNREADABLE: (
        N_("{value} is no date."),
        N_("Write it as 1980-01-31."),
    ),
    Code.SEX_UNKNOWN: (
        N_("{value} is no sex."),
        N_("Write 男 or 女, or leave it empty."),
    ),
    Code.NAME_UNFIT: (
        N_("{value} cannot be an identifier."),
        N_("Use Latin letters, digits, dots, dashes and underscores, at most 40."),
    ),
    Code.DUPLICATE_VALUE: (
        N_("The same value already stands at {first}."),
        N_("Find out which of the two is right, and correct the other."),
    ),
    Code.CANDIDATE_TWICE: (
        N_("The candidate {value} stands on the ballot twice."),
        N_("Take one of the two away; write namesakes so that voters can tell them apart."),
    ),
    Code.ID_NUMBER_LENGTH: (
        N_("The identity number has {length} characters, or others than 17 digits and a digit or X."),
        N_("Copy it from the identity card: 18 characters."),
    ),
    Code.ID_NUMBER_CHECK_DIGIT: (
        N_("The identity number is mistyped: its last character does not belong to the others."),
        N_("Compare it with the identity card."),
    ),
    Code.ID_NUMBER_BIRTH: (
        N_("The birth date {value} is not the one in the identity number."),
        N_("Compare both with the identity card."),
    ),
    Code.ID_NUMBER_NOT_TEXT: (
        N_("The identity number is a number cell, which has lost its last digits."),
        N_("Format the column as text and type the numbers again."),
    ),
    Code.VOTER_UNIDENTIFIED: (
        N_("The voter has neither a card number nor an identity number."),
        N_("Give at least one: ballots are issued against one of them."),
    ),
    Code.VOTER_UNDER_AGE: (
        N_("The voter is younger than {age} on {day}."),
        N_("Check the birth date; if it is right, take the voter off the register."),
    ),
    Code.CHARACTER_UNPRINTABLE: (
        N_("The typeface cannot show {characters} ({points})."),
        N_("Ask the voter's paper for the character that the standard table has, or note it in the address."),
    ),
    Code.SEATS_BEYOND_LAW: (
        N_("Contest {contest} has {seats} seats; the law allows 1 to {most}."),
        N_("Correct the seats, or divide the constituency."),
    ),
    Code.STATION_BOXES: (
        N_("Station {station} has {fixed} fixed boxes."),
        N_("Give it one fixed box; mobile boxes as many as it needs."),
    ),
    Code.STATION_IDLE: (
        N_("Station {station} has no box and counts for nobody."),
        N_("Give it boxes, or name it as the counting site of a station."),
    ),
    Code.STATION_WITHOUT_VOTERS: (
        N_("No voter is registered at station {station}."),
        N_("Check the column of stations in the register."),
    ),
    Code.STAFF_SHORT: (
        N_("Station {station} has {there} of the {needed} people it needs as {role}."),
        N_("Appoint more, or name the station with those who serve at several."),
    ),
    Code.STAFF_PASSPHRASE_SHORT: (
        N_("The passphrase is shorter than {minimum} characters."),
        N_("Give a longer one."),
    ),
    Code.POST_NOT_HERE: (
        N_("Contest {contest} elects to a post; only a village has posts, under the profiles {known}."),
        N_("Take the post away, or correct the level or the profile."),
    ),
    Code.POST_TWICE: (
        N_("Contests {first} and {contest} elect to the same post of the same constituency."),
        N_("Give each post one contest, and each village a constituency of its own."),
    ),
    Code.POSTS_APART: (
        N_("The contests {first} and {contest} of one village are not voted on at the same stations."),
        N_("Name both at every station of the village: its posts are judged together."),
    ),
    Code.CANDIDATES_OUT_OF_RANGE: (
        N_("Contest {contest} has {count} candidates for {seats} seats; the law asks for {least} to {most}."),
        N_("Check the list; the package is built all the same."),
    ),
    Code.ID_NUMBER_SEX: (
        N_("The sex is not the one in the identity number."),
        N_("Compare both with the identity card; the package is built all the same."),
    ),
    Code.PACKAGE_WRONG_PASSPHRASE: (
        N_("The package does not open with this passphrase."),
        N_("Type the station's passphrase again; it came from the committee, and each station has its own."),
    ),
    Code.PACKAGE_FOREIGN: (
        N_("This is not an election package."),
        N_("Choose the package file that the committee made for this station."),
    ),
    Code.PACKAGE_NEWER: (
        N_("The package was made by a newer pollstation (format {format}; this one knows {known})."),
        N_("Install that version here."),
    ),
    Code.PACKAGE_DAMAGED: (
        N_("The inside of the package does not belong together."),
        N_("Ask the committee for the package again."),
    ),
    Code.PACKAGE_OTHER_ELECTION: (
        N_("The station's certificate in the package is for {station} in the election {election}."),
        N_("Ask the committee for the package again."),
    ),
}
