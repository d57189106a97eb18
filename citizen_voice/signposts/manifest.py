"""The web app manifest: how the site looks among somebody's apps."""

from typing import Any

from citizen_voice.signposts.icons import ICONS
from citizen_voice.site.colours import PAGE


def manifest(*, name: str, tagline: str, language: str, start: str, colour: str) -> dict[str, Any]:
    """What it says in one language; both languages are one app, so ``id`` and ``scope`` are one."""
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        **({"description": tagline} if tagline else {}),
        "lang": f"{language}-GB",
        "dir": "ltr",
        "start_url": start,
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": colour,
        "background_color": PAGE,
        "icons": [
            {
                "src": f"/icons/{icon}.png",
                "sizes": f"{look.side}x{look.side}",
                "type": "image/png",
                "purpose": "maskable" if look.maskable else "any",
            }
            for icon, look in ICONS.items()
        ],
    }
