"""Files and folders for one person alone, where the system knows such rights (Windows keeps them by the folder)."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from quietpage.library.location import default_db

BESIDE = ("-wal", "-shm", "-journal", ".serving")  # what stands beside a library, and holds or tells something of it
OF_OTHERS = 0o077  # the rights of everybody but the owner


def make_private(path: Path) -> None:
    """Make a file that is not there yet, and its folder. Raises OSError."""
    make_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def keep_private(path: Path) -> None:
    """Take from the others what rights they have to a library and to what is beside it.

    A copy that a backup program or another machine brought may be readable by all: in it are the secret that sessions
    are signed with, and the hashes of the tokens.
    """
    for one in (path, *(path.with_name(path.name + end) for end in BESIDE)):
        close(one, 0o600)


def make_folder(path: Path) -> None:
    """Make a folder where there is none, private; our own one in the platform's data folder becomes so as well.

    Any other belongs to the person, who chose it: its files are private in it all the same. Raises OSError.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path == default_db().parent:
        close(path, 0o700)


def close(path: Path, mode: int) -> None:
    """Take the others' rights, where there are any and we may: a file of another owner stays as it is."""
    with contextlib.suppress(OSError):
        if path.stat().st_mode & OF_OTHERS:
            path.chmod(mode)
