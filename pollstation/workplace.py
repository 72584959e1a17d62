"""A laptop at work: the file of the day, the printed forms and the bundles, put together for every face.

Desktop, command line and rehearsal all go through here, so that what is rehearsed is what is done.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from pollstation.bundles.package import open_package
from pollstation.bundles.result_bundle import pack_bundle, read_polling
from pollstation.documents.filling import bundle_forms
from pollstation.domain.staff import Session
from pollstation.services import counting_site, handing_over, preparing
from pollstation.services.bundle_content import BundleContent
from pollstation.services.handing_over import HandedOver
from pollstation.services.ports import Answer, Clock, Reading, UnitOfWork
from pollstation.services.second_copy import CopyStatus
from pollstation.store import StationFile

T = TypeVar("T")


class Workplace:
    """One station's laptop on one election day."""

    def __init__(self, file: StationFile) -> None:
        self.file = file

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
        return self.file.write(duty)

    def read(self, query: Callable[[Reading], T]) -> T:
        """Answer one question, all of one moment."""
        return self.file.read(query)

    def receive_polling(self, by: Session, witness: Session, data: bytes) -> Answer[int]:
        """Verify a polling station's bundle against the committee's root and take it in."""
        root = self.read(lambda unit: unit.setting("root"))
        bundle = read_polling(data, root)
        return self.write(lambda unit: counting_site.receive_polling(unit, by, witness, bundle))

    def hand_over(
        self, by: Session, witness: Session, languages: Sequence[str] = ("zh_CN", "en")
    ) -> Answer[HandedOver]:
        """Print the forms, sign everything into one bundle, and write down that it left.

        Args:
            languages: of the forms; two make bilingual forms.
        """
        seal = partial(_seal, languages=tuple(languages))
        return self.write(lambda unit: handing_over.hand_over(unit, by, witness, seal))

    def copy_to(self, folder: Path | None) -> None:
        """Keep a second copy of the file in ``folder`` from now on; None keeps none."""
        self.file.copy_to(folder)

    def copy_status(self) -> CopyStatus | None:
        """How the second copy stands, None where none is kept; any thread may ask."""
        return self.file.copy_status()

    def tend_copy(self) -> None:
        """To be called every few seconds: make a full copy where another medium was put in."""
        self.file.tend_copy()

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def __enter__(self) -> "Workplace":
        return self

    def __exit__(self, *_unused: object) -> None:
        self.close()


def _seal(unit: Reading, content: BundleContent, *, languages: tuple[str, ...]) -> bytes:
    forms = bundle_forms(unit, content, languages)
    return pack_bundle(
        content, forms, unit.setting("station-key"), unit.setting("station-certificate"), unit.setting("root")
    )
