"""Starting with the session: what each system is told, and what the server writes when nobody looks."""

from __future__ import annotations

import logging
import os
import plistlib
import shlex
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner

from quietpage.cli import main, session
from quietpage.cli.starters import starter, systemd_word
from quietpage.web.log import OWN, Quiet

CALL = ("/opt/my tools/python", "-m", "quietpage", "--db", "/home/me/100 % & <mine>.db", "serve", "--background")


def test_systemd_gets_a_unit_of_the_person_s(tmp_path: Path) -> None:
    one = starter("linux", CALL, home=tmp_path, user_id=1000)
    line = next(line for line in one.content.decode().splitlines() if line.startswith("ExecStart="))
    assert tuple(shlex.split(line.removeprefix("ExecStart=").replace("%%", "%"))) == CALL
    assert one.file == tmp_path / ".config/systemd/user/quietpage.service"
    assert all(command[:2] == ("systemctl", "--user") for command in (*one.install, *one.undo, one.ask))
    assert systemd_word('a"$b\\') == '"a\\"$$b\\\\"'


def test_launchd_gets_an_agent(tmp_path: Path) -> None:
    one = starter("darwin", CALL, home=tmp_path, user_id=501)
    told = plistlib.loads(one.content)
    assert tuple(told["ProgramArguments"]) == CALL and told["RunAtLoad"] is True
    assert one.install == (("launchctl", "bootstrap", "gui/501", str(one.file)),)


def test_windows_gets_a_task_at_logon(tmp_path: Path) -> None:
    one = starter("win32", CALL, home=tmp_path, user_id=0)
    names = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    task = ElementTree.fromstring(one.content.decode("utf-16").partition("?>")[2])
    assert task.findtext(".//t:Command", namespaces=names) == CALL[0]
    assert task.findtext(".//t:Arguments", namespaces=names) == subprocess.list2cmdline(CALL[1:])
    assert task.findtext(".//t:RunLevel", namespaces=names) == "LeastPrivilege"


def test_installing_twice_and_removing_twice_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(session, "done", lambda command: ran.append(command) or "")
    monkeypatch.setattr(session, "here", lambda _: starter("linux", CALL, home=tmp_path, user_id=1))
    file = tmp_path / ".config/systemd/user/quietpage.service"
    for _ in range(2):
        assert CliRunner().invoke(main, ["service", "install"]).exit_code == 0
        assert file.exists()
    for said in ("no longer starts", "did not start"):
        assert said in CliRunner().invoke(main, ["service", "remove"]).stdout
        assert not file.exists()


def test_a_system_that_does_not_take_it_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "done", lambda _: "no bus here")
    monkeypatch.setattr(session, "here", lambda _: starter("linux", CALL, home=tmp_path, user_id=1))
    result = CliRunner().invoke(main, ["service", "install"])
    assert result.exit_code == 1 and "no bus here" in result.stderr


def test_the_log_of_a_server_holds_no_link_and_a_second_server_says_so_in_it(tmp_path: Path) -> None:
    log, db = tmp_path / "logs" / "server.log", tmp_path / "library.db"
    environment = os.environ | {"QUIETPAGE_LOG_FILE": str(log), "QUIETPAGE_PORT": "0"}
    call = [sys.executable, "-m", "quietpage", "--db", str(db), "serve", "--background"]
    first = subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        while first.poll() is None and not (log.exists() and "is running at" in log.read_text(encoding="utf-8")):
            time.sleep(0.02)  # a file tells nobody that it was written to
        again = subprocess.run(call, env=environment, capture_output=True, timeout=30)
        assert (again.returncode, again.stdout, again.stderr) == (0, b"", b"")
    finally:
        first.terminate()
        assert first.communicate(timeout=30)[0] == b""
    text = log.read_text(encoding="utf-8")
    assert "already running at http://127.0.0.1:" in text
    assert "code=" not in text


def test_a_defect_is_logged_by_its_kind_and_place_alone() -> None:
    try:
        raise ValueError("the page https://secret.test/ said 'a title'")
    except ValueError:
        record = logging.LogRecord(
            "waitress", 40, "x.py", 1, "Exception while serving %s", ("/secret",), sys.exc_info()
        )
    written = Quiet().format(record)
    assert "ValueError" in written and "test_cli_service.py" in written
    assert "secret.test" not in written.replace('raise ValueError("the page https://secret.test/', "")
    assert "/secret" not in Quiet().format(logging.LogRecord("waitress", 40, "x", 1, "at %s", ("/secret",), None))
    assert "kept" in Quiet().format(logging.LogRecord(OWN, 20, "x", 1, "%s", ("kept",), None))
