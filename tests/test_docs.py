"""The documents say what is there: every command, step, option and file named in them exists, and the reverse."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from quietpage.cli import main as cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    assert isinstance(cli, click.Group)
    return set(cli.commands)


def test_the_readme_names_every_command_and_no_other() -> None:
    assert set(re.findall(r"^\| `quietpage (\w+)", README, re.M)) == commands()


def test_the_options_the_readme_names_exist() -> None:
    assert isinstance(cli, click.Group)
    known = {name for command in cli.commands.values() for option in command.params for name in option.opts}
    known |= {name for option in cli.params for name in option.opts} | {"--help"}
    assert set(re.findall(r"`(--[a-z-]+)`", README)) <= known


def test_the_two_commands_of_the_readme_exist() -> None:
    scripts = re.findall(r"^python3 (\S+)$", README, re.M)
    assert scripts == ["server/start.py", "tests/run.py"]
    assert all((ROOT / script).exists() for script in scripts)


def script(name: str) -> ModuleType:
    """One of the scripts of the folder of tests."""
    spec = importlib.util.spec_from_file_location(f"tests_{name}", ROOT / "tests" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_steps_contributing_names_are_the_runner_s() -> None:
    named = re.search(r"python3 tests/run\.py ([a-z ]+)`", CONTRIBUTING)
    assert named
    assert named[1].split() == list(script("run").steps())


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_links_between_documents_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / target).exists(), target


def test_the_map_of_the_house_shows_files_that_exist() -> None:
    for name in re.findall(r"^  (\S+\.py|\w+/) ", CONTRIBUTING, re.M):
        assert (ROOT / "server" / "quietpage" / name).exists(), name
    for name in re.findall(r"`(\w+\.js)`", CONTRIBUTING):
        assert (ROOT / "extension" / name).exists(), name
    for name in re.findall(r"`(\w+/\w+\.py)`", CONTRIBUTING):
        candidates = [ROOT / "server" / "quietpage" / name, ROOT / name]
        assert any(path.exists() for path in candidates), name


def test_the_changelog_keeps_its_form() -> None:
    headings = re.findall(r"^## (.+)$", CHANGELOG, re.M)
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) for heading in headings[1:])
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.M)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }


def test_every_test_that_security_names_exists() -> None:
    """Python's by their names, the extension's by their sentences in quotes."""
    tests = ROOT / "tests"
    files = [*tests.glob("test_*.py"), *tests.glob("*/test_*.py")]
    known = {name for path in files for name in re.findall(r"^def (test_\w+)", read(path), re.M)}
    scripts = (tests / "extension").glob("*.test.js")
    sentences = {name for path in scripts for name in re.findall(r'test\("(.+?)"', read(path))}
    named = set(re.findall(r"`(test_\w+)`", SECURITY))
    assert len(named) > 50
    assert named <= known, named - known
    assert set(re.findall(r"“([^”]+)”", SECURITY)) <= sentences


def test_security_names_every_long_run_and_no_other() -> None:
    named = {
        name for runs in re.findall(r"`make torture`: ((?:\*[\w-]+\*(?:, )?)+)", SECURITY) for name in runs.split(", ")
    }
    assert {name.strip("*") for name in named if name} == set(script("torture").LONG_RUNS)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
