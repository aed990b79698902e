"""Ask a real server whatever its own description allows, and whatever it does not: no defect, no answer unannounced.

    python tests/benchmarks/api.py                    # ten minutes; needs schemathesis
    python tests/benchmarks/api.py --seconds 60 --seed 7

Schemathesis makes requests out of ``/api/openapi.json`` (right ones, wrong ones, and chains of them), two thirds of the
time as a connected browser, the rest as Quietpage's own pages. It fails for a 500, a status or a media type that the
description does not name, and for a body that its schema does not fit. Ends with its status.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "server")]

from quietpage import Article, Page  # noqa: E402
from quietpage.library.library import Library  # noqa: E402
from quietpage.web import serve  # noqa: E402
from quietpage.web.app import Config, create_app  # noqa: E402
from quietpage.web.pairing import new_token, proof_key, token_hash  # noqa: E402

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "allow_header_conformance",
    "unsupported_method",
)
SEED = 20261128
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
ARTICLES = 12
NOT_RUN = 69  # "unavailable", of sysexits.h: what it needs is not on this machine
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}


@contextmanager
def running() -> Iterator[tuple[str, dict[str, str]]]:
    """A server with a few articles: its address, and the headers of those who may ask."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        listener = serve.bind("127.0.0.1", 0)
        config = Config(Path(folder, "library.db"), port=listener.getsockname()[1])
        app = create_app(config)
        library: Library = app.extensions["quietpage"].library
        fill(library)
        server = serve.make_server(app, listener)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield (
                config.url,
                {"token": f"Authorization: Bearer {connect(library)}", "session": f"Cookie: {let_in(app)}"},
            )
        finally:
            server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))
            thread.join(10)
            server.task_dispatcher.shutdown()
            library.close()


def fill(library: Library) -> None:
    """A few articles, so that there is something to find, to mark and to delete."""
    for number in range(1, ARTICLES + 1):
        url, html = f"https://example.org/{number}", f"<p>The river rose all night, for the {number}th time.</p>"
        library.save(
            Article(url, f"Rain {number}", html, f"The river rose all night, for the {number}th time."), Page(url, html)
        )


def connect(library: Library) -> str:
    """Connect a browser; its token."""
    token = new_token()
    library.browsers.add(name="Chrome", origin=ORIGIN, token_hash=token_hash(token), proof_key=proof_key(token))
    return token


def let_in(app: object) -> str:
    """The session's cookie, as a browser sends it."""
    config: Config = app.extensions["quietpage"].config  # type: ignore[attr-defined]
    library: Library = app.extensions["quietpage"].library  # type: ignore[attr-defined]
    client = app.test_client()  # type: ignore[attr-defined]
    answer = client.get(f"/open?code={library.links.mint()}", base_url=config.url)
    return re.split(";", answer.headers["Set-Cookie"])[0]


def ask(url: str, header: str, seconds: int, seed: int) -> tuple[int, int]:
    """Run schemathesis, which leaves its notes in a folder that goes with them; its status, and how many it asked."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{url}/api/openapi.json", "--header", header,
        "--checks", ",".join(CHECKS), "--max-time", str(seconds), "--seed", str(seed), "--workers", "2",
        "--continue-on-failure", "--warnings", "off", "--suppress-health-check", "all", "--request-timeout", "60",
    ]  # fmt: skip
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", env=ENVIRONMENT) as run,
    ):
        assert run.stdout
        said = []
        for line in run.stdout:
            print(line, end="", flush=True)
            said.append(line)
    asked = re.search(r"(\d+) generated", "".join(said))
    return run.returncode, int(asked[1]) if asked else 0


def main() -> int:
    """Ask as a connected browser, then as an own page."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--seed", type=int, default=SEED)
    args = options.parse_args()
    if importlib.util.find_spec("schemathesis") is None:
        print("schemathesis is not installed (pip install schemathesis)")
        return NOT_RUN
    with running() as (url, headers):
        shares = {"token": args.seconds * 2 // 3, "session": args.seconds - args.seconds * 2 // 3}
        came = [ask(url, headers[who], max(1, share), args.seed) for who, share in shares.items()]
    failed = any(status for status, _ in came)
    told = "some unlike their description" if failed else "all as described, no 500"
    print(f"{sum(asked for _, asked in came):,} requests: {told}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
