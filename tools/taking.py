"""Pictures of pages: on a phone, on a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LARGEST = 150 * 1024


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    with window(browser, 390, 844, scale=1.5, scheme="light") as page:
        yield page


@contextmanager
def desk(browser: Browser) -> Iterator[Page]:
    """A page on the laptop of who works with it all day."""
    with window(browser, 1366, 860, scale=1, scheme="light") as page:
        yield page


@contextmanager
def desktop(browser: Browser, scheme: Literal["light", "dark"] = "light") -> Iterator[Page]:
    """A page on a desk."""
    with window(browser, 1280, 800, scale=1, scheme=scheme) as page:
        yield page


@contextmanager
def window(
    browser: Browser, width: int, height: int, *, scale: float, scheme: Literal["light", "dark"]
) -> Iterator[Page]:
    """A page in a window of so many CSS pixels, its pictures ``scale`` times as large."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    yield context.new_page()
    context.close()


def save(page: Page | Locator, name: str) -> None:
    """Save what is in the window, or a part of a page.

    Raises ValueError for a picture too large for a README.
    """
    path = FOLDER / f"{name}.png"
    with Image.open(BytesIO(page.screenshot())) as taken:
        taken.quantize(256).save(path, optimize=True)  # a page has few colours
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"{path.name} has {size} bytes, more than {LARGEST}.")
