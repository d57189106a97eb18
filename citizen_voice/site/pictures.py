"""Pictures that are uploaded: decoded and made anew, so that nothing but the picture is kept."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.words import _

LARGEST = 1024 * 1024
LARGEST_PHOTO = 8 * LARGEST
"""As a phone makes them."""
MOST_PIXELS = 8_000_000
MOST_PIXELS_PHOTO = 50_000_000
"""A JPEG's: it is decoded at an eighth, a quarter or a half of its size."""
SIDE = 512
SIDE_PHOTO = 1024
KINDS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ours: its SHA-256, its media type, its bytes, its size in pixels."""

    digest: str
    kind: str
    content: bytes
    width: int
    height: int


def remade(content: bytes, *, field: str = "file") -> Picture:
    """A picture as PNG without metadata (place, camera, comments), 512 pixels wide or high at most.

    Raises ``Refusal`` at ``field`` for what is no PNG, JPEG or WebP, or too large. The size is read
    before anything is decoded, so that a small file that makes a huge picture is refused in time.
    """
    from PIL import Image  # noqa: PLC0415  # a tenth of a start, for a rare act

    if len(content) > LARGEST:
        raise Refusal(_("Choose a picture of 1 MB or less."), field=field)
    upright = _decoded(content, field)
    upright.thumbnail((SIDE, SIDE))
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    made = io.BytesIO()
    bare.save(made, "PNG", optimize=True)
    return _kept("image/png", made.getvalue(), bare.size)


def photograph(content: bytes, *, field: str = "file") -> Picture:
    """A photograph as WebP without metadata, 1,024 pixels wide or high at most.

    Raises ``Refusal`` at ``field``, as ``remade`` does.
    """
    from PIL import Image  # noqa: PLC0415  # as above

    if len(content) > LARGEST_PHOTO:
        raise Refusal(_("Choose a picture of 8 MB or less."), field=field)
    upright = _decoded(content, field)
    upright.thumbnail((SIDE_PHOTO, SIDE_PHOTO))
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright)
    made = io.BytesIO()
    bare.save(made, "WEBP", quality=80)
    return _kept("image/webp", made.getvalue(), bare.size)


def _kept(kind: str, content: bytes, size: tuple[int, int]) -> Picture:
    return Picture(hashlib.sha256(content).hexdigest(), kind, content, *size)


def _decoded(content: bytes, field: str) -> Any:
    """The picture as it is to be seen: turned as the camera was held."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # likewise

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning, _TooManyPixelsError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=KINDS) as opened:
                _check_size(opened)
                opened.draft("RGB", (SIDE_PHOTO, SIDE_PHOTO))
                return ImageOps.exif_transpose(opened).convert("RGBA")
    except bombs:
        raise Refusal(
            _("That picture has too many pixels. Make it 2,000 wide or less."), field=field
        ) from None
    except Exception:  # noqa: BLE001  # decoders raise whatever a broken file makes them
        raise Refusal(
            _("We can’t read that picture. Save it as PNG, JPEG or WebP."), field=field
        ) from None


class _TooManyPixelsError(ValueError):
    pass


def _check_size(opened: Any) -> None:
    """The size is in the first bytes: nothing is decoded yet."""
    width, height = opened.size
    if width * height > (MOST_PIXELS_PHOTO if opened.format == "JPEG" else MOST_PIXELS):
        raise _TooManyPixelsError
