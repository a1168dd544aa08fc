"""A pair of keys for backups: the public half for the server, the private half for a safe place elsewhere.

`python -m clinic.backup.key_pair FILE` (`make backup-key`) needs no settings: the pair is made where no server is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pyrage import x25519


def make_key_pair(path: Path) -> str:
    """Write the private half into a new file, for its owner's eyes only; the public half. Raises OSError, FileExistsError above all."""
    pair = x25519.Identity.generate()
    public = str(pair.to_public())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n# public key: {public}\n{pair}\n")
    return public


def main(arguments: Sequence[str] = sys.argv[1:]) -> int:
    """Make a pair, and say what to do with its halves; 1 when the file cannot be made."""
    if len(arguments) != 1 or not arguments[0]:
        sys.stderr.write("Say where the private half shall be written: make backup-key FILE=backlight-backup.key\n")
        return 1
    path = Path(arguments[0])
    try:
        public = make_key_pair(path)
    except OSError as error:
        sys.stderr.write(f"{path}: {error.strerror}. Nothing was made.\n")
        return 1
    sys.stderr.write(f"The private half is in {path}. Whoever has it reads every backup; without it no backup can be read.\n")
    sys.stderr.write("The public half, for the server's environment or as KEY= of `make backup`:\n")
    sys.stdout.write(f"BACKUP_PUBLIC_KEY={public}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
