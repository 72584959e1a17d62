"""A station file made again from its second copy, after the laptop is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

from pollstation.domain.errors import Code, Faults, Refusal, disk_refusals
from pollstation.domain.journal import START, short_code
from pollstation.services.ports import EVERYTHING, Clock
from pollstation.services.second_copy import Restored, note_restored
from pollstation.store import encryption
from pollstation.store.second_copy import FULL, JOURNAL, JournalRead, read_journal
from pollstation.store.station_file import StationFile, remove

STEPS = 4


def no_progress(_done: int, _steps: int) -> None:
    """Tell nobody."""


def restore(
    folder: Path,
    out: Path,
    passphrase: str,
    clock: Clock,
    device: str = "",
    progress: Callable[[int, int], None] = no_progress,
) -> Restored:
    """Make the station file ``out`` from the full copy in ``folder`` and what was appended after it.

    The chain of every device is checked before the file appears under its name; the copy is left as it is.

    Args:
        passphrase: that of the station file.
        device: whose copy, where the folder holds several.
        progress: told how many steps of how many are done; may raise to stop, and nothing is left.

    Raises:
        Refusal: COPY_ABSENT, COPY_SEVERAL, FILE_EXISTS, FILE_WRONG_PASSPHRASE, FILE_DAMAGED, DISK_FULL,
            FILE_OUT_OF_REACH.
        Faults: the entries do not continue each other, or the file does not hold.
    """
    device, full = _find(folder, device)
    if out.exists():
        raise Refusal(Code.FILE_EXISTS, file=str(out))
    draft = out.with_name(out.name + ".restoring")
    try:
        progress(0, STEPS)
        with disk_refusals(out):
            shutil.copyfile(full, draft)
        progress(1, STEPS)
        with disk_refusals(full):
            salt = encryption.read_salt(draft)
            key = encryption.derive_key(passphrase, salt)
            journal = folder / f"{device}{JOURNAL}"
            read = read_journal(journal, key) if journal.exists() else JournalRead([], 0)
        progress(2, STEPS)
        restored = _filled(draft, passphrase, clock, read, progress)
        with disk_refusals(out):
            draft.rename(out)
    finally:
        remove(draft)
    return restored


def _find(folder: Path, device: str) -> tuple[str, Path]:
    found = {path.name.removesuffix(FULL): path for path in sorted(folder.glob(f"*{FULL}"))}
    if device:
        found = {name: path for name, path in found.items() if name == device}
    if not found:
        raise Refusal(Code.COPY_ABSENT, folder=str(folder))
    if len(found) > 1:
        raise Refusal(Code.COPY_SEVERAL, devices=list(found))
    ((device, full),) = found.items()
    return device, full


def _filled(
    draft: Path, passphrase: str, clock: Clock, read: JournalRead, progress: Callable[[int, int], None]
) -> Restored:
    with StationFile.open(draft, passphrase, clock, with_copy=False) as file:
        file.copy_to(None)
        appended = file.take_back(read.commits)
        progress(3, STEPS)
        if faults := file.check():
            raise Faults(faults)
        head, entries = file.read(lambda unit: (unit.head(), unit.count_chosen(EVERYTHING)))
        restored = Restored(
            device=file.device,
            entries=entries,
            appended=appended,
            dropped=read.dropped,
            last=head.time if head else "",
            code=short_code(head.hash if head else START),
        )
        file.write(lambda unit: note_restored(unit, restored))
        progress(STEPS, STEPS)
        return restored
