"""The mark as pictures in the council's colour, and the manifest that names them."""

import io
import json
import re
from typing import Any

import pytest
from PIL import Image

from citizen_voice.db import write
from citizen_voice.paths import TEMPLATES
from citizen_voice.signposts import icons
from citizen_voice.site import services as site
from tests.client import Client
from tests.habits.marks import once

PNGS = {
    "/apple-touch-icon.png": 180,
    "/icons/192.png": 192,
    "/icons/512.png": 512,
    "/icons/512-maskable.png": 512,
}
BRAND = (0x0B, 0x5A, 0x55)
PURPLE = (0x60, 0x20, 0x80)
WHITE = (255, 255, 255)


def picture(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    return Image.open(io.BytesIO(answer.data))


def manifest(client: Client, prefix: str = "") -> dict[str, Any]:
    answer = client.get(f"{prefix}/site.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    found: dict[str, Any] = json.loads(answer.data)
    return found


@once
@pytest.mark.parametrize(("path", "side"), PNGS.items())
def test_an_icon_is_the_mark_in_white_on_the_councils_colour(
    client: Client, path: str, side: int
) -> None:
    shown = picture(client, path)
    assert (shown.format, shown.size, shown.mode) == ("PNG", (side, side), "RGB")
    for corner in ((0, 0), (side - 1, 0), (0, side - 1), (side - 1, side - 1)):
        assert shown.getpixel(corner) == BRAND
    assert shown.getpixel((side // 2, side // 2)) == BRAND  # the heart
    assert shown.getpixel((side // 3, side // 2)) == WHITE  # the bubble
    with write():
        site.change(brand_colour="#602080")
    assert picture(client, path).getpixel((0, 0)) == PURPLE


@once
def test_the_favicon_has_the_sizes_of_tabs_on_nothing(client: Client) -> None:
    shown = picture(client, "/favicon.ico")
    assert shown.ico.sizes() == {(16, 16), (32, 32), (48, 48)}
    for side in icons.FAVICON:
        one = shown.ico.getimage((side, side)).convert("RGBA")
        assert one.size == (side, side)
        assert one.getpixel((0, side - 1))[3] == 0
        assert one.getpixel((side // 2, side // 2)) == (*WHITE, 255)
        assert one.getpixel((side // 6, side // 2)) == (*BRAND, 255)


def test_a_maskable_icon_may_be_cut_to_a_circle() -> None:
    look = icons.ICONS["512-maskable"]
    shown = Image.open(io.BytesIO(icons.square(look, "#0b5a55")))
    middle, safe = look.side / 2, look.side * 0.4
    outside = {
        shown.getpixel((x, y))
        for x in range(look.side)
        for y in range(look.side)
        if (x - middle) ** 2 + (y - middle) ** 2 > safe**2
    }
    assert outside == {BRAND}


def test_they_show_the_same_shape_as_the_mark_in_a_tab() -> None:
    drawn = (TEMPLATES / "components/favicon.html").read_text(encoding="utf-8")
    for x, y, right, bottom in [icons.BUBBLE]:
        assert (
            f"M10 {y}h24a5 5 0 0 1 5 5v15a5 5 0 0 1-5 5H22l-9 8v-8h-3a5 5 0 0 1-5-5V11"
            f"a{icons.CORNER} {icons.CORNER}" in drawn
        )
        assert (x, right, bottom) == (10 - 5, 10 + 24 + 5, 6 + 5 + 15 + 5)
    assert "M22 27s-8-4.6-8-9.7a4.2 4.2 0 0 1 8-2.4 4.2 4.2 0 0 1 8 2.4" in drawn


@once
def test_icons_are_asked_for_each_time_and_sent_once(client: Client) -> None:
    for path in (*PNGS, "/favicon.ico", "/site.webmanifest"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
        known = {"If-None-Match": answer.headers["ETag"]}
        assert client.get(path, headers=known).status_code == 304
        assert len(answer.data) < 8 * 1024
        assert client.head(path).data == b""
    before = client.get("/favicon.ico").headers["ETag"]
    with write():
        site.change(brand_colour="#602080")
    changed = client.get("/favicon.ico", headers={"If-None-Match": before})
    assert changed.status_code == 200


@once
@pytest.mark.parametrize("name", ["nothing", "513", "../x", "192.png", "%00"])
def test_there_are_no_other_icons(client: Client, name: str) -> None:
    assert client.get(f"/icons/{name}.png").status_code == 404


def test_the_manifest_speaks_the_pages_language(client: Client) -> None:
    with write():
        site.change(name_en="Our Voice", name_cy="Ein Llais ŵ", tagline_en="Say so.")
    english, welsh = manifest(client), manifest(client, "/cy")
    assert (english["name"], english["lang"], english["start_url"]) == ("Our Voice", "en-GB", "/")
    assert (welsh["name"], welsh["lang"], welsh["start_url"]) == ("Ein Llais ŵ", "cy-GB", "/cy/")
    assert english["description"] == "Say so."
    for said in (english, welsh):
        assert (said["id"], said["scope"]) == ("/", "/")
        assert client.get(said["start_url"]).status_code == 200
        assert (said["dir"], said["display"]) == ("ltr", "minimal-ui")
        assert said["theme_color"] == "#0b5a55"


@once
def test_the_manifests_icons_are_what_it_says(client: Client) -> None:
    listed = manifest(client)["icons"]
    assert {each["purpose"] for each in listed} == {"any", "maskable"}
    assert {"192x192", "512x512"} == {each["sizes"] for each in listed}
    for each in listed:
        shown = picture(client, each["src"])
        assert f"{shown.width}x{shown.height}" == each["sizes"]
        assert client.get(each["src"]).mimetype == each["type"] == "image/png"


@once
def test_every_page_names_them(client: Client) -> None:
    for prefix in ("", "/cy"):
        head = client.get(f"{prefix}/ideas").text.partition("</head>")[0]
        assert f'<link rel="manifest" href="{prefix}/site.webmanifest">' in head
        (touch,) = re.findall(r'rel="apple-touch-icon" href="([^"]+)"', head)
        assert picture(client, touch).size == (180, 180)
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy
