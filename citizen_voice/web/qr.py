"""QR codes of addresses, for posters."""

from functools import lru_cache

from flask import Response, make_response
from markupsafe import Markup, escape

QUIET = 4
"""Modules of white around the code, without which phones do not find it."""
A_DAY = 86_400


@lru_cache(maxsize=256)
def svg(address: str) -> str:
    """A picture (SVG, black on white, without a size of its own) that says the address.

    Made anew it takes milliseconds, so pages refer to it instead of holding it.
    """
    return _drawn(address, title=address)


def drawing(secret: str, title: str) -> Markup:
    """The same to stand in a page, for what has no address and is remembered nowhere."""
    return Markup(_drawn(secret, title=title))  # nosec B704  # the title is escaped


def _drawn(address: str, *, title: str) -> str:
    import segno  # noqa: PLC0415  # a tenth of a start, for the first poster

    code = segno.make_qr(address, error="m")
    size = len(code.matrix) + 2 * QUIET
    rows = "".join(_row(y, row) for y, row in enumerate(code.matrix, start=QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges" role="img"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{rows}"/></svg>'
    )


def picture(address: str) -> Response:
    """The answer that carries the picture."""
    response = make_response(svg(address))
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def _row(y: int, row: bytearray) -> str:
    """One row's dark runs as parts of a path."""
    parts, start = [], None
    for x, dark in enumerate([*row, 0], start=QUIET):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(parts)
