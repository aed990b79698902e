"""Who works at which request: saves wait for each other, and never keep anybody from reading.

A save may take seconds, and a browser that comes back sends all that it has kept. With one queue for all, as many saves
as there are threads would keep every other request waiting until the first of them is done.
"""

from __future__ import annotations

from typing import Any

from waitress.task import ThreadedTaskDispatcher

OTHERS, SAVES, LARGE_SAVES = 6, 2, 2  # threads
LARGE_BODY_BYTES = 1_000_000  # of a save that may keep its thread for long
SAVES_TO = ("/api/articles", "/api/articles/single-file")


class Lanes(ThreadedTaskDispatcher):
    """Three queues, each with threads of its own: saves, large saves, and all else."""

    def __init__(self) -> None:
        super().__init__()
        self.saves, self.large_saves = ThreadedTaskDispatcher(), ThreadedTaskDispatcher()
        self.set_thread_count(OTHERS)
        self.saves.set_thread_count(SAVES)
        self.large_saves.set_thread_count(LARGE_SAVES)

    def add_task(self, task: Any) -> None:
        """Put a connection whose next request is complete into its queue."""
        request = task.requests[0]
        if request.error or request.command != "POST" or request.path not in SAVES_TO:
            super().add_task(task)
        else:
            (self.large_saves if request.content_length > LARGE_BODY_BYTES else self.saves).add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """Let all threads end with what they are at."""
        for lane in (self.saves, self.large_saves):
            lane.set_thread_count(0)
            lane.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))
