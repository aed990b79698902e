"""One Chromium and one Firefox with the real extension, shared by all tests, and a fresh library for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.person import Person
from browser.servers import Impostor, Quietpage, Site
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
EXTENSION = ROOT / "extension"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only", choices=("chromium", "firefox"), help="one browser; tests of both are Chromium's")
    parser.addoption("--update-pictures", action="store_true", help="take the pictures of the guide anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    only = config.getoption("--only")
    chosen = [
        item for item in items if browser_of(item) in (only or browser_of(item)) and not is_said_by_the_other(item)
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def is_said_by_the_other(item: pytest.Item) -> bool:
    """Whether Firefox would only say once more what Chromium says: what axe finds in the same elements, and widths."""
    return browser_of(item) == "firefox" and item.get_closest_marker("in_chromium") is not None


def browser_of(item: pytest.Item) -> str:
    """The browser that a test needs first; Chromium where it names none."""
    assert isinstance(item, pytest.Function)
    chosen = item.callspec.params.get("browser") if hasattr(item, "callspec") else None
    if chosen:
        return str(chosen)
    return "firefox" if "firefox" in item.fixturenames and "chromium" not in item.fixturenames else "chromium"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "in_chromium: what it finds does not depend on the browser, so one is enough")
    for warning in ("ResourceWarning", "pytest.PytestUnraisableExceptionWarning"):
        config.addinivalue_line("filterwarnings", f"ignore::{warning}")  # Marionette leaves its sockets open


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = Chromium(playwright, tmp_path_factory.mktemp("chromium"), EXTENSION)
        yield browser
        browser.quit()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    browser = Firefox(EXTENSION)
    yield browser
    browser.quit()


@pytest.fixture(params=["chromium", "firefox"], scope="session")
def browser(request: pytest.FixtureRequest) -> Chromium | Firefox:
    """Each test that asks for it runs in both, first all in one, then all in the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Quietpage]:
    server = Quietpage(tmp_path / "library.db")
    yield server
    server.stop()


@pytest.fixture
def person(browser: Chromium | Firefox, server: Quietpage, site: Site) -> Person:
    """Somebody at a browser whose extension knows nothing yet, and which the server has let in."""
    person = Person(browser, server, site)
    person.begin()
    return person


@pytest.fixture
def visitor(browser: Chromium | Firefox, server: Quietpage, site: Site) -> Person:
    """Somebody at a browser which the server has let in, and whose extension does not matter: quicker."""
    visitor = Person(browser, server, site)
    browser.start_over()
    visitor.enter()
    return visitor


@pytest.fixture
def connected(person: Person) -> Person:
    """The same, with the extension connected."""
    person.connect()
    return person


@pytest.fixture
def ready(person: Person) -> Person:
    """The same, without the pages of connecting."""
    person.is_connected()
    return person


@pytest.fixture
def impostor(server: Quietpage) -> Iterator[Impostor]:
    """Takes the server's port."""
    server.stop()
    impostor = Impostor(server.port)
    yield impostor
    impostor.stop()
