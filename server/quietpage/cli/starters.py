"""What each system is told so that the server starts with a person's session: systemd, launchd, Task Scheduler."""

from __future__ import annotations

import plistlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

UNIT, LABEL, TASK = "quietpage.service", "org.quietpage.server", "Quietpage"
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """A file for the system, and what is run to install, remove and ask; ``undo`` may fail where nothing was."""

    system: str
    file: Path
    content: bytes
    install: tuple[Command, ...]
    undo: tuple[Command, ...]
    after_removal: tuple[Command, ...]
    ask: Command


def starter(platform: str, call: Sequence[str], *, home: Path, user_id: int) -> Starter:
    """How ``call`` is started with the session on a platform, as ``sys.platform`` has it."""
    if platform == "win32":
        return windows(call, home)
    if platform == "darwin":
        return launchd(call, home, user_id)
    return systemd(call, home / ".config" / "systemd" / "user")


def systemd(call: Sequence[str], folder: Path) -> Starter:
    """A user unit, without root."""
    text = f"""[Unit]
Description=Quietpage, the library of saved web pages

[Service]
ExecStart={" ".join(map(systemd_word, call))}
Restart=on-failure
RestartSec=5
NoNewPrivileges=true

[Install]
WantedBy=default.target
"""
    control = ("systemctl", "--user")
    return Starter(
        "systemd",
        folder / UNIT,
        text.encode(),
        ((*control, "daemon-reload"), (*control, "enable", UNIT), (*control, "restart", UNIT)),
        ((*control, "disable", "--now", UNIT),),
        ((*control, "daemon-reload"),),
        (*control, "is-active", UNIT),
    )


def systemd_word(word: str) -> str:
    """A word of ExecStart: in quotes, with what systemd would read as something else (systemd.service(5))."""
    for plain, meant in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n")):
        word = word.replace(plain, meant)
    return f'"{word}"'


def launchd(call: Sequence[str], home: Path, user_id: int) -> Starter:
    """An agent of the person's session."""
    told = {
        "Label": LABEL,
        "ProgramArguments": list(call),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
    }
    file, domain = home / "Library" / "LaunchAgents" / f"{LABEL}.plist", f"gui/{user_id}"
    out = ("launchctl", "bootout", f"{domain}/{LABEL}")
    put_in = ("launchctl", "bootstrap", domain, str(file))
    return Starter("launchd", file, plistlib.dumps(told), (put_in,), (out,), (), ("launchctl", "print", out[2]))


def windows(call: Sequence[str], home: Path) -> Starter:
    """A task at logon, with the person's own rights."""
    program, *arguments = call
    words = subprocess.list2cmdline(arguments)
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Principals>
    <Principal id="Author"><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>3</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec><Command>{escape(program)}</Command><Arguments>{escape(words)}</Arguments></Exec>
  </Actions>
</Task>
"""
    file = home / "AppData" / "Local" / "quietpage" / "task.xml"
    task = ("schtasks",)
    return Starter(
        "Task Scheduler",
        file,
        text.encode("utf-16"),
        ((*task, "/Create", "/TN", TASK, "/XML", str(file), "/F"), (*task, "/Run", "/TN", TASK)),
        ((*task, "/End", "/TN", TASK), (*task, "/Delete", "/TN", TASK, "/F")),
        (),
        (*task, "/Query", "/TN", TASK),
    )
