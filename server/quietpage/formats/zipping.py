"""A ZIP archive written while it is sent: no more of it is held at a time than one of its files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_TIME = datetime(1980, 1, 1, tzinfo=UTC)  # that the format knows
LAST_TIME = datetime(2107, 12, 31, tzinfo=UTC)
READABLE = 0o100644 << 16  # a file that its owner may write and others may read


@dataclass(frozen=True, slots=True)
class File:
    """A file of an export: its path with ``/``, what is in it, and when it was made. Pictures are not packed again."""

    path: str
    data: bytes
    time: datetime = FIRST_TIME
    packed: bool = True


class _Sink(io.RawIOBase):
    """What a ZIP is written to. It can be gone back in as far as it was not taken away yet: to the last file's start.

    So each file's size stands before it, as readers want that do not wait for the end.
    """

    def __init__(self) -> None:
        self._base = 0
        self._buffer = io.BytesIO()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._base + self._buffer.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return self._base + self._buffer.seek(place - self._base if whence == 0 else place, whence)

    def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes are all a ZipFile writes
        return self._buffer.write(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        data = self._buffer.getvalue()
        self._base += len(data)
        self._buffer = io.BytesIO()
        return data


def zipped(files: Iterable[File]) -> Iterator[bytes]:
    """These files as one archive, in pieces."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            moment = min(max(file.time.astimezone(UTC), FIRST_TIME), LAST_TIME)
            entry = zipfile.ZipInfo(file.path, moment.timetuple()[:6])
            entry.external_attr = READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED if file.packed else zipfile.ZIP_STORED
            archive.writestr(entry, file.data)
            yield sink.take()
    yield sink.take()
