"""`make demo-reset`: throw the demo's data away. Data that did not begin as a demo is never touched."""

from __future__ import annotations

import os
import shutil
import sys

from clinic.local.demo import Demo
from clinic.local.environment import Place, WrongSetting, read_wishes
from clinic.local.supervisor import Refused, hold

FOLDERS = ("redis", "inbox", "logs", "run")


def main() -> int:
    """Empty the data folder of a demo that is not running; returns the exit code."""
    try:
        wishes = read_wishes({**os.environ, "DEMO": "1"})
        demo = Demo.in_folder(wishes.data)
        if not demo.note.exists():
            print(f"{wishes.data} holds no demo: nothing was removed.", file=sys.stderr)
            return 1
        place = Place(wishes.data)
        hold(place.run / "lock", f"demo-reset (process {os.getpid()})")
    except (Refused, WrongSetting) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    shutil.rmtree(place.cluster(), ignore_errors=True)
    for name in FOLDERS:
        shutil.rmtree(place.data / name, ignore_errors=True)
    for file in (demo.note, place.data / "keys.json"):
        file.unlink(missing_ok=True)
    print(f"The demo in {place.data} is gone. `make run` makes a new one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
