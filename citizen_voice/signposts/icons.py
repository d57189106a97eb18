"""The site's mark as pictures, in the council's colour: a bubble with a heart in it.

The same shape as ``templates/components/favicon.html``, on a square of 44.
"""

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Point = tuple[float, float]

SIDE = 44
MIDDLE = (22.0, 22.5)
WHITE = "#ffffff"
BUBBLE, CORNER = (5, 6, 39, 31), 5
TIP = ((22, 31), (13, 39), (13, 31))
STEPS = 48

FAVICON = (16, 32, 48)
IN_A_TAB = 1.25  # to the edges: every pixel counts


@dataclass(frozen=True, slots=True)
class Look:
    """How an icon looks: its side in pixels, and how large the mark stands in the square.

    Operating systems may cut a *maskable* one to a circle of four fifths of its width.
    """

    side: int
    share: float
    maskable: bool = False


ICONS = {
    "192": Look(192, 0.95),
    "512": Look(512, 0.95),
    "512-maskable": Look(512, 0.78, maskable=True),
}
"""By name: ``/icons/<name>.png``."""
TOUCH = Look(180, 0.9)
SHARED = "512"
"""The one that stands beside a page where it is passed on."""


@lru_cache(maxsize=32)
def square(look: Look, colour: str) -> bytes:
    """The mark in white on a square of a colour (``#rrggbb``), as PNG. Cached by both."""
    bubble, heart = _masks(look.side, look.share)
    made = _new("RGB", look.side, colour)
    made.paste(WHITE, mask=bubble)
    made.paste(colour, mask=heart)
    return _saved(made, "PNG", optimize=True)


@lru_cache(maxsize=8)
def favicon(colour: str) -> bytes:
    """The mark in a colour on nothing, in the sizes of a browser's tabs, as ICO. Cached."""
    largest, *others = (_bare(side, colour) for side in sorted(FAVICON, reverse=True))
    sizes = [(side, side) for side in FAVICON]
    return _saved(largest, "ICO", sizes=sizes, append_images=others)


def _bare(side: int, colour: str) -> Any:
    bubble, heart = _masks(side, IN_A_TAB)
    made = _new("RGB", side, colour)
    made.paste(WHITE, mask=heart)
    made.putalpha(bubble)
    return made


def _masks(side: int, share: float) -> tuple[Any, Any]:
    """Where the bubble and the heart are, in shades from 0 to 255."""
    from PIL import ImageDraw  # noqa: PLC0415  # a tenth of a start, for a rare picture

    fine = 16 if side in FAVICON else 4  # drawn so many times larger, then made small
    scale = side * fine * share / SIDE
    middle = side * fine / 2

    def put(point: Point) -> Point:
        x, y = point
        return middle + (x - MIDDLE[0]) * scale, middle + (y - MIDDLE[1]) * scale

    bubble, heart = _new("L", side * fine, 0), _new("L", side * fine, 0)
    drawn = ImageDraw.Draw(bubble)
    corners = [put(BUBBLE[:2]), put(BUBBLE[2:])]
    drawn.rounded_rectangle(corners, radius=CORNER * scale, fill=255)
    drawn.polygon([put(point) for point in TIP], fill=255)
    ImageDraw.Draw(heart).polygon([put(point) for point in _heart()], fill=255)
    return bubble.reduce(fine), heart.reduce(fine)


def _heart() -> list[Point]:
    bottom, left, dip, right = (22.0, 27.0), (14.0, 17.3), (22.0, 14.9), (30.0, 17.3)
    return [
        *_curve(bottom, bottom, (14.0, 22.4), left),
        *_arc(left, dip, 4.2),
        *_arc(dip, right, 4.2),
        *_curve(right, (30.0, 22.4), bottom, bottom),
    ]


def _curve(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    """Points of a cubic Bézier curve."""
    found = []
    for step in range(STEPS + 1):
        t = step / STEPS
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        points = (start, one, two, end)
        x, y = (
            sum(share * point[axis] for share, point in zip(shares, points, strict=True))
            for axis in (0, 1)
        )
        found.append((x, y))
    return found


def _arc(start: Point, end: Point, radius: float) -> list[Point]:
    """Points of the smaller arc between two points, clockwise as it is seen (SVG: ``0 0 1``)."""
    (x1, y1), (x2, y2) = start, end
    apart = math.dist(start, end)
    away = math.sqrt(max(radius**2 - apart**2 / 4, 0))
    centre = (
        (x1 + x2) / 2 - away * (y2 - y1) / apart,
        (y1 + y2) / 2 + away * (x2 - x1) / apart,
    )
    begin = math.atan2(y1 - centre[1], x1 - centre[0])
    stop = math.atan2(y2 - centre[1], x2 - centre[0])
    turn = (stop - begin) % (2 * math.pi)
    angles = [begin + turn * step / STEPS for step in range(STEPS + 1)]
    return [
        (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
        for angle in angles
    ]


def _new(mode: str, side: int, colour: Any) -> Any:
    from PIL import Image  # noqa: PLC0415  # as above

    return Image.new(mode, (side, side), colour)


def _saved(picture: Any, kind: str, **how: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind, **how)
    return made.getvalue()
