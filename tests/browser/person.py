"""What a person does at the browser: open pages, press the button, allow, read, search."""

from __future__ import annotations

import re
from typing import Any

from browser.chromium import Chromium
from browser.firefox import Firefox
from browser.servers import PAGES, Quietpage, Site
from browser.waiting import until

from quietpage.article import Page
from quietpage.cleaner.pipeline import clean
from quietpage.web.pairing import new_token, proof_key, token_hash

FORGET = """await (async () => {
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
  await Promise.all([chrome.alarms.clearAll(), chrome.action.setBadgeText({ text: "" })]);
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, fail) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const stores = [...database.objectStoreNames];
    if (stores.length) {
      const transaction = database.transaction(stores, "readwrite");
      for (const store of stores) transaction.objectStore(store).clear();
      await new Promise((done) => { transaction.oncomplete = done; });
    }
    database.close();
  }
})()"""


class Person:
    """Somebody at ``browser``; ``server`` and ``site`` are there for tests to look at."""

    def __init__(self, browser: Chromium | Firefox, server: Quietpage, site: Site) -> None:
        self.browser, self.server, self.site = browser, server, site

    def begin(self) -> None:
        """An extension that knows nothing, one empty tab, a browser that the server has let in."""
        self.browser.start_over()
        self.browser.stop_background()  # first: it would go on with what it was at, and set alarms
        self.browser.in_extension(FORGET)
        self.browser.ensure_background()  # and not only when the button is pressed: a start may hang
        self.enter()

    def enter(self) -> None:
        """Let this browser in."""
        self.browser.goto(self.server.entrance("/welcome"))
        until(lambda: self.browser.url() == f"{self.server.url}/welcome", otherwise=self.browser.url)

    def visit(self, page: str) -> None:
        self.browser.goto(f"{self.site.url}/{page}")

    def save(self, page: str) -> None:
        """Open a page and press the button."""
        self.visit(page)
        self.browser.press_button()

    def allow(self) -> None:
        """On the connect page: wait until both codes are there, and allow."""
        self.browser.select(lambda url, _: "/connect/" in url)
        until(lambda: self.browser.js("document.querySelector('#allow')?.disabled === false"))
        self.browser.click("#allow")

    def connect(self) -> None:
        """The first click and all that follows from it, up to the reader of the first page."""
        self.save("first")
        self.allow()
        self.reads()

    def is_connected(self) -> None:
        """What connecting comes to, without its pages: quicker, for tests of something else. One article is kept."""
        connection = self.is_known()
        self.browser.in_extension("chrome.storage.local.set({ connection: args })", connection)

    def is_known(self) -> dict[str, object]:
        """The server's side of that; answers the extension's."""
        token, library = new_token(), self.server.library
        keys = {"token_hash": token_hash(token), "proof_key": proof_key(token)}
        known = library.browsers.add(name=self.browser.name, origin=self.browser.base, **keys)
        browser = {"id": known.id, "name": known.name}
        page = Page(f"{self.site.url}/first", (PAGES / "first.html").read_text(encoding="utf-8"))
        library.save(clean(page), page)
        return {"token": token, "browser": browser, "port": self.server.port}

    def reads(self) -> str:
        """Wait until a reader is shown, and answer the whole text of it."""
        self.browser.select(lambda url, _: re.search(r"/read/\d+$", url) is not None)
        return self.browser.text("main")

    def reads_title(self, title: str) -> str:
        """Wait until the reader of this article is shown, and answer its whole text."""
        self.browser.select(lambda url, shown: "/read/" in url and shown.startswith(title))
        return self.browser.text("main")

    def forget_session(self) -> None:
        """Lose this browser's cookies, as private windows do."""
        self.browser.goto(f"{self.server.url}/")
        self.browser.forget_cookies()

    def options(self) -> None:
        """Go to the options page, which is open already, or open it."""
        address = f"{self.browser.base}/options.html"
        if address in self.browser.tabs():
            self.browser.select(lambda url, _: url == address)
        else:
            self.browser.new_tab(address)

    def is_led_to_options(self) -> None:
        """Wait until the extension has opened its options page."""
        self.browser.select(lambda url, _: url == f"{self.browser.base}/options.html")

    def sees(self, words: str) -> None:
        """Wait until the page in front shows these words."""
        until(
            lambda: words.lower() in str(self.browser.js("document.body?.innerText")).lower(),
            otherwise=lambda: (
                f"{words!r} is not in {self.browser.url()}: {self.browser.js('document.body?.innerText')}"
            ),
        )

    def stays(self) -> None:
        """Choose to stay on the page after saving it."""
        self.browser.in_extension("chrome.storage.local.set({ after: 'stay' })")

    def card(self, words: str) -> str:
        """Wait until the receipt in the page's corner says this; answers all it says."""

        def said() -> str | None:
            text = str(self.browser.in_card("return card.innerText") or "")
            return text if words in text else None

        return until(said, otherwise=lambda: f"the card says {self.browser.in_card('return card.innerText')}")

    def press_on_card(self, label: str) -> None:
        """Press a button of the receipt."""
        find = "[...card.querySelectorAll('button')].find((one) => one.textContent === argument && !one.disabled)"
        until(lambda: self.browser.in_card(f"const button = {find}; button?.click(); return Boolean(button)", label))

    def remembers(self, name: str) -> Any:
        """What the extension keeps under ``name``."""
        return self.browser.in_extension("(await chrome.storage.local.get(args))[args]", name)

    def badge(self, text: str) -> str:
        """Wait until the button shows ``text``; answers its title."""

        def shown() -> dict[str, str] | None:
            look = self.browser.badge()
            return look if look["text"] == text else None

        return until(shown, otherwise=lambda: f"the badge is {self.browser.badge()}")["title"]
