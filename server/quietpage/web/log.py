"""What a server without a terminal says, into a file that turns over: nothing of pages, tokens or links."""

from __future__ import annotations

import io
import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path

from quietpage.library.private import make_private

MOST_BYTES, KEPT_FILES = 1_000_000, 3  # 4 MB at most
OWN = "quietpage.said"


class Quiet(logging.Formatter):
    """Writes a defect as its kind and its place: messages quote what they choke on. Others' words are not filled in."""

    def format(self, record: logging.LogRecord) -> str:
        said = record.getMessage() if record.name == OWN else f"{record.name}: {record.msg}"
        kind, _, trace = record.exc_info or (None, None, None)
        place = f"\n{kind.__name__}\n{frames(trace)}" if kind else ""
        return f"{self.formatTime(record)} {record.levelname.lower()} {said}{place}"


class Said(io.TextIOBase):
    """Standard output or error, as lines of the log."""

    def __init__(self, level: int) -> None:
        self._level = level

    def write(self, text: str) -> int:
        for line in filter(None, map(str.rstrip, text.splitlines())):
            logging.getLogger(OWN).log(self._level, "%s", line.strip())
        return len(text)


def usual_file() -> Path:
    """The log's file in the folder where this platform keeps logs."""
    return user_log_path("quietpage", appauthor=False) / "server.log"


def say_into(file: Path, level: str) -> None:
    """From now on, this process says what it says into a file. Raises OSError where it cannot be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    make_private(file)
    handler = RotatingFileHandler(file, maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    handler.setFormatter(Quiet())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    sys.stdout, sys.stderr = Said(logging.INFO), Said(logging.ERROR)
    threading.excepthook = lambda defect: say_defect(defect.exc_type, defect.exc_traceback)
    sys.excepthook = lambda kind, _, trace: say_defect(kind, trace)


def say_defect(kind: type[BaseException], trace: TracebackType | None) -> None:
    logging.getLogger(OWN).error("%s\n%s", kind.__name__, frames(trace))


def frames(trace: TracebackType | None) -> str:
    return "".join(traceback.format_tb(trace)).rstrip()
