"""Measure how long a reader waits while pages that take long are being saved, through a real server of its own process.

    python tests/benchmarks/slow_saves.py                    # 0, 1, 6 and 12 of them at once
    python tests/benchmarks/slow_saves.py --saves 6 --seconds 8

Each page has 29,000 tags, the most that is cleaned in the server itself, or 200,000, which is cleaned apart. The table
has the median and the longest wait for a ping, the library's page and a search. The status is 1 where a reader waits
too long, and all saves have to be answered too.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "server")]

from quietpage.library.library import Library  # noqa: E402
from quietpage.web.pairing import new_token, proof_key, token_hash  # noqa: E402

STORY = "<p>The river rose all night, and by the morning the lower fields were gone under water.</p>" * 6
KINDS = {"in the server": 14_500, "apart": 100_000}  # <b>…</b> pairs on a page
ASKED = {"ping": "/api/ping", "library": "/", "search": "/api/articles?q=river"}
PORT = 8765
MEDIAN_SECONDS, MOST_SECONDS = 0.5, 5.0  # for a reader, in the middle and at worst, on two busy cores


def asked(path: str, headers: dict[str, str]) -> tuple[float, int]:
    """Ask for a page; how long that took, and its status."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return time.perf_counter() - begun, answer.status


def save(number: int, pairs: int, headers: dict[str, str]) -> int:
    """Save one slow page; the status."""
    html = f"<title>Rain {number}</title><article><h1>Rain</h1>{STORY}<p>{'<b>mud</b> ' * pairs}</p></article>"
    body = json.dumps({"url": f"https://example.org/{number}", "html": html, "capture_id": f"{number}-{pairs}"})
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)
    connection.request("POST", "/api/articles", body, headers | {"Content-Type": "application/json"})
    return connection.getresponse().status


def measure(saves: int, pairs: int, headers: dict[str, str], seconds: float) -> dict[str, list[float]]:
    """Ask again and again for ``seconds`` while so many pages are being saved, each as soon as the last is."""
    waits: dict[str, list[float]] = {name: [] for name in ASKED}
    over, statuses, lock = threading.Event(), [], threading.Lock()

    def keep_saving(worker: int) -> None:
        number = worker * 1000
        while not over.is_set():
            number += 1
            status = save(number, pairs, headers)
            with lock:
                statuses.append(status)

    savers = [threading.Thread(target=keep_saving, args=(worker,)) for worker in range(saves)]
    for saver in savers:
        saver.start()
    until = time.perf_counter() + seconds
    time.sleep(0.5 if saves else 0)
    while time.perf_counter() < until:
        for name, path in ASKED.items():
            wait, status = asked(path, headers)
            assert status == 200, (path, status)
            waits[name].append(wait)
    over.set()
    for saver in savers:
        saver.join()
    assert set(statuses) <= {200, 201, 422}, statuses
    return waits


def table(at_once: list[int], headers: dict[str, str], seconds: float) -> tuple[float, float]:
    """Print a row for each kind and number of pages; the longest median and the longest wait of all."""
    print(f"{'pages at once':28}" + "".join(f"{name + ', ms':>20}" for name in ASKED) + "   median / longest")
    middle = longest = 0.0
    for kind, pairs in KINDS.items():
        for saves in at_once if kind == "in the server" else [count for count in at_once if count]:
            waits = measure(saves, pairs, headers, seconds).values()
            medians = [statistics.median(all_) for all_ in waits]
            middle, longest = max(middle, *medians), max(longest, *map(max, waits))
            told = (f"{median * 1e3:9.0f} /{max(all_) * 1e3:9.0f}" for median, all_ in zip(medians, waits, strict=True))
            print(f"{saves:3} {kind:24}" + "".join(told), flush=True)
    return middle, longest


def until_up(check: Callable[[], object]) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        try:
            check()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server does not answer.")


def main() -> int:
    """Print the table, and say whether nobody waited too long."""
    global PORT
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--saves", type=int, nargs="*", default=[0, 1, 6, 12])
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--port", type=int, default=18765)
    args = options.parse_args()
    PORT = args.port
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        db = Path(folder, "library.db")
        token = new_token()
        with Library(db) as library:
            library.browsers.add(
                name="Chrome", origin="chrome-extension://x", token_hash=token_hash(token), proof_key=proof_key(token)
            )
            code = library.links.mint()
        environment = os.environ | {"PYTHONPATH": str(HERE.parents[1] / "server"), "QUIETPAGE_BACKUPS": "0"}
        command = [sys.executable, "-m", "quietpage", "--db", str(db), "serve", "--no-browser", "--port", str(PORT)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            headers = {"Authorization": f"Bearer {token}"}
            until_up(lambda: asked("/api/ping", headers))
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            connection.request("GET", f"/open?code={code}")
            cookie = (connection.getresponse().headers["Set-Cookie"] or "").split(";")[0]
            headers["Cookie"] = cookie
            middle, longest = table(args.saves, headers, args.seconds)
        finally:
            server.terminate()
            server.wait(30)
    print(
        f"a reader waits {middle * 1e3:.0f} ms in the middle and {longest * 1e3:.0f} ms at most while pages are saved"
    )
    return 0 if middle <= MEDIAN_SECONDS and longest <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
