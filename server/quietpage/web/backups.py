"""A backup every day, made by the server while it runs: in a thread of its own, off the path of every request."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from quietpage.library.backups import BackupFailed, Stopped, back_up_today

FIRST_AFTER_SECONDS = 20.0  # the start belongs to the person who waits for it
LOOK_EVERY_SECONDS = 1800.0  # a machine that slept over midnight has its backup soon after


class DailyBackups:
    """Backs a library up once a day, while that is ``wanted``, until ``stop`` is called.

    What is broken off is begun anew at the next start.
    """

    def __init__(
        self,
        library: Path,
        first_after: float = FIRST_AFTER_SECONDS,
        look_every: float = LOOK_EVERY_SECONDS,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._library, self._wanted = library, wanted
        self._first_after, self._look_every = first_after, look_every
        self._stopped = threading.Event()
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="backups", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, at once, also in the midst of a backup."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        pause = self._first_after
        while not self._stopped.wait(pause):
            if self._wanted():
                self._back_up()
            pause = self._look_every

    def _back_up(self) -> None:
        try:
            back_up_today(self._library, date.today(), self._stopped.is_set)
            self._told = ""
        except Stopped:
            return
        except (BackupFailed, OSError) as error:
            if self._told != str(error):  # once is enough; it is tried again
                self._told = str(error)
                print(f"  No backup: {error}", file=sys.stderr, flush=True)
