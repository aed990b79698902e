"""The ``quietpage`` command. Thin: each command is one call of the rooms below, and its printing."""

from quietpage.cli import (
    about,
    backups,
    browsing,
    cleaning,
    configuring,
    doctor,
    exporting,
    importing,
    marking,
    reading,
    running,
    session,
    shelf,
)
from quietpage.cli.group import main

__all__ = [
    "about",
    "backups",
    "browsing",
    "cleaning",
    "configuring",
    "doctor",
    "exporting",
    "importing",
    "main",
    "marking",
    "reading",
    "running",
    "session",
    "shelf",
]
