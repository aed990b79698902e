"""Drive the real extension in Chromium: Playwright for the pages, the browser's own protocol for the toolbar button."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from browser.waiting import LONG, until
from playwright.sync_api import Error, Page, Playwright
from playwright.sync_api import TimeoutError as TookTooLong


def extension_id(folder: Path) -> str:
    """The id that follows from the manifest's key: the first 128 bits of its SHA-256, spelled a to p."""
    key = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["key"]
    digits = hashlib.sha256(b64decode(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digits)


def find_node(node: dict[str, Any], name: str) -> dict[str, Any] | None:
    """The first node of this name in a tree of the protocol's."""
    if node["nodeName"] == name:
        return node
    inner = (find_node(child, name) for child in node.get("children", ()))
    return next((found for found in inner if found), None)


def evaluate(page: Page, expression: str, argument: Any = None) -> Any:
    """The value of an (async) expression in a page; ``args`` in it is ``argument``.

    ``page.evaluate`` would wait for ever where a page is between two documents; this waits for its root element first.
    Raises Error where the page does not get one, or goes on to another page meanwhile.
    """
    return page.locator(":root").evaluate(f"async (_, args) => ({expression})", argument, timeout=DOCUMENT_MS)


def title(page: Page) -> str:
    try:
        return str(evaluate(page, "document.title"))
    except Error:  # it is just going on to another page
        return ""


ANSWERS = """await Promise.race([
  chrome.runtime.sendMessage({ type: "hello" }).then(() => true, () => false),
  new Promise((done) => setTimeout(done, 4_000, false)),
])"""
STARTS = 4  # of the background, before it is given up
DOCUMENT_MS = 5_000  # for a page that is loading to have a document
# An expression's value; an error where nothing answers, for nothing else would end the wait
IN_TIME = f"""await Promise.race([
  (async () => ({{}}))(),
  new Promise((_, fail) => setTimeout(fail, {int(LONG * 1000)}, new Error("no answer"))),
])"""


class Chromium:
    """One Chromium with the extension. ``page`` is the current tab: what the methods without a tab act on."""

    name = "chromium"

    def __init__(self, playwright: Playwright, profile: Path, extension: Path) -> None:
        program = os.environ.get("QUIETPAGE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        assert program, "The browser tests need Chromium: set QUIETPAGE_CHROMIUM to its program."
        self.id = extension_id(extension)
        self.base = f"chrome-extension://{self.id}"
        self.agreed = False  # to what the extension may ask for
        self.context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=program,
            headless=True,
            args=[
                "--no-sandbox",
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                "--host-resolver-rules=MAP *.test 127.0.0.1",
            ],
        )
        self.context.set_default_timeout(LONG * 1000)
        self.page = self.context.pages[0]
        assert self.context.browser is not None
        self.protocol = self.context.browser.new_browser_cdp_session()
        if not self.workers():
            self.context.wait_for_event("serviceworker")

    def quit(self) -> None:
        self.context.close()

    # Tabs

    def goto(self, url: str) -> None:
        """Load an address in the current tab."""
        self.page.goto(url)

    def new_tab(self, url: str) -> None:
        """Load an address in a new tab, which becomes the current one."""
        self.page = self.context.new_page()
        self.page.goto(url)

    def tabs(self) -> list[str]:
        return [page.url for page in self.context.pages]

    def select(self, matches: Callable[[str, str], bool]) -> str:
        """Wait for a tab whose address and title match, and make it the current one, in front."""

        def find() -> Page | None:
            return next((page for page in reversed(self.context.pages) if matches(page.url, title(page))), None)

        self.page = until(find, self.pause, lambda: f"no such tab among {self.tabs()}")
        self.page.bring_to_front()
        self.page.wait_for_load_state()
        return self.page.url

    def start_over(self) -> None:
        """Close all tabs but one, which is left empty."""
        fresh = self.context.new_page()
        for page in self.context.pages:
            if page is not fresh:
                page.close()
        self.page = fresh
        if self.agreed:
            self.take_back_leave()

    def url(self) -> str:
        return self.page.url

    def pause(self) -> None:
        self.context.pages[0].wait_for_timeout(40)  # lets events come in, between two looks

    # What is on the page

    def js(self, expression: str, argument: Any = None) -> Any:
        """The value of an (async) expression in the current tab; ``args`` in it is ``argument``."""

        def ask() -> tuple[Any] | None:
            try:
                return (evaluate(self.page, expression, argument),)
            except TookTooLong:
                return None
            except Error as error:
                if "Execution context was destroyed" not in error.message:
                    raise
                return None  # it went on to another page meanwhile: ask that one

        return until(ask, self.pause, lambda: f"{self.page.url} has no document")[0]

    def text(self, css: str) -> str:
        """What an element shows; waits for it."""
        return self.page.locator(css).first.inner_text()

    def click(self, css: str) -> None:
        self.page.locator(css).first.click()

    def fill(self, css: str, text: str) -> None:
        """Write into a field, and press Enter."""
        self.page.fill(css, text)
        self.page.press(css, "Enter")

    def type(self, css: str, text: str) -> None:
        """Write at the end of a field, letter by letter."""
        self.page.locator(css).first.press_sequentially(text)

    def press(self, key: str) -> None:
        """Press a key where the focus is: a character, or Enter, Escape, Tab."""
        self.page.keyboard.press(key)

    def back(self) -> None:
        self.page.go_back()

    def run(self, script: str) -> None:
        """Run a whole script (axe) in the page; the page's policy does not apply to it."""
        self.page.evaluate(script)

    def look(self, *, dark: bool, width: int = 1280) -> None:
        """Choose colors, which change at once, and width."""
        self.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        self.page.set_viewport_size({"width": width, "height": 844})

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)

    def forget_cookies(self) -> None:
        self.context.clear_cookies()

    # The extension

    def press_button(self) -> None:
        """Click the toolbar button for the current tab, with the permission that a real click gives."""
        self.page.bring_to_front()  # the button acts on the window's active tab, whichever target is named
        targets = self.protocol.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        tab = next(target for target in targets if target["url"] == self.page.url)
        self.protocol.send("Extensions.triggerAction", {"id": self.id, "targetId": tab["targetId"]})

    def badge(self) -> dict[str, str]:
        """What the button shows on the current tab: ``text`` and ``title``."""
        return self.in_extension(
            """await (async () => {
              const own = await chrome.tabs.getCurrent();
              const others = (await chrome.tabs.query({})).filter((tab) => tab.id !== own.id);
              const { id: tabId } = others.sort((a, b) => b.lastAccessed - a.lastAccessed)[0];
              const text = await chrome.action.getBadgeText({ tabId });
              return { text, title: await chrome.action.getTitle({ tabId }) };
            })()"""
        )

    def in_extension(self, expression: str, argument: Any = None) -> Any:
        """The value of an (async) expression in a page of the extension, in a tab of its own."""
        page = self.context.new_page()
        try:
            page.goto(f"{self.base}/icons/icon.svg")
            return evaluate(page, IN_TIME.replace("{}", expression, 1), argument)
        finally:
            page.close()
            self.page.bring_to_front()

    def in_card(self, body: str, argument: Any = None) -> Any:
        """The value of a function's ``body`` inside the receipt's closed tree, where ``card`` is its content."""
        session = self.context.new_cdp_session(self.page)
        try:
            root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
            host = find_node(root, "QUIETPAGE-RECEIPT")
            if host is None or not host["shadowRoots"][0].get("children"):
                return None
            inner = host["shadowRoots"][0]["children"][-1]["backendNodeId"]
            card = session.send("DOM.resolveNode", {"backendNodeId": inner})["object"]["objectId"]
            call = {"functionDeclaration": f"function (argument) {{ const card = this; {body} }}", "objectId": card}
            call |= {"arguments": [{"value": argument}], "returnByValue": True}
            return session.send("Runtime.callFunctionOn", call)["result"].get("value")
        finally:
            session.detach()

    def agree(self) -> None:
        """Give the leave that the extension may ask for, as the page of extensions does: there is no prompt then."""
        here, self.page = self.page, self.context.new_page()
        self.page.goto("chrome://extensions/")
        for sites in ("http://*/*", "https://*/*"):
            self.js("await chrome.developerPrivate.addHostPermission(...args)", [self.id, sites])
        self.agreed = True
        self.page.close()
        self.page = here
        self.page.bring_to_front()

    def ensure_background(self) -> None:
        """Have the background answer. One that was stopped while it started hangs, until it is stopped once more."""
        for _ in range(STARTS):
            if self.in_extension(ANSWERS):
                return
            self.stop_background()
        raise AssertionError("the background does not start")

    def take_back_leave(self) -> None:
        """Leave the extension what it has from its installation: taking leave back, the browser takes that along."""
        self.in_extension("await chrome.permissions.remove({ origins: ['http://*/*', 'https://*/*'] })")
        page = self.context.new_page()
        page.goto("chrome://extensions/")
        evaluate(page, "await chrome.developerPrivate.addHostPermission(args, 'http://127.0.0.1/*')", self.id)
        page.close()
        assert self.in_extension("await chrome.permissions.contains({ origins: ['http://127.0.0.1/*'] })")
        self.agreed = False

    def choose(self, item: str, **info: str) -> None:
        """Choose an item of the extension's menus: in a page of its own, for no protocol opens the browser's menus."""
        self.in_extension(
            """await (async () => {
              const own = await chrome.tabs.getCurrent();
              const others = (await chrome.tabs.query({})).filter((tab) => tab.id !== own.id);
              const tab = others.sort((a, b) => b.lastAccessed - a.lastAccessed)[0];
              const { chosen } = await import("/menus.js");
              await chosen({ menuItemId: args.item, ...args.info }, tab);
            })()""",
            {"item": item, "info": info},
        )

    def workers(self) -> list[str]:
        """The background, if it runs. Playwright's own list keeps stopped ones."""
        targets = self.protocol.send("Target.getTargets")["targetInfos"]
        return [t["targetId"] for t in targets if t["type"] == "service_worker" and self.id in t["url"]]

    def stop_background(self) -> None:
        running = self.workers()

        def stopped() -> bool:  # an event may wake another at once
            still = [target for target in self.workers() if target in running]
            for target in still:
                with suppress(Error):  # it is gone meanwhile
                    self.protocol.send("Target.closeTarget", {"targetId": target})
            return not still

        until(stopped, self.pause)
