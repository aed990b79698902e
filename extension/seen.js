// On every page, only where the person asked to have saved pages marked: says that the page is there.

void chrome.runtime.sendMessage({ type: "seen" }).catch(() => undefined);
