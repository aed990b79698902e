"""Take from a running server what it stands on: the disk's room, the lock, the file; and give it back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.torture_server import ROOT, Client, Figure, Server, wrong_with

DISK_MB = 24
BALLAST_MB = 6
LOCKED_SECONDS = 60
READ_WITHIN = 1.0  # seconds


def disk(folder: Path) -> list[Figure]:
    """Everything that is not the process's own fault."""
    return [*full(folder), *read_only(folder), *locked(folder), *deleted(folder), *two_servers(folder)]


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of its own with a few megabytes; None where this machine gives none (that takes Linux, and root)."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], capture_output=True, check=False)


def full(folder: Path) -> list[Figure]:
    """Save until the disk is full, and go on when there is room again."""
    with small_disk(folder) as place:
        if place is None:
            return [Figure("a full disk", "no small disk to be had here; see test_a_full_disk_is_said…", True)]
        ballast = place / "ballast"
        ballast.write_bytes(bytes(BALLAST_MB << 20))
        server, acknowledged, statuses = Server(place / "library.db"), set[int](), set[int]()
        client = Client(server)
        for number in range(1, 2000):
            answer = client.save(number, words=2000)
            statuses.add(answer.status)
            if answer.status != 201:
                break
            acknowledged.add(number)
        refusals = [client.save(3000 + one, words=2000) for one in range(20)]
        statuses |= {one.status for one in refusals}
        reads = [client.get(f"/api/articles/{one}").status for one in range(1, 11)]
        reads += [client.search("harbor1").status for _ in range(10)]
        room = room_for_a_new_thread(server)
        ballast.unlink()
        after = client.save(5000, words=2000)
        server.kill()
        wrong = wrong_with(server.db, acknowledged | ({5000} if after.status == 201 else set()))
        clear = {507} == {one.status for one in refusals} and all(one.retry_after for one in refusals)
        return [
            Figure(
                f"a disk of {DISK_MB} MB filled by saving",
                f"{len(acknowledged)} saved, then {sorted(statuses - {201})}, 20 of 20 with Retry-After",
                clear,
            ),
            Figure(
                "… reading and searching meanwhile",
                f"{reads.count(200)} of 20, over new connections {room}",
                reads == [200] * 20,
            ),
            Figure("… the next save after room was made, without a new start", str(after.status), after.status == 201),
            Figure("… half articles, damage", str(wrong or 0), not wrong),
        ]


def room_for_a_new_thread(server: Server) -> str:
    """Whether reading goes on for connections that are only opened now."""
    answers = []
    for _ in range(10):
        client = Client(server)
        answers.append(client.get("/api/articles").status)
        client.close()
    return f"{answers.count(200)} of 10"


def read_only(folder: Path) -> list[Figure]:
    """Start on a file that may only be read."""
    place = folder / "read-only"
    place.mkdir()
    server = Server(place / "library.db")
    Client(server).save(1)
    server.kill()
    before = {one.name: one.read_bytes() for one in place.iterdir()}
    mounted = False
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # root may write whatever the file says
        bind = [["mount", "--bind", str(place), str(place)], ["mount", "-o", "remount,ro,bind", str(place)]]
        mounted = all(subprocess.run(one, capture_output=True, check=False).returncode == 0 for one in bind)
    else:
        server.db.chmod(0o400)
        mounted = True
    try:
        if not mounted:
            return [Figure("a file that may only be read", "cannot be had here", True)]
        command = [sys.executable, "-m", "quietpage", "--db", str(server.db), "serve", "--no-browser", "--port", "0"]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "server")}
        said = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
        same = {one.name: one.read_bytes() for one in place.iterdir()} == before
    finally:
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            subprocess.run(["umount", str(place)], capture_output=True, check=False)
        else:
            server.db.chmod(0o600)
    last = said.stderr.strip().splitlines()[-1:] or [""]
    clear = said.returncode == 1 and "Traceback" not in said.stderr and same
    return [Figure("a start on a file that may only be read", f"“{last[0].replace(str(folder), '…')}”", clear)]


def locked(folder: Path, seconds: int = LOCKED_SECONDS) -> list[Figure]:
    """Another program holds the file; four clients want to save, one reads."""
    server = Server(folder / "locked.db")
    client = Client(server)
    client.save(1)
    saved: list[tuple[int, bool]] = []
    read: list[tuple[int, float]] = []
    over = threading.Event()

    def save(number: int) -> None:
        mine = Client(server)
        while not over.is_set():
            answer = mine.save(number)
            saved.append((answer.status, bool(answer.retry_after)))
            over.wait(int(answer.retry_after or 1))
        mine.close()

    def look() -> None:
        mine = Client(server)
        while not over.wait(0.1):
            answer = mine.search("harbor1")
            read.append((answer.status, answer.seconds))
        mine.close()

    with closing(sqlite3.connect(server.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        threads = [threading.Thread(target=save, args=(number,)) for number in range(10, 14)]
        threads.append(threading.Thread(target=look))
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        over.set()
        refused = list(saved)
        other.execute("ROLLBACK")
    for thread in threads:
        thread.join()
    after = [client.save(number).status for number in range(20, 25)]
    server.kill()
    clear = bool(refused) and set(refused) == {(503, True)}
    slowest = max(time for _, time in read)
    wrong = wrong_with(server.db, {1, *range(20, 25)})
    return [
        Figure(
            f"another program holds the file for {seconds} s; 4 clients save",
            f"{len(refused)} times 503 with Retry-After, of {len(refused)}",
            clear,
        ),
        Figure(
            "… searches meanwhile",
            f"{sum(status == 200 for status, _ in read)} of {len(read)}, the slowest in {slowest:.2f} s",
            all(status == 200 for status, _ in read) and slowest < READ_WITHIN,
        ),
        Figure(
            "… saves right after; half articles, damage",
            f"{after.count(201)} of 5; {wrong or 0}",
            after == [201] * 5 and not wrong,
        ),
    ]


def deleted(folder: Path) -> list[Figure]:
    """The file is moved away while the server runs, and comes back."""
    if sys.platform == "win32":
        return [Figure("the file deleted while it is served", "Windows does not let go of it", True)]
    server = Server(folder / "deleted.db")
    client = Client(server)
    first = [client.save(number).status for number in range(1, 6)]
    aside = folder / "aside.db"
    server.db.rename(aside)
    away = [client.save(number) for number in range(6, 11)] + [client.search("harbor1") for _ in range(5)]
    none = not server.db.exists()
    aside.rename(server.db)
    back = [client.save(number).status for number in range(11, 16)]
    server.kill()
    wrong = wrong_with(server.db, {*range(1, 6), *range(11, 16)})
    clear = all(one.status == 503 and one.retry_after for one in away) and none
    return [
        Figure(
            "the file taken away while it is served",
            f"{sum(one.status == 503 for one in away)} of 10 times 503; nothing acknowledged, no file made",
            clear,
        ),
        Figure(
            "… and put back, without a new start",
            f"{back.count(201)} of 5 saved; {wrong or 'nothing'} wrong",
            first == back == [201] * 5 and not wrong,
        ),
    ]


def two_servers(folder: Path) -> list[Figure]:
    """A second server for the same library leads to the first."""
    server = Server(folder / "two.db")
    command = [sys.executable, "-m", "quietpage", "--db", str(server.db), "serve", "--no-browser"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "server")}
    said = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    server.kill()
    leads = f"already running at http://127.0.0.1:{server.port}" in said.stdout
    return [Figure("a second server on the same file", "leads to the first" if leads else said.stdout, leads)]
