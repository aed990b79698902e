"""The ``quietpage`` command. Thin: each command is one call of the rooms below, and its printing."""

from quietpage.cli import backups, cleaning, configuring, doctor, importing, running, shelf
from quietpage.cli.group import main

__all__ = ["backups", "cleaning", "configuring", "doctor", "importing", "main", "running", "shelf"]
