"""What can go wrong, in three kinds: the user can correct it, the environment failed, or it is our bug.

Only the first two have classes here; anything else that is raised is a bug. Codes are stable: they are
printed, read out over the telephone and looked up. ``pollstation.wording`` gives each its sentences.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, unique
from pathlib import Path

import msgspec


@unique
class Code(StrEnum):
    """Every refusal and fault the program can answer with. A code is never reused for something else."""

    # people, passphrases, files of the day
    WRONG_PASSPHRASE = "R-101"
    UNKNOWN_PERSON = "R-102"
    NOT_ALLOWED = "R-103"
    SAME_PERSON = "R-104"
    FILE_WRONG_PASSPHRASE = "R-110"
    FILE_FOREIGN = "R-111"
    FILE_NEWER = "R-112"
    FILE_DAMAGED = "R-113"
    FILE_EXISTS = "R-114"
    FILE_MISSING = "R-115"
    FILE_BUSY = "R-116"
    DISK_FULL = "R-117"
    # R-118..R-139: the file of the day, continued
    FILE_OUT_OF_REACH = "R-118"
    # the day
    WRONG_PHASE = "R-201"
    CHECKLIST_OPEN = "R-202"
    BOX_NOT_SEALED = "R-203"
    NO_BALLOTS = "R-204"
    NOT_ZERO = "R-205"
    ALREADY_DONE = "R-206"
    PAUSED = "R-207"
    TEXT_MISSING = "R-208"
    TOO_FEW_SCRUTINEERS = "R-209"
    # voters and ballots
    NOT_ON_LIST = "R-301"
    ALREADY_VOTED = "R-302"
    VOTED_BY_PROXY = "R-303"
    SERVED_BY_MOBILE = "R-304"
    NOT_ENTITLED = "R-305"
    PROXY_PENDING = "R-306"
    NOTHING_TO_REPLACE = "R-307"
    NOTHING_TO_UNDO = "R-308"
    CARD_INVENTED = "R-309"
    IN_CONFLICT = "R-310"
    NO_CONFLICT = "R-312"
    # R-32x: the list at the station, and whose card it is
    OTHER_STATION = "R-320"
    STRUCK_OFF = "R-321"
    NOT_STRUCK = "R-322"
    LATE_REGISTRATION_OFF = "R-323"
    ALREADY_ON_LIST = "R-324"
    VOTER_TOO_YOUNG = "R-325"
    VOTER_ID_NUMBER_WRONG = "R-326"
    LATE_WITHOUT_CONTEST = "R-327"
    CARD_BELONGS_TO = "R-328"
    NOTHING_TO_RETURN = "R-330"
    # proxies
    PROXY_HOLDS_TOO_MANY = "R-401"
    PROXY_OF_ONESELF = "R-402"
    PROXY_EXISTS = "R-403"
    PROXY_WITHOUT_CONSENT = "R-405"
    PROXY_OTHER_CONSTITUENCY = "R-406"
    PROXY_ABSENT = "R-407"
    PROXY_IS_CANDIDATE = "R-408"
    PROXY_HOLDER_UNKNOWN = "R-409"
    PROXY_UNAPPROVED = "R-420"
    PROXY_IS_STAFF = "R-421"
    PROXY_NOT_APPLIED = "R-422"
    PROXY_LETTER_UNKNOWN = "R-423"
    # stock and boxes
    COUNT_NEGATIVE = "R-501"
    STOCK_TOO_SMALL = "R-502"
    SEAL_USED = "R-503"
    SEAL_MISSING = "R-504"
    BOX_UNKNOWN = "R-505"
    BOX_WRONG_STATE = "R-506"
    CREW_TOO_SMALL = "R-507"
    CREW_UNKNOWN = "R-508"
    CREW_IS_CANDIDATE = "R-509"
    BOX_EMPTY_OF_BALLOTS = "R-510"
    BOX_RETURNS_MORE = "R-511"
    BOX_NOT_MOBILE = "R-512"
    CONTEST_UNKNOWN = "R-513"
    # R-520..R-569: mobile boxes on their way
    VISIT_EXISTS = "R-520"
    VISIT_UNKNOWN = "R-521"
    VISIT_NOT_APPROVED = "R-522"
    VISIT_NEEDS_REASON = "R-523"
    RETURN_IN_PAST = "R-530"
    TIME_IN_FUTURE = "R-531"
    TIME_BEFORE_LEAVING = "R-532"
    BOX_LABEL_DIFFERS = "R-533"
    CREW_IS_RELATIVE = "R-540"
    CREW_FILE_EMPTY = "R-550"
    CREW_FILE_FOREIGN = "R-551"
    CREW_ENTRY_FOREIGN = "R-552"
    CREW_FILE_KNOWN = "R-553"
    CREW_FILE_OPEN = "R-554"
    # R-570..R-579: packets and corrections of the stock
    PACKET_UNREADABLE = "R-570"
    PACKETS_OVERLAP = "R-571"
    PACKETS_NOT_AS_STATED = "R-572"
    DESK_HOLDS_TOO_FEW = "R-573"
    NOTHING_TO_CORRECT = "R-574"
    # the close
    BOX_STILL_OUT = "R-601"
    CONFLICT_OPEN = "R-602"
    ACCOUNT_DIFFERS = "R-603"
    UNUSED_NOT_COUNTED = "R-604"
    NOTHING_TO_EXPLAIN = "R-605"
    BOX_NOT_CLOSED = "R-606"
    # the count
    COUNTS_ELSEWHERE = "R-701"
    POLLING_MISSING = "R-702"
    POLLING_WRONG_STATION = "R-703"
    BOX_CUSTODY_INCOMPLETE = "R-704"
    BOX_NOT_COUNTED = "R-705"
    SHEET_UNKNOWN = "R-706"
    SHEET_WRONG_PHASE = "R-707"
    SAME_COUNTER_TWICE = "R-708"
    FIELD_UNKNOWN = "R-709"
    FIELD_NOT_A_COUNT = "R-710"
    FIELD_TOO_LARGE = "R-711"
    SHEET_HAS_ERRORS = "R-713"
    WARNING_UNEXPLAINED = "R-714"
    SHEETS_OPEN = "R-715"
    WRITE_IN_IS_CANDIDATE = "R-718"
    BOX_NOT_OF_THIS_SITE = "R-719"
    DOUBTFUL_AGAINST_RULES = "R-720"
    SITE_FINDING_UNEXPLAINED = "R-721"
    NOTHING_TO_RECOUNT = "R-722"
    WRITE_IN_UNKNOWN = "R-723"
    # R-730..R-739: sheets, batches and boxes, continued
    SHEET_INCOMPLETE = "R-730"
    NOTHING_TO_RESTATE = "R-731"
    POLLING_SUPERSEDED = "R-732"
    BOX_NOT_SENT = "R-733"
    BATCH_ENTERED_ALREADY = "R-734"
    RESULT_NOT_ANNOUNCED = "R-740"
    # result and hand-over
    RESULT_NOT_READY = "R-801"
    # R-82x: the committee's confirmation
    RESULT_COUNTED_ELSEWHERE = "R-820"
    WRITE_INS_UNCHECKED = "R-821"
    RESULT_UNDECIDED = "R-822"
    RESULT_UNCONFIRMED = "R-823"
    # when the laptop fails
    COPY_ABSENT = "R-901"
    COPY_SEVERAL = "R-902"
    COPY_FOLDER_UNFIT = "R-903"
    COPY_MEDIUM_MISSING = "R-904"
    COPY_MEDIUM_FULL = "R-905"
    PAPER_TIME_AHEAD = "R-906"
    PAPER_TIME_TOO_EARLY = "R-907"
    PAPER_LINE_TWICE = "R-908"
    PAPER_LINES_MISSING = "R-909"
    # E, W: findings on a count sheet or a box (errors are impossible, warnings improbable)
    ROW_SUM_WRONG = "E-301"
    BATCH_SUM_WRONG = "E-302"
    TOO_MANY_VOTES = "E-303"
    FIGURE_TOO_LARGE = "E-304"
    VALID_MISREAD = "E-305"
    COLUMN_SHIFTED = "E-306"
    DIGITS_TRANSPOSED = "E-307"
    BOX_TOO_FULL = "E-401"
    BOX_SHORT = "E-402"
    PACKETS_DIFFER = "E-403"
    STOCK_DIFFERS = "E-404"
    ISSUE_DIFFERS = "E-405"
    VOTERS_DIFFER = "E-406"
    MOBILE_BOX_DIFFERS = "E-407"
    BATCHES_DIFFER = "E-408"
    TALLY_DIFFERS = "E-409"
    SEAL_DIFFERS = "E-411"
    CUSTODY_BROKEN = "E-412"
    SEAL_DAMAGED = "E-413"
    CLOCK_AHEAD = "E-414"
    SIGNATURES_DIFFER = "E-415"
    VOID_MANY = "W-201"
    BLANK_MANY = "W-202"
    NOT_RETURNED_MANY = "W-203"
    NOBODY_FOR_ANYBODY = "W-204"
    BOX_WITHOUT_BALLOTS = "W-205"
    BATCH_LOOKS_REPEATED = "W-207"
    BOX_FAR_FROM_REST = "W-208"
    NO_VOTE_IN_ONE_BOX = "W-209"
    DOUBTFUL_MORE_THAN_VOID = "W-210"
    # J: the journal
    JOURNAL_GAP = "J-101"
    JOURNAL_CHAIN_BROKEN = "J-102"
    JOURNAL_ENTRY_ALTERED = "J-103"
    JOURNAL_PRIVATE_ALTERED = "J-104"
    JOURNAL_TIME_REORDERED = "J-105"
    JOURNAL_KIND_UNKNOWN = "J-106"
    JOURNAL_CHECKPOINT_WRONG = "J-107"
    JOURNAL_PROJECTION_DIFFERS = "J-108"
    # B-1: files sealed with SHA256SUMS and a signature
    SEAL_NOT_ZIP = "B-101"
    SEAL_NAME_TWICE = "B-102"
    SEAL_NAME_UNSAFE = "B-103"
    SEAL_TOO_LARGE = "B-104"
    SEAL_REPACKED = "B-105"
    SEAL_SUMS_MISSING = "B-110"
    SEAL_SUMS_UNREADABLE = "B-111"
    SEAL_FILE_UNLISTED = "B-112"
    SEAL_FILE_MISSING = "B-113"
    SEAL_FILE_CHANGED = "B-114"
    SEAL_SIGNATURE_MISSING = "B-120"
    SEAL_SIGNATURE_UNREADABLE = "B-121"
    SEAL_SIGNATURE_WRONG = "B-122"
    SEAL_SIGNER_UNKNOWN = "B-123"
    SEAL_SIGNED_OUTSIDE_VALIDITY = "B-124"
    SEAL_SIGNER_ROLE = "B-125"
    # B-2: bundles
    BUNDLE_NEWER = "B-201"
    BUNDLE_UNREADABLE = "B-202"
    BUNDLE_FILE_UNKNOWN = "B-203"
    BUNDLE_FILE_MISSING = "B-204"
    BUNDLE_OTHER_ELECTION = "B-205"
    BUNDLE_OTHER_STATION = "B-206"
    BUNDLE_WRONG_ROLE = "B-207"
    BUNDLE_JOURNAL_LINE = "B-210"
    BUNDLE_JOURNAL_EMPTY = "B-211"
    BUNDLE_JOURNAL_SENSELESS = "B-212"
    BUNDLE_HEAD_DIFFERS = "B-213"
    BUNDLE_END_UNSIGNED = "B-214"
    BUNDLE_UNFINISHED = "B-215"
    BUNDLE_ENTRY_FOREIGN = "B-216"
    BUNDLE_CERTIFICATE_WRONG = "B-217"
    BUNDLE_TOTAL_DIFFERS = "B-220"
    BUNDLE_RESULT_DIFFERS = "B-221"
    BUNDLE_ISSUED_TWICE = "B-222"
    BUNDLE_ACCOUNT_DIFFERS = "B-223"
    BUNDLE_ONE_PERSON = "B-224"
    BUNDLE_ONE_COUNTER = "B-225"
    BUNDLE_POLLING_MISSING = "B-230"
    BUNDLE_POLLING_DIFFERS = "B-231"
    BUNDLE_ROUND_WITHOUT_ORIGIN = "B-240"
    BUNDLE_ROUND_OF_OTHER_BUNDLES = "B-241"
    BUNDLE_ROUND_AGAINST_LAW = "B-242"
    BUNDLE_ROUND_DIFFERS = "B-243"
    # B-3: keys and certificates
    KEY_WRONG_PASSPHRASE = "B-301"
    KEY_UNREADABLE = "B-302"
    KEY_OF_OTHER_CERTIFICATE = "B-303"
    KEY_EXISTS = "B-304"
    KEY_PASSPHRASE_SHORT = "B-305"
    CERTIFICATE_UNREADABLE = "B-310"
    CERTIFICATE_NO_ROOT = "B-311"
    # P-1: the committee's folder
    FOLDER_FILE_MISSING = "P-101"
    FOLDER_FILE_TWICE = "P-102"
    FOLDER_FILE_UNREADABLE = "P-103"
    COLUMN_MISSING = "P-104"
    COLUMN_TWICE = "P-105"
    FIELD_MISSING = "P-106"
    FIELD_INVALID = "P-107"
    TABLE_EMPTY = "P-108"
    FOLDER_STATION_UNKNOWN = "P-110"
    FOLDER_CONTEST_UNKNOWN = "P-111"
    ROLE_UNKNOWN = "P-112"
    PROFILE_UNKNOWN = "P-113"
    DATE_UNREADABLE = "P-114"
    SEX_UNKNOWN = "P-115"
    NAME_UNFIT = "P-116"
    DUPLICATE_VALUE = "P-120"
    CANDIDATE_TWICE = "P-121"
    ID_NUMBER_LENGTH = "P-130"
    ID_NUMBER_CHECK_DIGIT = "P-131"
    ID_NUMBER_BIRTH = "P-132"
    ID_NUMBER_NOT_TEXT = "P-133"
    VOTER_UNIDENTIFIED = "P-134"
    VOTER_UNDER_AGE = "P-135"
    CHARACTER_UNPRINTABLE = "P-140"
    SEATS_BEYOND_LAW = "P-150"
    STATION_BOXES = "P-151"
    STATION_IDLE = "P-152"
    STATION_WITHOUT_VOTERS = "P-153"
    STAFF_SHORT = "P-154"
    STAFF_PASSPHRASE_SHORT = "P-155"
    # P-16x: what is listed about candidates
    CANDIDATE_UNKNOWN = "P-160"
    EDUCATION_UNKNOWN = "P-161"
    YES_NO_UNKNOWN = "P-162"
    POST_NOT_HERE = "P-170"
    POST_TWICE = "P-171"
    POSTS_APART = "P-172"
    # W-1: improbable in the committee's folder, said and not refused
    CANDIDATES_OUT_OF_RANGE = "W-101"
    ID_NUMBER_SEX = "W-102"
    # P-2: opening a package
    PACKAGE_WRONG_PASSPHRASE = "P-201"
    PACKAGE_FOREIGN = "P-202"
    PACKAGE_NEWER = "P-203"
    PACKAGE_DAMAGED = "P-204"
    PACKAGE_OTHER_ELECTION = "P-205"
    # P-3: results of all sites together, and the round that follows from them
    RESULT_SITES_MISSING = "P-301"
    RESULT_TWICE = "P-302"
    RESULT_OTHER_ELECTION = "P-303"
    RESULT_PLANS_DIFFER = "P-304"
    WRITE_IN_JUDGED_TWO_WAYS = "P-305"
    NO_ROUND_FOLLOWS = "P-310"
    BASIS_NOT_CHOSEN = "P-311"
    CANDIDATES_NOT_CHOSEN = "P-312"
    CANDIDATES_AGAINST_LAW = "P-313"
    WRITE_INS_UNSETTLED = "P-314"
    HIGHER_POST_WAITS = "P-315"
    FOLDER_NOT_OF_RESULT = "P-320"
    ROUND_DAY_TOO_EARLY = "P-321"
    NOTHING_LEFT_TO_VOTE = "P-322"
    STAFF_IS_CANDIDATE = "P-323"
    STAFF_IS_RELATIVE = "P-324"
    CANDIDATES_NEW = "P-325"
    REGISTER_CHANGED_ON_DAY = "P-326"
    # S-0: the program itself, and files given on the command line
    BUG = "S-001"
    BUG_WITHOUT_LOG = "S-002"
    INPUT_UNREADABLE = "S-010"
    INPUT_NOT_JSON = "S-011"
    INPUT_NO_CASES = "S-012"
    # S-1: a rehearsal and its scenario
    SCENARIO_NOT_TOML = "S-101"
    SCENARIO_FIELD_MISSING = "S-102"
    SCENARIO_FIELD_UNKNOWN = "S-103"
    SCENARIO_FIELD_WRONG = "S-104"
    SCENARIO_NAME_UNKNOWN = "S-105"
    SCENARIO_NAME_TWICE = "S-106"
    SCENARIO_ID_UNUSABLE = "S-107"
    SCENARIO_UNPRINTABLE = "S-108"
    SCENARIO_PARTICIPANTS_MANY = "S-110"
    SCENARIO_PROXIES_MANY = "S-111"
    SCENARIO_BALLOTS_FEW = "S-112"
    SCENARIO_SITE_COUNTS_NOT = "S-113"
    SCENARIO_CONTEST_NOWHERE = "S-114"
    SCENARIO_SEATS_MANY = "S-115"
    SCENARIO_VOID_MANY = "S-116"
    SCENARIO_VOTES_FOR_ONE = "S-117"
    SCENARIO_VOTES_FOR_ALL = "S-118"
    SCENARIO_WRITE_IN_IS_CANDIDATE = "S-119"
    SCENARIO_NO_ROOM_FOR = "S-120"
    SCENARIO_POST_NOT_HERE = "S-140"
    SCENARIO_POST_TWICE = "S-141"
    SCENARIO_POSTS_APART = "S-142"
    REHEARSAL_EXISTS = "S-130"
    REHEARSAL_WENT_ASTRAY = "S-131"


class Refusal(Exception):
    """The user can correct it: what was asked is not possible, and nothing was changed.

    Args:
        code: which refusal.
        facts: values that its sentence needs (numbers, times, names of boxes).
    """

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(f"{code} {code.name}: {facts}")
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """A refusal may come from another process."""
        return _refusal, (self.code, self.facts)


def _refusal(code: Code, facts: dict[str, object]) -> Refusal:
    return Refusal(code, **facts)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong in something that was read: where it stands and what it is.

    ``row`` counts from 1 as the spreadsheet does (the heading is row 1); 0 means the whole file.
    """

    code: Code
    file: str = ""
    row: int = 0
    field: str = ""
    facts: dict[str, object] = {}


class Faults(Exception):
    """Something was read and refused as a whole, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.code} {f.file}:{f.row}:{f.field} {f.facts}" for f in faults[:5]))
        self.faults = faults

    def __reduce__(self) -> tuple[object, ...]:
        """Faults may come from another process."""
        return Faults, (self.faults,)


@contextmanager
def disk_refusals(path: Path) -> Iterator[None]:
    """Turn what the system says about the file at ``path`` into a refusal with a code."""
    try:
        yield
    except OSError as error:
        code = Code.DISK_FULL if error.errno == errno.ENOSPC else Code.FILE_OUT_OF_REACH
        raise Refusal(code, file=path.name) from error
