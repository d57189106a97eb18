"""This browser blocks third-party cookies, so frames are tried where they are blocked."""

from tests.browser.council import council
from tests.servers.browser import Visits

SETS = "<script>document.cookie = 'a=1'; document.cookie = 'b=1; SameSite=None; Secure'</script>"


def test_a_strangers_frame_cannot_keep_a_cookie(visit: Visits) -> None:
    with council() as site:
        inside = site.allowed + site.put("/inside", SETS)
        page = visit(site.refused + site.put("/around", f'<iframe src="{inside}"></iframe>'))
        frame = page.frame_locator("iframe")
        frame.locator("h1").wait_for()
        assert page.frames[1].evaluate("document.cookie") == ""
        assert page.context.cookies() == []
        page.goto(inside)
        assert page.evaluate("document.cookie") == "a=1; b=1"
