"""Connected browsers and one-time links."""

from __future__ import annotations

from pathlib import Path

from quietpage.library.library import Library

ORIGIN = "chrome-extension://abc"


def test_a_connected_browser_is_known_by_its_token_until_it_is_revoked(library: Library) -> None:
    browser = library.browsers.add(name="Firefox", origin=ORIGIN, token_hash=b"t", proof_key=b"p")
    assert library.browsers.by_token_hash(b"t") == library.browsers.get(browser.id) == browser
    assert library.browsers.origins() == {ORIGIN}
    library.browsers.revoke(browser.id)
    assert library.browsers.by_token_hash(b"t") is None
    assert library.browsers.origins() == frozenset()
    (listed,) = library.browsers.all()
    assert listed.revoked_at is not None


def test_an_unknown_token_is_nobody_s(library: Library) -> None:
    assert library.browsers.by_token_hash(b"x") is None
    assert library.browsers.get("x") is None


def test_a_browser_is_seen_at_most_once_a_minute(library: Library) -> None:
    browser = library.browsers.add(name="Firefox", origin=ORIGIN, token_hash=b"t", proof_key=b"p")
    library.browsers.seen(browser.id)
    first = library.browsers.get(browser.id)
    library.browsers.seen(browser.id)
    assert first is not None
    assert first.last_seen_at is not None
    assert library.browsers.get(browser.id) == first


def test_a_link_is_good_once(library: Library) -> None:
    code = library.links.mint()
    assert library.links.redeem(code)
    assert not library.links.redeem(code)
    assert not library.links.redeem("made up")


def test_a_link_does_not_outlive_its_time(library: Library) -> None:
    assert not library.links.redeem(library.links.mint(seconds=-1))


def test_a_link_made_by_another_process_is_good_here(library: Library, path: Path) -> None:
    with Library(path) as other:
        code = other.links.mint()
    assert library.links.redeem(code)


def test_the_file_holds_no_code(library: Library, path: Path) -> None:
    code = library.links.mint()
    library.close()
    assert all(code.encode() not in file.read_bytes() for file in path.parent.iterdir())
