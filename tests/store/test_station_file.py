"""The file of the day: what it keeps, to whom it opens, and how it says no."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.register import search_keys
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.store import StationFile, encryption
from tests import station
from tests.store.conftest import NewFile
from tests.store.looking import inside, journal, opened

ROOT = Path(__file__).parents[2]


def incident(what: str = "门口拥挤") -> Callable[[UnitOfWork], int]:
    def duty(unit: UnitOfWork) -> int:
        by = station.session("officer-01")
        return unit.append(
            Kind.INCIDENT, "station:S01", by=by, public={"kind": "crowd"}, private={"what": what}
        ).number

    return duty


def refused(path: Path, passphrase: str = station.PASSPHRASE) -> Code:
    with pytest.raises(Refusal) as refusal:
        StationFile.open(path, passphrase, station.TickingClock())
    assert passphrase not in str(refusal.value)
    return refusal.value.code


@contextmanager
def another_program(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs ``script`` with the station file's module at hand."""
    process = subprocess.Popen(
        [sys.executable, "-c", HEAD + script, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


HEAD = """
import sys
from pathlib import Path
from pollstation.store import StationFile
from tests import station
"""

OPEN_AND_WAIT = """
with StationFile.open(Path(sys.argv[1]), station.PASSPHRASE, station.TickingClock()):
    print("open", flush=True)
    sys.stdin.readline()
"""

OPEN_OR_SAY_WHY = """
from pollstation.domain.errors import Refusal
try:
    StationFile.open(Path(sys.argv[1]), station.PASSPHRASE, station.TickingClock()).close()
    print("open")
except Refusal as refusal:
    print(refusal.code)
"""

WRITE_FOR_EVER = """
from tests.store.test_station_file import incident
with StationFile.open(Path(sys.argv[1]), station.PASSPHRASE, station.TickingClock()) as file:
    while True:
        print(file.write(incident()).value, flush=True)
"""


def test_a_new_file_holds_the_whole_package(tmp_path: Path) -> None:
    package = station.package()
    with StationFile.create(
        tmp_path / "day.station", station.PASSPHRASE, package, station.TickingClock()
    ) as file:
        assert re.fullmatch("S01-[0-9a-f]{4}", file.device)
        assert file.path == tmp_path / "day.station"
        device = file.device
    with opened(tmp_path / "day.station") as file:
        assert file.device == device
        assert file.read(lambda day: day.plan) == package.plan
        assert file.read(lambda day: list(day.voters())) == list(package.voters)
        assert file.read(lambda day: list(day.people())) == list(package.people)
        assert file.read(lambda day: day.setting("station-key")) == package.settings["station-key"]
        assert file.read(lambda day: day.voter(station.voter(7).token)) == station.voter(7)
        assert file.read(lambda day: day.person("officer-02")) == package.people[2]
        assert file.read(lambda day: day.head()) is None
        assert file.check() == []
    assert [path.name for path in tmp_path.iterdir()] == ["day.station"]


def test_what_is_not_there_is_a_key_error(new_file: NewFile) -> None:
    with opened(new_file()) as file:
        for missing in (
            lambda day: day.voter("ffffffff"),
            lambda day: day.person("nobody"),
            lambda day: day.setting("nothing"),
        ):
            with pytest.raises(KeyError):
                file.read(missing)


def test_voters_are_found_by_the_beginning_of_a_key_whole_keys_first(tmp_path: Path) -> None:
    package = station.package(voters=1_100)
    with StationFile.create(
        tmp_path / "day.station", station.PASSPHRASE, package, station.TickingClock(), "S01-aaaa"
    ) as file:

        def found(key: str, limit: int = 20) -> tuple[list[int], int]:
            voters, count = file.read(lambda day: day.voters_with_key(key, limit))
            return [voter.number for voter in voters], count

        assert found("李秀英")[0][:3] == [11, 111, 211]
        assert found("李秀英") == (list(range(11, 1_100, 100)), 11)
        assert found("李秀英", limit=2) == ([11, 111], 11)
        assert found(station.voter(345).id_number[-4:]) == ([345], 1)
        assert found("没有") == ([], 0)
        card = next(key for key in search_keys(station.voter(1)) if key.casefold().startswith("c0"))
        numbers, count = found(card[:2])
        assert (len(numbers), count) == (20, 1_000)


def test_nothing_on_the_disk_is_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "day.station"
    with StationFile.create(path, station.PASSPHRASE, station.package(), station.TickingClock()) as file:
        file.write(incident("王秀英在门口摔倒"))
        on_disk = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each != path}
        assert on_disk.keys() == {"day.station-wal", "day.station-shm", "day.station-lock"}
    on_disk["day.station"] = path.read_bytes()
    assert on_disk.pop("day.station-lock") == b""
    secrets = ["王秀英", "officer-01", "crowd", station.voter(3).name, "CREATE TABLE", "SQLite format"]
    secrets += [station.PASSPHRASE, station.voter(3).id_number, "PRIVATE KEY"]
    for name, content in on_disk.items():
        assert len(content) > 4096
        for secret in secrets:
            assert secret.encode() not in content, (name, secret)
            assert secret.encode("utf-16-le") not in content, (name, secret)


def test_two_files_of_one_package_have_nothing_in_common(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        path = tmp_path / name
        StationFile.create(
            path, station.PASSPHRASE, station.package(), station.TickingClock(), "S01-aaaa"
        ).close()
        made.append(path.read_bytes())
    one, two = ({content[place : place + 4096] for place in range(0, len(content), 4096)} for content in made)
    assert not one & two


def test_a_wrong_passphrase_does_not_open_it(new_file: NewFile) -> None:
    path = new_file()
    before = path.read_bytes()
    assert refused(path, "苹果 correct horse 8") is Code.FILE_WRONG_PASSPHRASE
    assert refused(path, station.PASSPHRASE + " ") is Code.FILE_WRONG_PASSPHRASE
    assert path.read_bytes() == before


def test_a_passphrase_opens_it_however_its_letters_were_composed(tmp_path: Path) -> None:
    path = tmp_path / "day.station"
    StationFile.create(path, "Zoe\u0308 123", station.package(), station.TickingClock()).close()
    StationFile.open(path, "Zo\u00eb 123", station.TickingClock()).close()


@pytest.mark.parametrize(
    "content",
    [b"", b"poll", b"SQLite format 3\0" + bytes(4080), b"%PDF-1.7\n" * 999, bytes(8192)],
    ids=["empty", "too-short", "plain-sqlite", "pdf", "zeros"],
)
def test_a_file_that_is_none_of_ours_is_foreign(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.file"
    path.write_bytes(content)
    assert refused(path) is Code.FILE_FOREIGN
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder_are_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.station") is Code.FILE_MISSING
    assert refused(tmp_path) is Code.FILE_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_made_over_another(new_file: NewFile) -> None:
    path = new_file()
    before = path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        StationFile.create(path, station.PASSPHRASE, station.package(), station.TickingClock())
    assert refusal.value.code is Code.FILE_EXISTS
    assert path.read_bytes() == before


def test_what_a_crash_left_of_another_file_does_not_get_into_a_new_one(new_file: NewFile) -> None:
    path = new_file()
    with another_program(WRITE_FOR_EVER, path) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
    path.unlink()
    with pytest.raises(Refusal) as refusal:
        StationFile.create(path, station.PASSPHRASE, station.package(), station.TickingClock())
    assert refusal.value.code is Code.FILE_EXISTS
    assert refusal.value.facts["file"] == f"{path}-wal"


def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        StationFile.create(
            tmp_path / "gone" / "day.station",
            station.PASSPHRASE,
            station.package(),
            station.TickingClock(),
        )
    assert refusal.value.code is Code.FILE_OUT_OF_REACH


def test_a_file_half_made_is_not_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "day.station"
    (tmp_path / "day.station.new").write_bytes(b"poll" + bytes(5000))
    StationFile.create(path, station.PASSPHRASE, station.package(), station.TickingClock()).close()
    assert [each.name for each in tmp_path.iterdir()] == ["day.station"]


def test_a_package_that_cannot_be_stored_leaves_no_file(tmp_path: Path) -> None:
    package = station.package()
    twice = type(package)(
        plan=package.plan, people=package.people, voters=package.voters * 2, settings=package.settings
    )
    with pytest.raises(Exception, match="UNIQUE"):
        StationFile.create(tmp_path / "day.station", station.PASSPHRASE, twice, station.TickingClock())
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_is_found_when_it_is_read_and_by_the_check(new_file: NewFile) -> None:
    path = new_file()
    pages = bytearray(path.read_bytes())
    for place in range(4096 + 50, len(pages), 4096):
        pages[place] ^= 1
    path.write_bytes(pages)
    assert refused(path) is Code.FILE_DAMAGED


def test_a_damaged_page_of_the_register_is_found_by_the_check(new_file: NewFile) -> None:
    path = new_file()
    with inside(path) as connection:
        page = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'voter_key'"
        ).scalar_one()
    pages = bytearray(path.read_bytes())
    pages[(page - 1) * 4096 + 99] ^= 1
    path.write_bytes(pages)
    with opened(path) as file:
        assert {fault.code for fault in file.check()} == {Code.FILE_DAMAGED}
        with pytest.raises(Refusal) as refusal:
            file.read(lambda day: day.voters_with_key("王", 5))
        assert refusal.value.code is Code.FILE_DAMAGED


def test_half_a_file_is_damaged(new_file: NewFile) -> None:
    path = new_file()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path) is Code.FILE_DAMAGED


def test_a_second_program_finds_the_file_busy(new_file: NewFile) -> None:
    path = new_file()
    with another_program(OPEN_AND_WAIT, path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert refused(path) is Code.FILE_BUSY
        other.communicate("\n")
    opened(path).close()


def test_a_second_try_in_one_program_does_not_let_another_in(new_file: NewFile) -> None:
    path = new_file()
    with opened(path) as file:
        assert refused(path) is Code.FILE_BUSY
        with another_program(OPEN_OR_SAY_WHY, path) as other:
            assert other.communicate()[0] == f"{Code.FILE_BUSY}\n"
        file.write(incident())
    with another_program(OPEN_OR_SAY_WHY, path) as other:
        assert other.communicate()[0] == "open\n"


def test_a_killed_program_loses_nothing_that_was_acknowledged(new_file: NewFile) -> None:
    path = new_file()
    for round_ in range(3):
        with another_program(WRITE_FOR_EVER, path) as writer:
            assert writer.stdout is not None
            for _ in range(40 * (round_ + 1)):
                acknowledged = int(writer.stdout.readline())
            writer.kill()
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        with opened(path) as file:
            assert [entry.number for entry in journal(file)][acknowledged - 1 :] in (
                [acknowledged],
                [acknowledged, acknowledged + 1],
            )
            assert file.check() == []


def test_a_full_disk_refuses_and_leaves_the_file_as_it_was(new_file: NewFile) -> None:
    path = new_file()
    with opened(path) as file:
        file.write(incident())
        pages = file._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        file._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Refusal) as refusal:
            for _ in range(100):
                file.write(incident("很长的经过" * 100))
        assert refusal.value.code is Code.DISK_FULL
        before = journal(file)
        file._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert file.write(incident()).value == len(before) + 1
        assert file.check() == []


def test_an_error_of_the_file_tells_no_secrets(new_file: NewFile) -> None:
    with opened(new_file()) as file:
        file._connection.exec_driver_sql("DROP TABLE total")
        file._connection.exec_driver_sql("CREATE TABLE total (name INTEGER PRIMARY KEY) STRICT")
        with pytest.raises(Exception, match="total") as error:
            file.write(
                lambda unit: unit.append(
                    Kind.BALLOTS_ISSUED,
                    "voter:00000001",
                    by=None,
                    public={"contests": ["county-1"], "channel": "in_person", "box": "S01-F"},
                    private={"name": "王秀英"},
                )
            )
        assert "王秀英" not in str(error.value)
        assert "marked" not in str(error.value)


def test_a_use_case_within_a_use_case_is_our_bug(new_file: NewFile) -> None:
    with opened(new_file()) as file:
        with pytest.raises(RuntimeError, match="transaction is open"):
            file.write(lambda unit: file.write(incident()))
        with pytest.raises(RuntimeError, match="transaction is open"):
            file.read(lambda day: file.read(lambda again: again.now))
        assert file.write(incident()).value == 1


def test_only_the_thread_that_opened_the_file_may_use_it(new_file: NewFile) -> None:
    errors: list[str] = []

    def intrude() -> None:
        try:
            file.read(lambda day: day.head())
        except Exception as error:
            errors.append(str(error))

    with opened(new_file()) as file:
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()
    assert "thread" in errors[0]


def test_closing_twice_does_no_harm_and_leaves_one_file(new_file: NewFile) -> None:
    path = new_file()
    file = opened(path)
    file.write(incident())
    file.close()
    file.close()
    assert [each.name for each in path.parent.glob(f"{path.name}*")] == [path.name]
    with opened(path) as again:
        assert len(journal(again)) == 1


def test_keys_are_derived_as_the_standard_recommends() -> None:
    salt = b"poll" + bytes(12)
    assert encryption.derive_key("a", salt) != encryption.derive_key("b", salt)
    assert len(encryption.derive_key("a", salt)) == 32


def test_what_is_studied_holds_up_no_act_and_is_of_one_moment(new_file: NewFile) -> None:
    begun, go_on = threading.Event(), threading.Event()
    seen: list[int] = []

    def long(day: Reading) -> None:
        seen.append(len(day.entries()))
        begun.set()
        go_on.wait(10)
        head = day.head()
        seen.extend([len(day.entries()), head.number if head else 0])

    with opened(new_file()) as file:
        file.write(incident())
        student = threading.Thread(target=file.study, args=(long,))
        student.start()
        assert begun.wait(10)
        assert file.write(incident()).value == 2
        go_on.set()
        student.join()
        assert len(journal(file)) == 2
        assert file.study(lambda day: len(day.entries())) == 2
    assert seen == [1, 1, 1]


def test_closing_waits_for_what_is_studied_and_leaves_one_file(new_file: NewFile) -> None:
    path, begun = new_file(), threading.Event()

    def long(day: Reading) -> None:
        begun.set()
        time.sleep(0.1)
        day.entries()

    with opened(path) as file:
        file.write(incident())
        student = threading.Thread(target=file.study, args=(long,))
        student.start()
        assert begun.wait(10)
    assert [each.name for each in path.parent.glob(f"{path.name}*")] == [path.name]
    student.join()
