"""Prepare what an older library lacks while the server runs: a few articles at a time, so that no save waits for it."""

from __future__ import annotations

import contextlib
import threading

from quietpage.library.database import DatabaseError
from quietpage.library.library import Library

PAUSE_SECONDS = 0.2  # after some 0.05 s of work: 100,000 articles take ten minutes and a fifth of one core


class Preparing:
    """Sketches older articles and reads their links in a thread of its own, until all is done or ``stop`` is called.

    Where it is interrupted, it goes on at the next start: an article without a sketch, or whose links are not known,
    is what is left to do.
    """

    def __init__(self, library: Library, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._library = library
        self._pause_seconds = pause_seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preparing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop after the articles under way."""
        self._stopped.set()
        self.wait()

    def wait(self) -> None:
        """Return when nothing is left to do."""
        self._thread.join()

    def _run(self) -> None:
        with contextlib.suppress(DatabaseError):  # the disk is full, or another process writes for long
            for prepare in (self._library.sketch_older, self._library.read_older_links):
                done: int | None = 0
                while done is not None and not self._stopped.is_set():
                    done = prepare(done)
                    self._stopped.wait(self._pause_seconds if done is not None else 0)
