"""What strangers' frames keep in a browser that lets them: Debian's Chromium does not by itself."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Response

from tests.servers.browser import FLAGS

ALLOWED = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
"""The settings of a profile in which cookies of third parties are allowed."""
SETS = """<script>
document.cookie = 'a=1';
document.cookie = 'b=1; SameSite=None; Secure';
(async () => {
    localStorage.c = sessionStorage.d = 1;
    await caches.open('e');
    await new Promise((done) => { indexedDB.open('f').onsuccess = done; });
    document.body.append(document.createElement('hr'));
})();
</script>"""
"""A document that keeps what it can; a line at its end says that all of it is kept."""
EVERYWHERE = ["cookie", "localStorage", "sessionStorage", "caches", "indexedDB"]
KEPT = """async () => {
    const kept = document.cookie ? ['cookie'] : [];
    const looks = {
        localStorage: () => localStorage.length,
        sessionStorage: () => sessionStorage.length,
        caches: async () => (await caches.keys()).length,
        indexedDB: async () => (await indexedDB.databases()).length,
        workers: async () => (await navigator.serviceWorker.getRegistrations()).length,
    };
    for (const [name, look] of Object.entries(looks)) if (await look()) kept.push(name);
    return kept;
}"""
"""Where a document keeps something. Fails where the browser refuses to look."""


@contextmanager
def lenient(browser: Browser, folder: Path) -> Iterator[tuple[BrowserContext, list[Response]]]:
    """A visitor whose browser lets strangers' frames keep things, and all answers it was given."""
    settings = folder / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps(ALLOWED))
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=shutil.which("chromium"), args=list(FLAGS)
    )
    answers: list[Response] = []
    context.on("response", lambda response: answers.append(response))  # noqa: PLW0108  # it marks what it calls
    try:
        yield context, answers
    finally:
        context.close()


def setting(answers: list[Response]) -> list[str]:
    """The addresses of the answers that set a cookie."""
    return [each.url for each in answers if each.header_value("set-cookie") is not None]
