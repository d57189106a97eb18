"""axe finds nothing on any page that somebody who is signed in reads."""

from tests.browser.every_page import walk
from tests.browser.judging import Findings
from tests.browser.pages import Places
from tests.servers.browser import Visits


def test_every_page(where: Places, visit: Visits, findings: Findings) -> None:
    walk(where, visit, findings, "resident")
