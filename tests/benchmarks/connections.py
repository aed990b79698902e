"""Hold a thousand connections open against a real server, silent or dripping, and time what others are answered.

    python tests/benchmarks/connections.py
    python tests/benchmarks/connections.py --connections 5000 --seconds 60

Three kinds at once: connections that say nothing, that send a header a byte at a time (slow loris), and that promise a
body and never send it; whoever is cut off comes back a second later. Meanwhile a client asks without a pause. Fails
where one of its requests was not answered or took longer than a second, or the server grew beyond its bounds.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import re
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
SLOWEST_SECONDS = 1.0
MOST_MEMORY_GROWTH = 100 * 1024 * 1024
MOST_FILES = 400
BACK_SECONDS, DRIP_SECONDS = 1.0, 0.1
KINDS = (
    b"",
    b"GET /api/ping HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n",
)


@dataclass
class Figures:
    """What was measured: the seconds each answer took, and how the server fared."""

    seconds: list[float]
    failed: int
    opened: int
    memory_growth: int
    files: int

    def __str__(self) -> str:
        middle, slowest = statistics.median(self.seconds) * 1000, max(self.seconds) * 1000
        return (
            f"{self.opened} connections opened; {len(self.seconds)} requests beside them answered, {self.failed} not; "
            f"{middle:.1f} ms in the middle, {slowest:.0f} the slowest; "
            f"{self.memory_growth / 2**20:+.0f} MB, {self.files} files open"
        )

    @property
    def hold(self) -> bool:
        """Whether the server kept what it promises."""
        return (
            self.failed == 0
            and max(self.seconds) < SLOWEST_SECONDS
            and self.memory_growth < MOST_MEMORY_GROWTH
            and self.files < MOST_FILES
        )


class Crowd:
    """So many connections that mean no good; the server closes some, and others take their place."""

    def __init__(self, port: int, size: int) -> None:
        self.port, self.size, self.opened = port, size, 0
        self.kinds = cycle(KINDS)
        self.selector = selectors.DefaultSelector()
        self.stopping = threading.Event()
        self.full = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        while not self.stopping.is_set():
            for _ in range(self.size - len(self.selector.get_map())):
                self.open()
            self.full.set()
            back = time.monotonic() + BACK_SECONDS
            while time.monotonic() < back and not self.stopping.wait(DRIP_SECONDS):
                self.drip()
        for key in list(self.selector.get_map().values()):
            self.close(key.fileobj)

    def drip(self) -> None:
        """Another byte of each header; those that the server has closed are closed here too."""
        for key, _ in self.selector.select(timeout=0):
            self.close(key.fileobj)
        for key in list(self.selector.get_map().values()):
            if key.data:
                with contextlib.suppress(OSError):
                    key.fileobj.send(b"x")

    def open(self) -> None:
        kind = next(self.kinds)
        with contextlib.suppress(OSError):
            one = socket.create_connection(("127.0.0.1", self.port), timeout=5)
            one.sendall(kind)
            one.setblocking(False)
            self.selector.register(one, selectors.EVENT_READ, data=kind.endswith(b": "))
            self.opened += 1

    def close(self, one: socket.socket) -> None:
        self.selector.unregister(one)
        one.close()


@contextlib.contextmanager
def server() -> Iterator[tuple[psutil.Process, int]]:
    """A server of its own, on a free port; its process and its port."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "quietpage", "--db", f"{folder}/library.db", "serve", "--port", "0"]
        running = subprocess.Popen([*command, "--no-browser"], stdout=subprocess.PIPE, text=True, cwd=ROOT / "server")
        try:
            assert running.stdout
            ports = (re.search(r"127\.0\.0\.1:(\d+)", line) for line in running.stdout)
            yield psutil.Process(running.pid), int(next(filter(None, ports))[1])
        finally:
            running.terminate()
            running.wait(30)


def measure(size: int, seconds: float) -> Figures:
    """Ask without a pause for so many seconds, beside a crowd of so many."""
    allow_files(2 * size)
    took, failed = [], 0
    with server() as (process, port):
        ask(port)
        before = process.memory_info().rss
        crowd = Crowd(port, size)
        crowd.thread.start()
        crowd.full.wait(60)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.monotonic()
            try:
                ask(port)
            except OSError:
                failed += 1
            took.append(time.monotonic() - begun)
        grown = process.memory_info().rss - before
        files = process.num_handles() if sys.platform == "win32" else process.num_fds()
        crowd.stopping.set()
        crowd.thread.join()
    return Figures(took, failed, crowd.opened, grown, files)


def ask(port: int) -> None:
    """One request on a connection of its own. Raises OSError where it is not answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/sign-in")
        if connection.getresponse().status != 200:
            raise OSError("not answered")


def allow_files(wanted: int) -> None:
    """Raise what this process may have open, where the system bounds it."""
    with contextlib.suppress(ImportError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def main() -> int:
    """Measure, and say whether it held."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--connections", type=int, default=1000)
    options.add_argument("--seconds", type=float, default=30)
    asked = options.parse_args()
    figures = measure(asked.connections, asked.seconds)
    print(figures)
    return 0 if figures.hold else 1


if __name__ == "__main__":
    sys.exit(main())
