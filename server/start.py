#!/usr/bin/env python3
"""Set Quietpage up on a fresh machine and start it: ``python3 server/start.py [serve options]``.

Needs Python 3.11 or newer and nothing else. What Quietpage needs goes into ``.venv`` beside this folder;
a later start finds it there and takes no time. ``tests/run.py`` sets the same place up for the tests.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")


class SetupFailed(Exception):
    """Setting up cannot go on; the message tells the person what to do."""


def say(text):
    """Print a line of progress to standard error, which leaves standard output to the command itself."""
    print(text, file=sys.stderr, flush=True)


def is_root():
    """Whether system packages can be installed without asking (never on Windows)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(*packages):
    """Install Debian packages as root. Answers False where that is not possible here."""
    if not (is_root() and shutil.which("apt-get")):
        return False
    say("Installing " + ", ".join(packages) + " with apt-get …")
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": sys.stderr}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    return subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, **quiet).returncode == 0


def make_venv():
    """Make a virtual environment in ``.venv``, replacing a broken one."""
    say("Making a place for Quietpage's own packages in .venv …")
    if not has_ensurepip() and not (apt_install("python3-venv") and has_ensurepip()):
        raise SetupFailed(
            "This Python cannot make virtual environments, because its 'venv' part is missing.\n"
            "On Debian or Ubuntu: sudo apt install python3-venv    Then run the same command again."
        )
    venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")


def has_ensurepip():
    """Debian ships venv without ensurepip: a new environment would have no pip."""
    asked = subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False)
    return asked.returncode == 0


def works():
    """Whether ``.venv`` holds a Python that runs (a moved checkout or a removed Python breaks it)."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def ensure_environment(extra=""):
    """Make ``.venv`` hold what pyproject.toml asks for, ``extra`` (e.g. "dev") included.

    A stamp of pyproject.toml and of the checkout's place tells whether that was done already.
    Raises SetupFailed with a remedy when it cannot be done.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise SetupFailed("Quietpage needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    stamp = VENV / ("installed-" + (extra or "run"))
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted and works():
        return
    if not works():
        make_venv()
    say("Installing what Quietpage needs (once, about half a minute) …")
    target = str(ROOT) + ("[" + extra + "]" if extra else "")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target]
    if subprocess.run(pip, stdout=sys.stderr, check=False).returncode:
        raise SetupFailed("Installing did not succeed (see above). Is the network up? Then run the same command again.")
    stamp.write_text(wanted, encoding="utf-8")


def main():
    """Set up, then hand over to ``quietpage serve`` with the same arguments."""
    try:
        ensure_environment()
    except SetupFailed as problem:
        say(str(problem))
        return 1
    try:
        return subprocess.call([PYTHON, "-m", "quietpage", "serve", *sys.argv[1:]])
    except KeyboardInterrupt:  # the server has heard it too, and has said good-bye
        return 0


if __name__ == "__main__":
    sys.exit(main())
