"""The logo: made anew from what was uploaded, with nothing in it but the picture."""

import io
import re
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import text
from werkzeug.test import TestResponse

from citizen_voice.db import db
from citizen_voice.site import pictures, queries
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client, token_in
from tests.factories.team import colleague

HERE = "/staff/site/logo"
SECRET = b"Taken at 51.4816, -3.1791"


@pytest.fixture
def boss(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def drawn(kind: str = "PNG", size: tuple[int, int] = (900, 300), **options: Any) -> bytes:
    """A picture."""
    made = io.BytesIO()
    mode = "RGB" if kind == "JPEG" else "RGBA"
    Image.new(mode, size, "#0b5a55").save(made, kind, **options)
    return made.getvalue()


def upload(client: Client, content: bytes, **fields: str) -> TestResponse:
    """Send a picture as a browser does."""
    token = token_in(client.get(HERE).text)
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in {"csrf_token": token, **fields}.items()]  # fmt: skip
    file = '--x\r\nContent-Disposition: form-data; name="file"; filename="l.png"\r\n\r\n'
    body = ("".join(parts) + file).encode() + content + b"\r\n--x--\r\n"
    return client.post(HERE, data=body, content_type="multipart/form-data; boundary=x")


def address(html: str) -> str | None:
    """Where the logo of a page is."""
    found = re.search(r'class="brand__logo" src="([^"]+)"', html)
    return found[1] if found else None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_shown_at_the_head_of_every_page(boss: Client, kind: str) -> None:
    assert address(boss.get("/").text) is None
    before = queries.revision()
    words = {"alt_en": "A bridge <and> a tree", "alt_cy": "Pont"}
    assert upload(boss, drawn(kind), **words).status_code == 303
    db.session.remove()
    assert queries.revision() > before
    boss.delete_cookie("session")
    page = boss.get("/").text
    where = address(page)
    assert where
    assert 'alt="A bridge &lt;and&gt; a tree"' in page
    assert 'alt="Pont"' in boss.get("/cy").text
    answer = boss.get(where)
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(answer.data)) as shown:
        assert shown.format == "PNG"
        assert max(shown.size) == 512
    acts = db.session.execute(text("SELECT act FROM journal_entries")).scalars().all()
    assert "logo changed" in acts


def test_its_words_are_changed_and_it_is_taken_away(boss: Client) -> None:
    upload(boss, drawn(), alt_en="A bridge")
    boss.send("/staff/site/logo/words", {"alt_en": "A tree", "alt_cy": "Coeden"})
    assert 'alt="A tree"' in boss.get("/").text
    assert 'alt="Coeden"' in boss.get("/cy").text
    boss.send("/staff/site/logo/remove")
    assert address(boss.get("/").text) is None
    assert boss.get("/staff/site/logo/words").status_code == 404


def test_what_a_camera_wrote_into_it_is_gone() -> None:
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    for content in (
        drawn(pnginfo=info),
        drawn("JPEG", exif=exif, comment=SECRET),
        drawn("WEBP", exif=exif.tobytes(), lossless=True),
    ):
        assert SECRET in content or SECRET.decode() in str(Image.open(io.BytesIO(content)).info)
        made = pictures.remade(content)
        assert SECRET not in made.content
        kinds = set(re.findall(rb"(IHDR|PLTE|tRNS|IDAT|IEND|tEXt|iTXt|zTXt|eXIf|iCCP|tIME)",
                               made.content))  # fmt: skip
        assert kinds <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def test_it_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = pictures.remade(drawn("JPEG", (400, 100), exif=exif))
    assert (made.width, made.height) == (100, 400)


def bomb(side: int) -> bytes:
    """A few kilobytes that say they are a picture of so many pixels each way."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bomb(50_000), "too many pixels"),
        (bomb(12_000), "too many pixels"),
        (SVG, "can’t read that picture"),
        (b'<?xml version="1.0"?>' + SVG, "can’t read that picture"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "can’t read that picture"),
        (drawn()[:60], "can’t read that picture"),
        (drawn("JPEG")[:200], "can’t read that picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "can’t read that picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "can’t read that picture"),
        (b"\0" * (1024 * 1024 + 1), "1 MB or less"),
        (b"", "can’t read that picture"),
    ],
    ids=[
        "a bomb", "a smaller bomb", "svg", "svg with its head", "gif", "half a png", "half a jpeg",
        "an empty webp", "postscript", "too large", "empty",
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_at_the_field(
    boss: Client, content: bytes, said: str
) -> None:
    answer = upload(boss, content, alt_en="Typed")
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Typed"' in answer.text
    assert address(answer.text) is None
    found = db.session.execute(text("SELECT count(*) FROM site_images")).scalar_one()
    assert found == 0


def test_more_than_a_picture_is_not_even_read(boss: Client) -> None:
    assert upload(boss, b"\0" * 2_000_000).status_code == 413


def test_only_the_picture_may_be_that_large(boss: Client) -> None:
    token = token_in(boss.get(HERE).text)
    fields = {"csrf_token": token, "footer_en": "x" * 300_000}
    assert boss.post("/staff/site", data=fields).status_code == 413


@pytest.mark.parametrize("name", ["0" * 64, "x", "..%2f..%2fetc%2fpasswd", "A" * 400])
def test_a_picture_that_is_not_there_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/site-images/{name}.png").status_code == 404
