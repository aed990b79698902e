"""Extractors, each in a process of its own that is asked page by page: Quietpage and its peers, where installed.

Every process speaks the same lines of JSON: ``{"html": base64, "url"}`` in, ``{"text" or "html", "cpu_ms",
"peak_bytes", "facts"}`` or ``{"error"}`` out; the first line it writes is ``{"ready": version, "peak_bytes"}`` or
``{"missing": why}``. Run as a program, this file is such a process for the extractors written in Python.
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import importlib.metadata
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SERVER = HERE.parents[1] / "server"
sys.path[:0] = [str(SERVER), str(HERE)]

from figures import html_text  # noqa: E402

from quietpage.cleaner.decode import decode  # noqa: E402

PYTHON_EXTRACTORS = ("quietpage", "trafilatura", "readability-lxml")
NODE_EXTRACTORS = {"readability-js": "jsdom", "readability-js-linkedom": "linkedom"}
NAMES = (*PYTHON_EXTRACTORS, *NODE_EXTRACTORS)


class Missing(Exception):
    """An extractor that is not installed here; says what is needed."""


@dataclass(frozen=True)
class Answer:
    """What an extractor made of one page: its text, CPU milliseconds, the process's peak memory so far in bytes.

    ``facts`` are the page's title, author and date (ISO 8601) as far as it knows them.
    """

    text: str
    cpu_ms: float
    peak_bytes: int
    error: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


class Extractor:
    """One extractor in its own process. ``node_modules`` is where the ones for Node are installed."""

    def __init__(self, name: str, node_modules: Path | None = None) -> None:
        self.name = name
        command, environment = command_of(name, node_modules)
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
        except FileNotFoundError:
            raise Missing(f"{name}: {command[0]} is not installed") from None
        ready = self.read()
        if "ready" not in ready:
            self.close()
            raise Missing(f"{name}: {ready.get('missing', 'its process ended at once')}")
        self.version: str = ready["ready"]
        self.idle_bytes: int = ready["peak_bytes"]

    def __call__(self, html: bytes, url: str) -> Answer:
        """Extract one page. An extractor that fails on it answers no text, and why."""
        if self.name in NODE_EXTRACTORS:  # Node takes text: decoding it here is a little help for its figures
            html = decode(html).encode("utf-8", "replace")
        line = json.dumps({"html": base64.b64encode(html).decode(), "url": url})
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
        answer = self.read()
        text = answer.get("text") or html_text(answer.get("html") or "")
        error = answer.get("error") if answer else "its process ended"
        return Answer(text, answer.get("cpu_ms", 0.0), answer.get("peak_bytes", 0), error, known(answer.get("facts")))

    def read(self) -> dict[str, Any]:
        """The next line of the process; empty where it has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line else {}

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.kill()
        self.process.wait()


def known(facts: dict[str, str | None] | None) -> dict[str, str]:
    """The facts that are there."""
    return {name: value for name, value in (facts or {}).items() if value}


def command_of(name: str, node_modules: Path | None) -> tuple[list[str], dict[str, str]]:
    """The command that starts an extractor's process, and its environment."""
    if name in NODE_EXTRACTORS:
        if node_modules is None or not node_modules.is_dir():
            raise Missing(f"{name}: --node-modules names no folder in which it is installed")
        # An empty script path: `require` then looks where NODE_PATH says, and nowhere near this file
        return ["node", str(HERE / "readability.cjs"), NODE_EXTRACTORS[name]], {
            **os.environ,
            "NODE_PATH": str(node_modules.resolve()),
        }
    return [sys.executable, str(Path(__file__).resolve()), name], {**os.environ, "PYTHONHASHSEED": "0"}


def start(names: list[str], node_modules: Path | None) -> list[Extractor]:
    """Start those of the extractors that are installed; say of the others what is missing."""
    started = []
    for name in names:
        try:
            started.append(Extractor(name, node_modules))
        except Missing as missing:
            print(f"Left out: {missing}.", file=sys.stderr)
    return started


# What runs in the process of an extractor written in Python


def quietpage_extractor() -> Callable[[bytes, str], dict[str, Any]]:
    from quietpage import NotAnArticle, clean

    def extract(html: bytes, url: str) -> dict[str, Any]:
        answer: dict[str, Any] = {}
        try:
            article = clean(html, url)
            answer["text"] = article.text
        except NotAnArticle as no:
            article = no.remains
            answer["error"] = str(no)
        date = article.published_at or article.modified_at
        said = {"title": article.title, "author": article.byline, "date": date.isoformat() if date else None}
        return {**answer, "facts": said}

    return extract


def trafilatura_extractor() -> Callable[[bytes, str], dict[str, Any]]:
    trafilatura: Any = importlib.import_module("trafilatura")
    return lambda html, url: {"text": trafilatura.extract(html, url=url, include_comments=False) or ""}


def trafilatura_facts() -> Callable[[bytes, str], dict[str, Any]]:
    trafilatura: Any = importlib.import_module("trafilatura")

    def extract(html: bytes, url: str) -> dict[str, Any]:
        found = trafilatura.extract_metadata(html, default_url=url)
        return {"text": "-", "facts": {name: getattr(found, name, None) for name in ("title", "author", "date")}}

    return extract


def readability_lxml_extractor() -> Callable[[bytes, str], dict[str, Any]]:
    readability: Any = importlib.import_module("readability")
    return lambda html, url: {"html": readability.Document(html, url=url).summary()}


MAKERS = {
    "quietpage": quietpage_extractor,
    "trafilatura": trafilatura_extractor,
    "trafilatura-facts": trafilatura_facts,  # apart: the speed of its text is measured without them
    "readability-lxml": readability_lxml_extractor,
}


def peak_bytes() -> int:
    """The most memory this process has held; 0 where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def serve(name: str) -> None:
    """Answer a line for each line, until the input ends."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    try:
        extract = MAKERS[name]()
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), file=answers, flush=True)
        return
    version = "this" if name == "quietpage" else importlib.metadata.version(name.removesuffix("-facts"))
    print(json.dumps({"ready": version, "peak_bytes": peak_bytes()}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        html = base64.b64decode(asked["html"])
        answer: dict[str, Any] = {}
        begun = time.process_time()
        try:
            answer |= extract(html, asked["url"])
        except Exception as error:  # a page it fails on is a result, not the end of the run
            answer["error"] = f"{type(error).__name__}: {error}"[:200]
        answer |= {"cpu_ms": (time.process_time() - begun) * 1000, "peak_bytes": peak_bytes()}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
