"""What a frame and all that it loads weigh, and what the loader does."""

import gzip
import re

import brotli
import pytest
from flask import Flask

from tests.client import Client
from tests.widgets.framing import KINDS, scene

MOST_FRAME, MOST_LOADER = 15 * 1024, 1536
PROXY_QUALITY = 5
"""Of Brotli: what a proxy has time for while somebody waits."""


def weight(content: bytes) -> int:
    """What travels at most: the larger of the two ways to compress."""
    return max(len(gzip.compress(content, 6)), len(brotli.compress(content, quality=PROXY_QUALITY)))


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_weighs_fifteen_kilobytes_with_all_that_it_loads(
    app: Flask, client: Client, kind: str, prefix: str
) -> None:
    made = scene()
    page = client.get(prefix + made.path(kind))
    found = re.findall(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"', page.text)
    assert len(found) == 3
    weights = {page.request.path: weight(page.data)}
    for address in found:
        part = client.get(address.replace("&amp;", "&"))
        assert part.status_code == 200
        weights[address] = weight(part.data)
        assert "url(" not in part.text
        assert "@import" not in part.text
    assert not re.search(r'\ssrc="(?!/assets/frame\.)', page.text)
    assert sum(weights.values()) <= MOST_FRAME, weights


def test_the_loader_weighs_a_kilobyte_and_a_half(client: Client) -> None:
    answer = client.get("/widgets/loader.js")
    assert answer.mimetype == "text/javascript"
    assert weight(answer.data) <= MOST_LOADER, weight(answer.data)


def test_the_loader_has_a_lasting_name_and_a_tag(client: Client) -> None:
    first = client.get("/widgets/loader.js")
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get("/widgets/loader.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_scripts_of_frames_and_the_loader_keep_nothing_and_ask_nobody(client: Client) -> None:
    page = client.get("/widgets/changes").text
    [frame] = re.findall(r'<script src="([^"]+)"', page)
    for address in (frame, "/widgets/loader.js"):
        script = client.get(address).text
        for word in (
            "cookie",
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "fetch(",
            "innerHTML",
        ):
            assert word not in script
