"""What all torture needs: the real server in a process of its own, a program that saves and searches, the figures."""

from __future__ import annotations

import http.client
import json
import os
import random
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quietpage.library import checksums
from quietpage.library.library import Library
from quietpage.web.pairing import token_hash

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
WORDS = tuple(f"{stem}{end}" for stem in ("harbor", "tide", "ferry", "moon", "pier", "storm") for end in range(400))


@dataclass
class Figure:
    """One line of the table: what was done, what came of it, and whether that is what was promised."""

    what: str
    came: str
    kept: bool

    def __str__(self) -> str:
        return f"| {self.what} | {self.came} | {'yes' if self.kept else 'NO'} |"


@dataclass
class Answer:
    """An answer, or none: ``status`` is 0 where the server went away."""

    status: int
    body: Any = None
    retry_after: str | None = None
    seconds: float = 0.0


class Server:
    """The real `quietpage serve` on a library."""

    def __init__(self, db: Path, **environment: str) -> None:
        self.db = db
        self.port = free_port()
        self.environment = {"QUIETPAGE_BACKUPS": "0", **environment}
        with Library(db) as library:
            self.token = secrets.token_urlsafe(32)
            facts = {"token_hash": token_hash(self.token), "proof_key": secrets.token_bytes(32)}
            library.browsers.add(name="Torture", origin="moz-extension://torture", **facts)
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "quietpage", "--db", str(self.db), "serve", "--no-browser"]
        environment = os.environ | self.environment | {"PYTHONPATH": str(ROOT / "server")}
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("the server does not start")
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether the server has come up."""
        client = Client(self)
        try:
            return client.get("/api/ping").status == 200
        finally:
            client.close()

    def kill(self) -> None:
        """End the process in the midst of whatever it does."""
        self.process.kill()  # SIGKILL; on Windows, TerminateProcess
        self.process.wait()

    def memory(self) -> int:
        """The resident memory of the process in KB; 0 where the system does not say."""
        try:
            if sys.platform == "linux":
                status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
                return int(status.partition("VmRSS:")[2].split()[0])
            said = subprocess.run(["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, check=False)
            return int(said.stdout or 0)
        except (OSError, ValueError, IndexError):
            return 0

    def descriptors(self) -> int:
        """How many files and sockets the process has open; 0 where the system does not say."""
        try:
            return len(os.listdir(f"/proc/{self.process.pid}/fd"))
        except OSError:
            return 0


@dataclass
class Client:
    """A program of one's own that has a token; one connection, opened anew when it breaks."""

    server: Server
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.server.token}", "Content-Type": "application/json"}
        begun = time.monotonic()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
            self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = self.connection.getresponse()
            data = answer.read()
            told = json.loads(data) if data[:1] in (b"{", b"[") else None
            return Answer(answer.status, told, answer.getheader("Retry-After"), time.monotonic() - begun)
        except (OSError, http.client.HTTPException, ValueError):
            self.close()
            return Answer(0, seconds=time.monotonic() - begun)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def save(self, number: int, words: int = 120) -> Answer:
        return self.ask("POST", "/api/articles", capture(number, words))

    def search(self, query: str) -> Answer:
        return self.get(f"/api/articles?q={quote(query)}")

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def capture(number: int, words: int) -> dict[str, str]:
    """A page that is unlike all others, and tells whether it is whole."""
    chance = random.Random(number)
    paragraphs = "".join(
        f"<p>Paragraph {part} of {number}: {' '.join(chance.choices(WORDS, k=words // 4))}.</p>" for part in range(4)
    )
    html = (
        f"<!doctype html><html lang=en><title>Story {number}</title><article><h1>Story {number}</h1>{paragraphs}"
        f"<p>This is the very end of the story {number}, and nothing comes after it.</p></article>"
    )
    return {"url": f"https://site{number % 40}.example/{number}", "html": html, "capture_id": f"torture-{number}"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wrong_with(db: Path, acknowledged: set[int]) -> list[str]:
    """What a library lacks, or has too much, of what its server acknowledged."""
    wrong = []
    with Library(db) as library:
        base = library._database()
        if [tuple(row) for row in base.execute("PRAGMA integrity_check")] != [("ok",)]:
            wrong.append("integrity_check")
        base.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        if base.execute("PRAGMA foreign_key_check").fetchall():
            wrong.append("foreign_key_check")
        wrong += [f"article {one} changed" for one in checksums.changed_since(base)]
        rows = base.execute("select id, url, text, versions from articles").fetchall()
        kept = {int(row["url"].rpartition("/")[2]): row for row in rows}
        if len(kept) != len(rows):
            wrong.append("an article is there twice")
        wrong += [f"{number} is missing" for number in sorted(acknowledged - kept.keys())]
        for number, row in kept.items():
            if row["versions"] != 1 or f"the very end of the story {number}," not in row["text"]:
                wrong.append(f"{number} is not whole")
        numbers = "select count(*) from {0} where article_id not in (select id from articles)"
        for table in ("versions", "captures", "removed"):
            if base.execute(numbers.format(table)).fetchone()[0]:
                wrong.append(f"{table} without an article")
        for article, page in base.execute(
            "select article_id, count(*) from versions group by article_id having count(*) > 1"
        ):
            wrong.append(f"article {article} has {page} versions")
    return wrong
