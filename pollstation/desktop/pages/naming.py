"""How the pages name voters, contests, boxes, moments and refusals."""

from collections.abc import Mapping
from datetime import date

from pollstation.desktop.pages.station_names import box_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.result_list import ResultRow
from pollstation.domain.ballots import Channel
from pollstation.domain.contests import Contest, Plan
from pollstation.domain.errors import Refusal
from pollstation.domain.register import Voter
from pollstation.i18n import N_, _
from pollstation.services.issuing import Card
from pollstation.wording import sentence, terms
from pollstation.wording.facts import clock_time
from pollstation.wording.ways_on import ways_on

GAP = "    "
SEXES = {"female": N_("female"), "male": N_("male")}
SHOWN_DIGITS = 4
HIDDEN = "∗∗∗∗"


def contest_name(contest: Contest) -> str:
    """What stands at the head of the ballot paper."""
    return terms.paper(contest)


def refused(plan: Plan, refusal: Refusal) -> tuple[str, str]:
    """What is wrong and what to do, with contests and boxes named as people name them."""
    return sentence(refusal.code, _named(plan, refusal.facts))


def told(plan: Plan, refusal: Refusal) -> tuple[str, list[str]]:
    """What is wrong in one sentence, and the ways on, each with who may go it."""
    wrong, remedy = refused(plan, refusal)
    return wrong, ways_on(refusal.code, _named(plan, refusal.facts)) or [remedy]


def _named(plan: Plan, facts: Mapping[str, object]) -> dict[str, object]:
    contests = {contest.id: contest_name(contest) for contest in plan.contests}
    boxes = {box.id: box.label for box in (*plan.station.boxes, *plan.counted_boxes)}
    names = {"contest": contests, "box": boxes, "what": contests}
    return {
        key: names[key].get(fact, fact) if key in names and isinstance(fact, str) else fact
        for key, fact in facts.items()
    }


def beside_name(voter: Voter, day: date) -> list[str]:
    """What stands beside a voter's name: sex, age on the day of the election."""
    age = _("{years} years", years=_age(voter.birth, day)) if voter.birth else ""
    return [fact for fact in (_sex(voter), age) if fact]


def below_name(voter: Voter) -> list[str]:
    """What stands below it: birth date, card, group, address, the end of the identity number."""
    born = _("born {date}", date=voter.birth.isoformat()) if voter.birth else ""
    card = _("card {number}", number=voter.card)
    return [fact for fact in (born, card, voter.group, voter.address, masked(voter.id_number)) if fact]


def masked(id_number: str) -> str:
    """The identity number with all but its end hidden."""
    if not id_number:
        return ""
    end = id_number[-SHOWN_DIGITS:]
    return _("ID {number}", number=HIDDEN + end)


def one_line(voter: Voter) -> str:
    """A voter in one line: name, birth date, card."""
    born = voter.birth.isoformat() if voter.birth else ""
    return "  ".join(part for part in (voter.name, born, _("card {number}", number=voter.card)) if part)


def _sex(voter: Voter) -> str:
    return _(SEXES[voter.sex]) if voter.sex in SEXES else ""


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def voter_row(plan: Plan, card: Card) -> ResultRow:
    """A voter in a list, with what tells namesakes apart and how things stand."""
    voter = card.voter
    chip, kind = standing(plan, card)
    beside = [_sex(voter), voter.birth.isoformat() if voter.birth else ""]
    below = [voter.group, voter.address, _("card {number}", number=voter.card)]
    return ResultRow(
        key=voter.token,
        title=voter.name,
        beside=GAP.join(filter(None, beside)),
        below=GAP.join(filter(None, below)),
        chip=chip,
        kind=kind,
    )


def standing(plan: Plan, card: Card) -> tuple[str, Kind]:
    """How a voter stands, in a word or two."""
    record = card.record
    if record.in_conflict:
        return _("served twice"), Kind.WRONG
    if record.issues and not card.ready:
        first = record.issues[0]
        if first.channel is Channel.MOBILE:
            return box_titled(plan, first.box), Kind.CAUTION
        at = clock_time(first.time)
        words = (
            _("by proxy {time}", time=at) if first.channel is Channel.PROXY else _("voted {time}", time=at)
        )
        return words, Kind.PLAIN
    if record.struck:
        return _("struck off"), Kind.WRONG
    if record.authority:
        return _("gave authority"), Kind.CAUTION
    if not card.ready:
        return _("no ballot here"), Kind.PLAIN
    return _("may vote"), Kind.GOOD
