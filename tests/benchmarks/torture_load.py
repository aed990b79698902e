"""Many clients at once for a while, and a few for long: no error, no lock left behind, memory and descriptors flat."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.torture_server import WORDS, Answer, Client, Figure, Server

FLAT = 0.10
SAVES = 0.3  # of what a client of the crowd does; the others search


class Crowd:
    """Clients that save and search until a number of each is reached, or until they are stopped."""

    def __init__(self, server: Server, clients: int, saves: int | None = None, searches: int | None = None) -> None:
        self.server, self.saves, self.searches = server, saves, searches
        self.answers = Counter[tuple[str, int]]()
        self.times: list[float] = []
        self.acknowledged: set[int] = set()
        self.over = threading.Event()
        self._numbers, self._lock = count(1), threading.Lock()
        self._threads = [threading.Thread(target=self._work, args=(seed,)) for seed in range(clients)]
        for thread in self._threads:
            thread.start()

    def alive(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _next(self, chance: random.Random) -> str | None:
        """What to do next."""
        if self.over.is_set():
            return None
        if self.saves is None or self.searches is None:
            return "save" if chance.random() < SAVES else "search"
        with self._lock:
            if self.saves + self.searches <= 0:
                return None
            saving = chance.random() < self.saves / (self.saves + self.searches)
            self.saves -= saving
            self.searches -= not saving
            return "save" if saving else "search"

    def _work(self, seed: int) -> None:
        client, chance = Client(self.server), random.Random(seed)
        while (doing := self._next(chance)) is not None:
            if doing == "save":
                with self._lock:
                    number = next(self._numbers)
                answer = client.save(number)
            else:
                number, answer = 0, client.search(query(chance))
            self._note(doing, number, answer)
        client.close()

    def _note(self, doing: str, number: int, answer: Answer) -> None:
        with self._lock:
            self.answers[doing, answer.status] += 1
            self.times.append(answer.seconds)
            if number and answer.status in (200, 201):
                self.acknowledged.add(number)


def query(chance: random.Random) -> str:
    """A search as people make them."""
    words = chance.choices(WORDS, k=chance.choice((1, 1, 2, 3)))
    return chance.choice(("{}", "{}", '"{}"', "{} is:unread", "site:site3.example {}")).format(" ".join(words))


def watch(server: Server, crowd: Crowd, seconds: float | None) -> tuple[list[int], list[int]]:
    """Memory and descriptors, once a second, until the crowd is done or so many seconds are over."""
    memory, descriptors, end = [], [], time.monotonic() + (seconds or 1e9)
    while crowd.alive() and time.monotonic() < end:
        memory.append(server.memory())
        descriptors.append(server.descriptors())
        time.sleep(1)
    crowd.over.set()
    crowd.join()
    return memory, descriptors


def growth(values: list[int], warm: int) -> float:
    """By what part the last tenth is above the first tenth after the warming up."""
    rest = values[warm:]
    tenth = max(1, len(rest) // 10)
    first, last = sorted(rest[:tenth]), sorted(rest[-tenth:])
    return last[len(last) // 2] / max(1, first[len(first) // 2]) - 1 if rest else 0.0


def described(crowd: Crowd, seconds: float) -> str:
    done = {name: sum(n for (what, _), n in crowd.answers.items() if what == name) for name in ("save", "search")}
    times = sorted(crowd.times)
    return (
        f"{done['save']} saves and {done['search']} searches in {seconds:.0f} s; "
        f"half in {times[len(times) // 2] * 1000:.0f} ms, 99 % in {times[int(len(times) * 0.99)] * 1000:.0f} ms"
    )


def failed(crowd: Crowd) -> int:
    return sum(number for (_, status), number in crowd.answers.items() if status not in (200, 201))


def is_locked(db: Path) -> bool:
    """Whether somebody still holds the right to write."""
    with closing(sqlite3.connect(db, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
    return False


def load(folder: Path, clients: int = 32, seconds: int = 60) -> list[Figure]:
    """So many clients save and search for so long."""
    server = Server(folder / "load.db")
    begun = time.monotonic()
    crowd = Crowd(server, clients)
    memory, descriptors = watch(server, crowd, seconds)
    said, wrong, locked = described(crowd, time.monotonic() - begun), failed(crowd), is_locked(server.db)
    server.kill()
    grown = growth(memory, 10)
    return [
        Figure(f"{clients} clients save and search for {seconds} s", said, not wrong),
        Figure(
            "… answers that were errors; a lock left behind",
            f"{wrong}; {'one' if locked else 'none'}",
            not (wrong or locked),
        ),
        Figure(
            "… memory after the first 10 s",
            f"{min(memory[10:] or [0]) // 1024} to {max(memory[10:] or [0]) // 1024} MB, at the end {grown:+.0%}",
            abs(grown) <= FLAT,
        ),
        Figure("… descriptors", f"{descriptors[min(10, len(descriptors) - 1)]} → {descriptors[-1]}", True),
    ]


def soak(folder: Path, saves: int, searches: int) -> list[Figure]:
    """So many saves and searches by eight clients; half of the searches come after the last save.

    While a library grows, so does what each connection keeps of it at hand, up to a bound (CACHE_KIB in database.py).
    What leaks would go on growing when it does not.
    """
    server = Server(folder / "soak.db")
    begun = time.monotonic()
    growing = Crowd(server, 8, saves, searches - searches // 2)
    before, _ = watch(server, growing, None)
    middle = time.monotonic()
    resting = Crowd(server, 8, 0, searches // 2)
    memory, descriptors = watch(server, resting, None)
    end = time.monotonic()
    warm = len(memory) // 3
    grown, more = growth(memory, warm), growth(descriptors, warm)
    wrong = failed(growing) + failed(resting)
    server.kill()
    return [
        Figure(f"soak: {saves} saves, {searches} searches, at first", described(growing, middle - begun), not wrong),
        Figure("… then", described(resting, end - middle), not wrong),
        Figure("… answers that were errors", str(wrong), not wrong),
        Figure(
            "… memory while the library grew", f"{before[len(before) // 10] // 1024} to {max(before) // 1024} MB", True
        ),
        Figure(
            "… memory afterwards, after the first third",
            f"{min(memory[warm:]) // 1024} to {max(memory[warm:]) // 1024} MB, at the end {grown:+.0%}",
            abs(grown) <= FLAT,
        ),
        Figure("… descriptors", f"{descriptors[warm]} → {descriptors[-1]}", abs(more) <= FLAT),
    ]
