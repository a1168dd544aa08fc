"""The whole product, started as a newcomer starts it, and what can be read off its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What is running → words of its command line.
ROLES = {
    "web": "gunicorn",
    "beat": "\0beat",
    "worker": "\0worker",
    "poller": "send_outbox",
    "postgres": "postgres",
    "redis": "redis-server",
}


class Product:
    """`manage.py up` on a data folder and port of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start, wait until it says that it is ready; the seconds it took."""
        keep = {"PATH", "HOME", "LANG"}
        environment = {name: value for name, value in os.environ.items() if name in keep}
        environment |= {"DATA": str(self.data), "PORT": str(self.port)}
        log = (self.data.parent / "up.log").open("ab")
        began = time.monotonic()
        self.process = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        while time.monotonic() - began < 180:
            if self._answers():
                return time.monotonic() - began
            time.sleep(0.1)
        raise RuntimeError("the product did not become ready")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200 and answer.read().strip() == b"ready")
        except OSError:
            return False

    def wait_for_demo(self) -> None:
        """Wait until the fourteen months are filled in."""
        limit = time.monotonic() + 400
        while (self.data / "demo-state").read_text().strip() != "complete":
            if time.monotonic() > limit:
                raise RuntimeError("the demo was not filled in")
            time.sleep(0.5)

    def stop(self) -> None:
        """Ctrl-C, and wait."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)
            self.process = None

    def descendants(self) -> list[int]:
        """Every process of it."""
        assert self.process is not None
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    status = (entry / "stat").read_text()
                except OSError:
                    continue
                parents.setdefault(int(status.rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            waiting += parents.get(pid, [])
        return found

    def memory_mb(self) -> float:
        """Proportional set size of everything, in MB."""
        total = 0
        for pid in self.descendants():
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024

    def peaks(self) -> dict[str, float]:
        """The largest memory that any process of each kind has held since its start, in MB."""
        found: dict[str, float] = {}
        for pid in self.descendants():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_text()
                peak = peak_mb(pid)
            except OSError:
                continue
            role = next((role for role, mark in ROLES.items() if mark in command), None)
            if role:
                found[role] = max(found.get(role, 0), peak)
        return found

    def web_environment(self) -> dict[str, str]:
        """What the web server was told: roles, keys, sockets."""
        for pid in self.descendants():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                raw = Path(f"/proc/{pid}/environ").read_bytes()
            except OSError:
                continue
            if b"gunicorn" in command:
                return dict(part.split("=", 1) for part in raw.decode().split("\0") if "=" in part)
        raise RuntimeError("no web server is running")


def peak_mb(pid: int) -> float:
    """The largest resident memory of a process since its start, shared pages included."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0)


def cpu_seconds(pids: list[int]) -> float:
    """CPU time that these processes have used."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
