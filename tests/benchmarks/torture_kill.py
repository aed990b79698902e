"""Kill the server in the midst of saving, again and again, and look for what was acknowledged."""

from __future__ import annotations

import queue
import random
import threading
import time
from pathlib import Path

from benchmarks.torture_server import Client, Figure, Server, wrong_with

CLIENTS = 16
LIVES = (0.02, 2.0)  # seconds from the first acknowledged save of a round to the kill


class Savers:
    """Clients that save what is in a queue; what the server did not acknowledge goes back into it."""

    def __init__(self, server: Server, saves: int) -> None:
        self.server, self.waiting = server, queue.Queue[int]()
        for number in range(1, saves + 1):
            self.waiting.put(number)
        self.acknowledged: set[int] = set()
        self.again = 0  # saves that were sent once more
        self.refused: list[int] = []
        self._lock = threading.Lock()

    def round(self) -> list[threading.Thread]:
        """Save until the server is gone, or nothing is left to do."""
        self.first = threading.Event()
        threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    def _work(self) -> None:
        client = Client(self.server)
        while True:
            try:
                number = self.waiting.get_nowait()
            except queue.Empty:
                break
            answer = client.save(number)
            with self._lock:
                if answer.status in (200, 201):
                    self.acknowledged.add(number)
                    self.first.set()
                    continue
                self.waiting.put(number)
                self.again += 1
                if answer.status:
                    self.refused.append(answer.status)
            break
        client.close()


def kill(folder: Path, seed: int, rounds: int, saves: int) -> list[Figure]:
    """So many saves by sixteen clients, and so many kills among them. After each, the library is looked over."""
    chance, server = random.Random(seed), Server(folder / "kill.db")
    savers, wrong, kills, in_flight = Savers(server, saves), list[str](), 0, 0
    begun, worst = time.monotonic(), 0.0
    for number in range(rounds):
        threads = savers.round()
        savers.first.wait(30)
        share = savers.waiting.qsize() / max(1, rounds - number)  # saves, so that some are left for every round
        until = time.monotonic() + chance.uniform(*LIVES)
        goal = len(savers.acknowledged) + chance.uniform(0, 2 * share)
        while time.monotonic() < until and len(savers.acknowledged) < goal:
            time.sleep(chance.uniform(0, 0.01))
        before = savers.again
        server.kill()
        kills += 1
        for thread in threads:
            thread.join()
        in_flight += savers.again - before
        wrong += wrong_with(server.db, savers.acknowledged)
        started = time.monotonic()
        server.start()
        worst = max(worst, time.monotonic() - started)
    while not savers.waiting.empty():
        for thread in savers.round():
            thread.join()
    server.kill()
    wrong += wrong_with(server.db, savers.acknowledged)
    seconds = time.monotonic() - begun
    return [
        Figure(
            f"{saves} saves by {CLIENTS} clients, the server killed {kills} times among them",
            f"{len(savers.acknowledged)} acknowledged, {in_flight} on their way at a kill, sent again; {seconds:.0f} s",
            len(savers.acknowledged) == saves and not savers.refused,
        ),
        Figure("… missing, doubled, not whole, or damage in the file or the index", str(wrong or 0), not wrong),
        Figure("… the longest start after a kill", f"{worst:.1f} s", True),
    ]
