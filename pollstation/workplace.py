"""A laptop at work: the file of the day, the printed forms and the bundles, put together for every face.

Desktop, command line and rehearsal all go through here, so that what is rehearsed is what is done.
"""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from pollstation.bundles.package import open_package
from pollstation.bundles.result_bundle import pack_bundle, read_polling
from pollstation.documents.bundle_filling import bundle_forms
from pollstation.documents.register_files import RegisterFiles, RegisterUpdate
from pollstation.domain.journal import Entry
from pollstation.domain.staff import Act, Session, require
from pollstation.services import counting_site, crew_files, handing_over, preparing, second_copy
from pollstation.services.bundle_content import BundleContent
from pollstation.services.counting_site import PollingBundle
from pollstation.services.handing_over import HandedOver
from pollstation.services.ports import Answer, Clock, Package, Reading, UnitOfWork
from pollstation.services.second_copy import CopyState, CopyStatus
from pollstation.store import StationFile

T = TypeVar("T")

_REGISTER = "marked-register"
"""The setting that says whether the marked register is written beside the second copy."""


class Workplace:
    """One station's laptop on one election day."""

    def __init__(self, file: StationFile) -> None:
        self.file = file
        self._register = RegisterFiles() if file.read(_keeps_register) else None

    @classmethod
    def prepare(cls, path: Path, package: bytes, passphrase: str, root: bytes, clock: Clock) -> "Workplace":
        """Make the file of the day out of an election package; the package's passphrase becomes the file's.

        Args:
            package: the bytes of the package file.
            root: the election committee's root certificate (PEM), got on another way than the package.
        """
        file = StationFile.create(path, passphrase, open_package(package, passphrase, root), clock)
        file.write(preparing.load)
        return cls(file)

    @classmethod
    def open(cls, path: Path, passphrase: str, clock: Clock) -> "Workplace":
        """Open the file of the day again."""
        return cls(StationFile.open(path, passphrase, clock))

    def write(self, duty: Callable[[UnitOfWork], T]) -> Answer[T]:
        """Do one use case: one transaction, one fsync."""
        answer = self.file.write(duty)
        if self._register is not None:
            self._register.note(answer.changed)
        return answer

    def read(self, query: Callable[[Reading], T]) -> T:
        """Answer one question, all of one moment."""
        return self.file.read(query)

    def check_polling(self, data: bytes) -> PollingBundle:
        """Verify a polling station's bundle against the committee's root, and that it is counted here."""
        bundle = read_polling(data, self.read(lambda unit: unit.setting("root")))
        self.read(lambda unit: counting_site.require_expected(unit, bundle))
        return bundle

    def study(self, query: Callable[[Reading], T]) -> T:
        """As :meth:`read`, for what takes long: any thread may ask, and no act waits for the answer."""
        return self.file.study(query)

    def receive_polling(self, by: Session, witness: Session, data: bytes) -> Answer[int]:
        """Verify a polling station's bundle and take it in."""
        bundle = self.check_polling(data)
        return self.write(lambda unit: counting_site.receive_polling(unit, by, witness, bundle))

    def crew_file(
        self, by: Session, witness: Session, box: str, path: Path, passphrase: str, clock: Clock
    ) -> Answer[int]:
        """Make the file that the crew of a mobile box takes along on a laptop of its own.

        Args:
            path: where it shall lie; nothing may be there yet.
            passphrase: of the crew file, not of the station's.

        Returns:
            How many voters are in it.
        """
        device = f"{box}-{secrets.token_hex(2)}"

        def write(package: Package, entries: Sequence[Entry]) -> None:
            with StationFile.create(path, passphrase, package, clock, device) as file:
                file.merge(entries)

        return self.write(lambda unit: crew_files.make(unit, by, witness, box, device, write))

    def take_in_crew(
        self, by: Session, witness: Session, box: str, path: Path, passphrase: str, clock: Clock
    ) -> Answer[int]:
        """Take in what the crew wrote into its file on the way; how many entries were new."""
        with StationFile.open(path, passphrase, clock) as file:
            device = file.device
            entries = [each for each in file.read(lambda unit: unit.entries()) if each.device == device]
        return self.write(lambda unit: crew_files.take_in(unit, by, witness, box, device, entries))

    def hand_over(
        self, by: Session, witness: Session, languages: Sequence[str] = ("zh_CN", "en")
    ) -> Answer[HandedOver]:
        """Print the forms, sign everything into one bundle, and write down that it left.

        Args:
            languages: of the forms; two make bilingual forms.
        """
        seal = partial(_seal, languages=tuple(languages))
        return self.write(lambda unit: handing_over.hand_over(unit, by, witness, seal))

    def copy_to(self, by: Session, folder: Path | None) -> Answer[None]:
        """Keep a second copy of the file in ``folder`` from now on; None keeps none."""
        require(by, Act.OPEN)
        self.file.copy_to(folder)
        return self.write(lambda unit: second_copy.note_choice(unit, by, kept=folder is not None))

    def copy_status(self) -> CopyStatus | None:
        """How the second copy stands, None where none is kept; any thread may ask."""
        return self.file.copy_status()

    def tend_copy(self) -> None:
        """To be called every few seconds: make a full copy where another medium was put in."""
        self.file.tend_copy()

    @property
    def keeps_register(self) -> bool:
        """Whether the marked register is written beside the second copy; any thread may ask."""
        return self._register is not None

    def keep_register(self, by: Session, wanted: bool) -> None:
        """Write the marked register beside the second copy from now on, as PDF that anybody can read."""
        require(by, Act.OPEN)
        self.file.write(lambda unit: unit.keep(_REGISTER, b"1" if wanted else b""))
        self._register = RegisterFiles() if wanted else None

    def register_due(self) -> tuple[Path, RegisterUpdate] | None:
        """What of the marked register has to be written, and where; None where nothing is, or nowhere."""
        status = self.copy_status()
        if self._register is None or status is None or status.state is CopyState.MISSING:
            return None
        update = self.file.read(self._register.due)
        return (status.folder / f"{self.file.device}-register", update) if update.forms else None

    def write_register_anew(self) -> None:
        """To be called when it could not be written: the next time, all of it is due."""
        if self._register is not None:
            self._register.begin_again()

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def __enter__(self) -> "Workplace":
        return self

    def __exit__(self, *_unused: object) -> None:
        self.close()


def _keeps_register(unit: Reading) -> bool:
    try:
        return unit.setting(_REGISTER) != b""
    except KeyError:
        return False


def _seal(unit: Reading, content: BundleContent, *, languages: tuple[str, ...]) -> bytes:
    forms = bundle_forms(unit, content, languages)
    return pack_bundle(
        content, forms, unit.setting("station-key"), unit.setting("station-certificate"), unit.setting("root")
    )
