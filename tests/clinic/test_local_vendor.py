"""The committed browser files are those that vendor.lock pins."""

import base64
import hashlib
import tarfile
from pathlib import Path, PurePosixPath

import pytest

from clinic.local.vendor import ROOT, Pin, WrongArchive, read_lock, take


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An npm archive of a package with one file."""
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.css").write_text("a { color: black }")
    path = tmp_path / "a.tgz"
    with tarfile.open(path, "w:gz") as packed:
        packed.add(tmp_path / "package", "package")
    return path


def _pin(archive: Path, folder: Path, name: str = "a.css") -> Pin:
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    return Pin("a@1.0.0", found, folder, (PurePosixPath(name),))


def test_every_pinned_file_is_committed_and_nothing_else_lies_beside_it() -> None:
    targets = [path for pin in read_lock() for path in pin.targets()]
    committed = [path for pin in read_lock() for path in pin.folder.iterdir()]
    assert sorted(set(committed)) == sorted(targets)
    assert len(targets) > len(read_lock()) > 0


def test_every_vendored_package_brings_its_licence() -> None:
    for pin in read_lock():
        assert [path for path in pin.targets() if path.name.startswith("LICENSE")], pin.package


def test_every_source_map_a_vendored_file_names_is_there() -> None:
    for css in (ROOT / "clinic/static/vendor").rglob("*.css"):
        named = css.read_text(encoding="utf-8").rsplit("sourceMappingURL=", 1)
        assert len(named) == 1 or (css.parent / named[1].split()[0]).exists()


def test_it_copies_the_named_files_of_the_right_archive(archive: Path, tmp_path: Path) -> None:
    take(_pin(archive, tmp_path / "vendor"), archive)
    assert (tmp_path / "vendor" / "a.css").read_text() == "a { color: black }"


def test_it_refuses_an_archive_with_another_hash_and_copies_nothing(archive: Path, tmp_path: Path) -> None:
    pin = _pin(archive, tmp_path / "vendor")
    archive.write_bytes(archive.read_bytes() + b"\n")
    with pytest.raises(WrongArchive, match=r"a@1\.0\.0: vendor\.lock says"):
        take(pin, archive)
    assert not (tmp_path / "vendor").exists()


def test_no_lock_file_names_a_registry() -> None:
    for name in ("requirements.txt", "requirements-local.txt", "requirements-dev.txt", "vendor.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text, name
        assert "--index-url" not in text, name
