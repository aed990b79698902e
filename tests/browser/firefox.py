"""Drive the real extension in Firefox, over Marionette."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from browser.waiting import LONG, until

with warnings.catch_warnings():  # its own dependencies warn of theirs
    warnings.simplefilter("ignore")
    from marionette_driver.addons import Addons
    from marionette_driver.by import By
    from marionette_driver.errors import MarionetteException, NoSuchElementException, StaleElementException
    from marionette_driver.keys import Keys
    from marionette_driver.marionette import Marionette


class Firefox:
    """One Firefox with the extension; its current tab is what the methods act on."""

    name = "firefox"

    def __init__(self, extension: Path) -> None:
        program = os.environ.get("QUIETPAGE_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
        assert program, "The browser tests need Firefox: set QUIETPAGE_FIREFOX to its program."
        self.marionette = Marionette(
            bin=program,
            headless=True,
            port=0,
            gecko_log=os.devnull,
            prefs={
                "network.dns.localDomains": "site.test,elsewhere.test,one.test,two.test,three.test,four.test",
                "extensions.webextOptionalPermissionPrompts": False,  # what the person is asked, they allow
                "ui.prefersReducedMotion": 1,
                "network.captive-portal-service.enabled": False,
                "network.connectivity-service.enabled": False,
            },
        )
        self.marionette.start_session()
        self.marionette.timeout.script = LONG
        manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
        self.id = manifest["browser_specific_settings"]["gecko"]["id"]
        self.widget = re.sub(r"[^a-z0-9_-]", "_", self.id.lower()) + "-browser-action"
        Addons(self.marionette).install(str(extension), temp=True)
        host = self.in_browser("return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname", self.id)
        self.base = f"moz-extension://{host}"
        self.in_browser("CustomizableUI.addWidgetToArea(arguments[0], CustomizableUI.AREA_NAVBAR)", self.widget)

    def quit(self) -> None:
        self.marionette.quit()
        self.marionette.cleanup()

    def in_browser(self, script: str, *arguments: Any) -> Any:
        """Run privileged code in the browser's own window."""
        with self.marionette.using_context("chrome"):
            return self.marionette.execute_script(script, list(arguments))

    # Tabs

    def goto(self, url: str) -> None:
        self.marionette.navigate(url)

    def new_tab(self, url: str) -> None:
        opened = self.marionette.open(type="tab", focus=True)
        self.marionette.switch_to_window(opened["handle"])
        self.marionette.navigate(url)

    def tabs(self) -> list[str]:
        """The tabs' addresses, without making another one the current."""
        return self.in_browser("return gBrowser.tabs.map((tab) => tab.linkedBrowser.currentURI.spec)")

    def select(self, matches: Callable[[str, str], bool]) -> str:
        """Wait for a tab whose address and title match, and make it the current one, in front."""

        def find() -> str | None:
            for handle in reversed(self.marionette.window_handles):
                self.marionette.switch_to_window(handle, focus=False)
                if matches(self.marionette.get_url(), self.marionette.title):
                    return handle
            return None

        found = until(find, otherwise=lambda: f"no such tab among {self.tabs()}")
        self.marionette.switch_to_window(found)
        until(lambda: self.js("document.readyState") == "complete")
        return self.url()

    def start_over(self) -> None:
        opened = self.marionette.open(type="tab", focus=True)["handle"]
        for handle in self.marionette.window_handles:
            if handle != opened:
                self.marionette.switch_to_window(handle, focus=False)
                self.marionette.close()
        self.marionette.switch_to_window(opened)

    def url(self) -> str:
        return self.marionette.get_url()

    # What is on the page

    def js(self, expression: str, argument: Any = None) -> Any:
        def ask() -> dict[str, Any] | None:  # no answer: it went on to another page meanwhile; ask that one
            return self.marionette.execute_async_script(
                "const done = [...arguments].pop();"
                f"(async (args) => ({expression}))(arguments[0])"
                ".then((value) => done({ value }), (error) => done({ error: String(error) }))",
                [argument],
                sandbox=None,
            )

        done = until(ask, otherwise=lambda: f"no answer at {self.url()}")
        assert "error" not in done, done["error"]
        return done.get("value")

    def text(self, css: str) -> str:
        def shown() -> tuple[str] | None:
            try:
                return (self.marionette.find_element(By.CSS_SELECTOR, css).text,)
            except (NoSuchElementException, StaleElementException):
                return None

        return until(shown, otherwise=lambda: f"no {css} at {self.url()}")[0]

    def click(self, css: str) -> None:
        def clicked() -> bool:
            try:
                self.marionette.find_element(By.CSS_SELECTOR, css).click()
            except MarionetteException:
                return False
            return True

        until(clicked, otherwise=lambda: f"no {css} to click at {self.url()}")

    def fill(self, css: str, text: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, css).send_keys(text, Keys.ENTER)

    def type(self, css: str, text: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, css).send_keys(text)

    def press(self, key: str) -> None:
        named = {"Enter": Keys.ENTER, "Escape": Keys.ESCAPE, "Tab": Keys.TAB, "End": Keys.END}
        named |= {"PageDown": Keys.PAGE_DOWN, "PageUp": Keys.PAGE_UP}
        self.marionette.actions.sequence("key", "keys").send_keys(named.get(key, key)).perform()

    def back(self) -> None:
        self.marionette.go_back()

    def run(self, script: str) -> None:
        self.marionette.execute_script(script, sandbox=None)

    def look(self, *, dark: bool, width: int = 1280) -> None:
        choice = 0 if dark else 1
        self.in_browser(
            "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])", choice
        )
        self.marionette.set_window_rect(width=width, height=900)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.marionette.screenshot(full=False)))

    def forget_cookies(self) -> None:
        self.in_browser("Services.cookies.removeAll()")

    # The extension

    def press_button(self) -> None:
        """Click the toolbar button as the mouse does."""
        with self.marionette.using_context("chrome"):
            button = f"#{self.widget} .unified-extensions-item-action-button"
            self.marionette.find_element(By.CSS_SELECTOR, button).click()

    def badge(self) -> dict[str, str]:
        """What the button itself shows. Its tooltip is translated later than the badge is set: so read its source."""
        return self.in_browser(
            "const button = document.querySelector(`#${arguments[0]} .unified-extensions-item-action-button`);"
            "const { args } = document.l10n.getAttributes(button);"
            "return { text: button.getAttribute('badge') ?? '', title: args?.extensionTitle ?? '' }",
            self.widget,
        )

    def in_extension(self, expression: str, argument: Any = None) -> Any:
        here = self.marionette.current_window_handle
        opened = self.marionette.open(type="tab", focus=False)["handle"]
        self.marionette.switch_to_window(opened, focus=False)
        try:
            self.marionette.navigate(f"{self.base}/icons/icon.svg")
            return self.js(expression, argument)
        finally:
            self.marionette.close()
            self.marionette.switch_to_window(here, focus=False)

    def in_card(self, body: str, argument: Any = None) -> Any:
        return self.marionette.execute_script(
            "const card = document.querySelector('quietpage-receipt')?.openOrClosedShadowRoot?.querySelector('.card');"
            f"return card ? (function (argument) {{ {body} }})(arguments[0]) : null",
            [argument],
            sandbox="system",
        )

    def ensure_background(self) -> None:
        """Nothing to do: this browser starts it whenever it is needed."""

    def agree(self) -> None:
        """Let the browser say yes to what the extension asks for, instead of asking the person."""
        self.in_browser("Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', false)")

    def choose(self, item: str, **info: str) -> None:
        """Choose an item of the extension's menus, as the browser tells it to the extension."""
        self.in_browser(
            "const { extension } = WebExtensionPolicy.getByID(arguments[0]); const tab = gBrowser.selectedTab;"
            "extension.tabManager.addActiveTabPermission(tab);"
            "extension.emit('webext-menu-menuitem-click',"
            " { menuItemId: arguments[1], editable: false, modifiers: [], ...arguments[2] }, tab)",
            self.id,
            item,
            info,
        )

    def press_shortcut(self, key: str) -> None:
        """Do what the browser does for Alt+Shift and a key: without a window, it hears no keys of its own."""
        self.in_browser(
            "document.querySelector(`keyset[id^='ext-keyset'] key[key='${arguments[0]}']`)"
            ".dispatchEvent(new Event('command', { bubbles: true, cancelable: true }))",
            key,
        )

    def stop_background(self) -> None:
        with self.marionette.using_context("chrome"):
            state = self.marionette.execute_async_script(
                "const [id, done] = arguments; const { extension } = WebExtensionPolicy.getByID(id);"
                "extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })"
                ".then(() => done(extension.backgroundState), (error) => done(String(error)))",
                [self.id],
            )
        assert state == "stopped", state
