"""`make vendor`: fetch the pinned browser files, compare their hashes, copy the named files into the repository."""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "vendor.lock"


class WrongArchive(Exception):
    """The archive is not the one that was pinned."""


@dataclass(frozen=True)
class Pin:
    """One line of vendor.lock: an npm package, its archive's hash, and the files taken from it."""

    package: str
    sha512: str
    folder: Path
    files: tuple[PurePosixPath, ...]

    def targets(self) -> list[Path]:
        """Where the files lie in the repository, in the order of the lock."""
        return [self.folder / name.name for name in self.files]


def read_lock(lock: Path = LOCK) -> list[Pin]:
    """The pins of vendor.lock; a line is `package@version sha512 folder file…`, `#` starts a comment line."""
    pins = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            package, sha512, folder, *files = line.split()
            pins.append(Pin(package, sha512, ROOT / folder, tuple(PurePosixPath(name) for name in files)))
    return pins


def take(pin: Pin, archive: Path) -> None:
    """Copy the pinned files out of an npm archive; raises WrongArchive when its hash differs from the lock."""
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != pin.sha512:
        raise WrongArchive(f"{pin.package}: vendor.lock says {pin.sha512}, the archive is {found}")
    pin.folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as contents:
        for name, target in zip(pin.files, pin.targets(), strict=True):
            source = contents.extractfile(f"package/{name}")
            if source is None:
                raise WrongArchive(f"{pin.package}: {name} is not a file")
            with target.open("wb") as copy:
                shutil.copyfileobj(source, copy)


def fetch(package: str, folder: Path) -> Path:
    """Let npm download one package's archive into a folder."""
    done = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    return folder / done.stdout.split()[-1]


def main() -> int:
    """Renew every file named in vendor.lock."""
    if shutil.which("npm") is None:
        print("make vendor needs npm. The files are committed: only a change of vendor.lock needs this.", file=sys.stderr)
        return 1
    for pin in read_lock():
        with tempfile.TemporaryDirectory() as folder:
            take(pin, fetch(pin.package, Path(folder)))
        print(f"{pin.package}: {len(pin.files)} files in {pin.folder.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
