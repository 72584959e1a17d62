"""The check with public tools, on bundles sealed by openssl alone."""

import subprocess
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECK = Path(__file__).resolve().parent.parent / "installers" / "check-bundle"
FILES = {"manifest.json": b"{}", "documents/report.pdf": b"%PDF-1.7"}


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def sealed(tmp_path: Path) -> dict[str, bytes]:
    """The files of a bundle, signed by a certificate that the root in ``tmp_path`` issued."""
    new_key = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    issued = ["-CA", "root.pem", "-CAkey", "root.key", "-addext", "basicConstraints=critical,CA:FALSE"]
    openssl(tmp_path, *new_key, "-subj", "/CN=Committee", "-keyout", "root.key", "-out", "root.pem")
    openssl(tmp_path, *new_key, "-subj", "/CN=Committee", "-keyout", "other.key", "-out", "other.pem")
    openssl(tmp_path, *new_key, "-subj", "/CN=Station", "-keyout", "own.key", "-out", "own.pem", *issued)
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in FILES.items())
    (tmp_path / "SHA256SUMS").write_text(sums)
    sign = ["cms", "-sign", "-binary", "-in", "SHA256SUMS", "-signer", "own.pem", "-inkey", "own.key"]
    openssl(tmp_path, *sign, "-outform", "DER", "-out", "SHA256SUMS.p7s")
    return FILES | {name: (tmp_path / name).read_bytes() for name in ("SHA256SUMS", "SHA256SUMS.p7s")}


def passes(folder: Path, files: dict[str, bytes], root: str = "root.pem") -> bool:
    with ZipFile(folder / "bundle.zip", "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    command = [CHECK, folder / "bundle.zip", folder / root]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_sealed_bundle_passes(tmp_path: Path, sealed: dict[str, bytes]) -> None:
    assert passes(tmp_path, sealed)


def test_a_changed_a_missing_and_an_added_file_are_found(tmp_path: Path, sealed: dict[str, bytes]) -> None:
    assert not passes(tmp_path, sealed | {"manifest.json": b"{ }"})
    assert not passes(
        tmp_path, {name: content for name, content in sealed.items() if name != "manifest.json"}
    )
    assert not passes(tmp_path, sealed | {"documents/more.pdf": b"%PDF-1.7"})


def test_rewritten_sums_and_another_root_of_the_same_name_are_found(
    tmp_path: Path, sealed: dict[str, bytes]
) -> None:
    forged = b"{ }"
    sums = sealed["SHA256SUMS"].replace(
        sha256(b"{}").hexdigest().encode(), sha256(forged).hexdigest().encode()
    )
    assert not passes(tmp_path, sealed | {"manifest.json": forged, "SHA256SUMS": sums})
    assert not passes(tmp_path, sealed, root="other.pem")
